package dev.powercut.kernel.process;

import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.device.Console;
import dev.powercut.kernel.device.Drivers;
import dev.powercut.kernel.memory.AddressSpace;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileControl;
import dev.powercut.kernel.vfs.Holders;
import dev.powercut.kernel.vfs.OpenFile;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.kernel.vfs.PathContext;
import dev.powercut.kernel.vfs.SpecialFile;
import dev.powercut.kernel.vfs.Vfs;
import dev.powercut.sim.Choices;
import dev.powercut.sim.Task;
import dev.powercut.sim.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The processes of one kernel.
 *
 * <pre>
 * Scheduler.run(choices, strategy, SchedulerOptions.usual(), world -&gt; {
 *     Kernel kernel = new Kernel(world, 0, world.choices().split("kernel"), KernelOptions.DEFAULT);
 *     kernel.mountRoot(type, disk, false, "");
 *     Processes processes = new Processes(kernel, world.choices().split("processes"), ProcessLimits.DEFAULT);
 *     WaitResult end = processes.run("sh", self -&gt; {
 *         int[] ends = self.pipe();
 *         self.fork("child", child -&gt; 0);
 *         ...
 *     });
 * });
 * </pre>
 */
public final class Processes {

    /** As /proc/sys/kernel/pid_max. */
    private static final int LAST_ID = 32_767;

    private final World world;
    private final Vfs vfs;
    private final ProcessLimits limits;
    private final Console console;
    private final Map<Integer, UserProcess> table = new TreeMap<>();
    private final Map<String, Program> programs = new TreeMap<>();
    private final List<Report> reports = new ArrayList<>();
    private final AddressSpace.Numbers sharedNumbers = new AddressSpace.Numbers();
    private final Futexes futexes;
    private final Groups groups = new Groups(this);
    private final ChildWait childWait;
    private int lastId = ProcessState.INIT;
    private int limit = 1024;
    private int threads;
    private int threadLimit = 16_384;

    /** @param choices short transfers, random bytes, which child wait gives first */
    public Processes(Kernel kernel, Choices choices, ProcessLimits limits) {
        this.world = kernel.world();
        this.vfs = kernel.vfs();
        this.childWait = new ChildWait(this, choices);
        this.limits = limits;
        this.console = Drivers.install(vfs, choices.split("random"));
        this.futexes = new Futexes(this);
        vfs.transfers().choose(choices.split("transfers"));
        vfs.holders(new OpenEnds());
        vfs.control().notifier(new AsyncOwners(this));
    }

    World world() {
        return world;
    }

    Vfs vfs() {
        return vfs;
    }

    ProcessLimits limits() {
        return limits;
    }

    Futexes futexes() {
        return futexes;
    }

    Groups groups() {
        return groups;
    }

    ChildWait childWait() {
        return childWait;
    }

    Map<Integer, UserProcess> table() {
        return table;
    }

    /** What descriptors 0, 1 and 2 of the first program stand for. */
    public Console console() {
        return console;
    }

    /** Limits that were overrun and traps that were fallen into, in order. */
    public List<Report> reports() {
        return List.copyOf(reports);
    }

    void report(UserProcess process, String what) {
        world.trace().step("process.report", what, process.state().id);
        reports.add(new Report(process.toString(), what));
    }

    /** How many processes there may be, init among them. */
    public void limitProcesses(int processes) {
        limit = processes;
    }

    /** How many threads there may be, of all processes; what would be one more gives EAGAIN. */
    public void limitThreads(int threadsOfAll) {
        threadLimit = threadsOfAll;
    }

    /** What {@link UserProcess#execve} of a file that says {@code #!powercut NAME} runs. */
    public void install(String name, Program program) {
        programs.put(name, program);
    }

    /** A file's first line that names a program. */
    public static String script(String name) {
        return "#!powercut " + name + "\n";
    }

    /**
     * Runs a program as the first process, by the super-user, with the console as descriptors 0, 1 and 2; the running task is init
     * around it. Returns when no process is left, with what became of the program.
     */
    public WaitResult run(String name, Program program) {
        PathContext context = vfs.context(0, 0);
        context.setProcessId(ProcessState.INIT);
        ProcessState state = newState(ProcessState.INIT, "init", null, context);
        AddressSpace addresses = new AddressSpace(sharedNumbers, limits.memoryBytes());
        UserProcess init = new UserProcess(this, state, context, addresses, "init");
        UserThread thread = new UserThread(init, ProcessState.INIT, ProcessState.INIT, 0);
        state.threads.add(thread);
        table.put(ProcessState.INIT, init);
        begins(thread, world.runner().current());
        context.descriptors().limit(limits.descriptors());
        openConsole(context);
        WaitResult result = reap(init, init.fork(name, program));
        init.finish();
        state.threads.clear();
        state.over();
        table.remove(ProcessState.INIT);
        vfs.interruptions().forget(world.runner().current());
        return result;
    }

    private void openConsole(PathContext context) {
        OpenFile file = vfs.openDevice(context, Drivers.CONSOLE, OpenFlags.O_RDWR);
        for (int fd = 0; fd <= 2; fd++) {
            if (context.descriptors().next() == fd) {
                context.descriptors().add(file);
                if (fd > 0) {
                    file.share();
                }
            }
        }
    }

    private static WaitResult reap(UserProcess init, int first) {
        WaitResult result = null;
        while (true) {
            try {
                WaitResult one = init.waitAny();
                if (one.processId() == first) {
                    result = one;
                }
            } catch (ErrnoException none) {
                if (result == null) {
                    throw new IllegalStateException("the first program left no status", none);
                }
                return result;
            }
        }
    }

    private ProcessState newState(int id, String name, @Nullable UserProcess parent, PathContext context) {
        String waits = "a child of " + name + "(" + id + ")";
        return new ProcessState(id, name, parent, context, world.runner(), vfs.waitList(waits, () -> null));
    }

    private void begins(UserThread thread, Task task) {
        threads++;
        thread.runsOn(task);
        vfs.interruptions().register(task, thread);
    }

    /** The thread that runs; null for a task that is no thread of a process. */
    @Nullable
    UserThread current() {
        return (UserThread) vfs.interruptions().of(world.runner().current());
    }

    UserThread currentOf(UserProcess process) {
        UserThread thread = current();
        if (thread == null) {
            throw new IllegalStateException("no thread of " + process);
        }
        return thread;
    }

    // ---- fork, exec, exit ----

    int fork(UserProcess parent, UserThread caller, String name, Program program) {
        if (table.size() >= limit || threads >= threadLimit) {
            throw Errno.EAGAIN.exception("there are " + table.size() + " processes");
        }
        int id = newId();
        PathContext context = vfs.fork(parent.context(), id);
        ProcessState state = newState(id, name, parent, context);
        state.signals.copyActions(parent.state().signals);
        UserProcess child =
                new UserProcess(this, state, context, parent.addresses().fork(), name);
        child.inherit(parent);
        UserThread thread = new UserThread(child, id, caller.handle, caller.mask);
        state.leaveBehind(parent.state(), caller);
        state.threads.add(thread);
        parent.state().children.add(child);
        table.put(id, child);
        begins(thread, world.runner().spawn(child.toString(), () -> live(thread, program)));
        return id;
    }

    private int newId() {
        int id = lastId;
        do {
            id = id == LAST_ID ? ProcessState.INIT + 1 : id + 1;
        } while (isTaken(id));
        lastId = id;
        return id;
    }

    private boolean isTaken(int id) {
        for (UserProcess process : table.values()) {
            ProcessState state = process.state();
            if (state.id == id
                    || state.group == id
                    || state.session == id
                    || process.threads().isKnown(id)) {
                return true;
            }
        }
        return false;
    }

    /** The life of a process's first thread. */
    private void live(UserThread thread, Program first) {
        UserProcess process = thread.process;
        Program program = first;
        while (program != null) {
            try {
                process.exit(program.main(process));
            } catch (Unwinding.Exec other) {
                program = other.program;
            } catch (Unwinding.End end) {
                program = null;
            }
        }
        gone(thread);
    }

    /** Begins a further thread. */
    UserThread startThread(UserProcess process, String name, ThreadBody body, long mask) {
        if (threads >= threadLimit) {
            throw Errno.EAGAIN.exception("there are " + threadLimit + " threads");
        }
        ProcessState state = process.state();
        int id = newId();
        UserThread thread = new UserThread(process, id, id, mask);
        state.threads.add(thread);
        String taskName = process + "/" + name;
        begins(thread, world.runner().spawn(taskName, () -> {
            try {
                body.run(process);
            } catch (Unwinding.End end) {
                // So does the thread.
            } catch (Unwinding.Exec other) {
                live(thread, other.program);
                return;
            }
            gone(thread);
        }));
        return thread;
    }

    private void gone(UserThread thread) {
        ProcessState state = thread.process.state();
        thread.ended = true;
        threads--;
        vfs.interruptions().forget(world.runner().current());
        if (state.threads.size() == 1) {
            over(thread.process);
        }
        state.threads.remove(thread);
        futexes.ended(thread);
        thread.process.threads().ended(thread);
    }

    private void over(UserProcess process) {
        process.finish();
        futexes.forget(process);
        UserProcess init = table.get(ProcessState.INIT);
        ProcessState state = process.state();
        for (UserProcess child : state.children) {
            if (init != null) {
                init.state().children.add(child);
                child.state().adopt(init);
            }
        }
        List<UserProcess> orphans = List.copyOf(state.children);
        state.children.clear();
        groups.leaves(process, orphans);
        if (!state.over()) {
            forget(process);
        }
    }

    void forget(UserProcess process) {
        table.remove(process.state().id);
        UserProcess parent = process.state().parent();
        if (parent != null) {
            parent.state().children.remove(process);
        }
    }

    void becomes(UserProcess process, UserThread caller) {
        ProcessState state = process.state();
        state.endOthers(caller);
        vfs.control().closeMarked(process.context());
        process.addresses().clear();
        process.threads().forget();
        state.isAlone(caller);
        state.signals.forgetHandlers();
        state.hasExecuted = true;
    }

    Program program(UserProcess process, String path) {
        String line = Scripts.firstLine(vfs, process.context(), path);
        Program program = programs.get(line);
        if (program == null) {
            throw Errno.ENOEXEC.exception("no program " + line);
        }
        return program;
    }

    /** For deadlock reports. */
    private final class OpenEnds implements Holders {

        @Override
        public @Nullable Task holder(SpecialFile file, boolean writers) {
            for (UserProcess process : table.values()) {
                ProcessState state = process.state();
                if (!state.threads.isEmpty() && FileControl.end(process.context(), file, writers) != null) {
                    return state.threads.getFirst().task();
                }
            }
            return null;
        }

        @Override
        public @Nullable Task task(PathContext context) {
            UserProcess process = table.get(context.processId());
            return process == null || process.state().threads.isEmpty()
                    ? null
                    : process.state().threads.getFirst().task();
        }
    }
}
