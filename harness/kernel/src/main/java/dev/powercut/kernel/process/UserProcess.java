package dev.powercut.kernel.process;

import dev.powercut.kernel.SystemCall;
import dev.powercut.kernel.memory.AddressSpace;
import dev.powercut.kernel.memory.MemoryFault;
import dev.powercut.kernel.signal.Signal;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.OpenFile;
import dev.powercut.kernel.vfs.PathContext;
import dev.powercut.kernel.wait.InterruptedWait;
import dev.powercut.sim.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process as its program sees it: all system calls on files of {@link dev.powercut.kernel.Process}, and those that make, end and await processes.
 * Further families are {@link #memory()}, {@link #signals()} and {@link #threads()}.
 *
 * <p>A handle is good for the threads of the process itself. A child's body is given its own; a call on another process's fails with
 * {@link IllegalStateException}.
 */
public final class UserProcess extends AddressedCalls {

    public static final int WNOHANG = 1;
    public static final int WUNTRACED = 2;
    public static final int WCONTINUED = 8;

    /** After so many steps a thread's time slice is over, so that one that waits in a loop does not keep what it waits for from coming. */
    private static final int SLICE = 128;

    /** How long others run then, before the thread may go on. */
    private static final long PAUSE_NANOS = 1_000;

    private final Processes processes;
    private final ProcessState state;
    private final Memory memory;
    private final Signals signals;
    private final Threads threads;
    private final List<Consumer<UserProcess>> exitHooks = new ArrayList<>(0);
    private final List<Consumer<UserProcess>> lastExitHooks = new ArrayList<>(0);
    private String name;
    private List<String> arguments = List.of();

    UserProcess(Processes processes, ProcessState state, PathContext context, AddressSpace addresses, String name) {
        super(processes, context, addresses);
        this.processes = processes;
        this.state = state;
        this.name = name;
        this.memory = new Memory(this, addresses);
        this.signals = new Signals(this);
        this.threads = new Threads(this);
    }

    /** Its name and number, for reports. */
    @Override
    public String toString() {
        return name + "(" + state.id + ")";
    }

    String name() {
        return name;
    }

    ProcessState state() {
        return state;
    }

    Processes processes() {
        return processes;
    }

    PathContext context() {
        return context;
    }

    AddressSpace addresses() {
        return addresses;
    }

    World world() {
        return world;
    }

    /** Loads, stores, mappings, and space for variables. */
    public Memory memory() {
        return memory;
    }

    public Signals signals() {
        return signals;
    }

    public Threads threads() {
        return threads;
    }

    /** What exec gave to the program, the name first; empty for a program that began by fork. */
    public List<String> arguments() {
        return arguments;
    }

    // ---- Entering the kernel ----

    @Override
    protected long call(SystemCall call, LongSupplier body) {
        UserThread thread = enter();
        world.runner().point(call.traceKind(), "kernel");
        state.signals.deliver(thread);
        world.runner().current().enter(thread.operations++);
        while (true) {
            try {
                long result = super.call(call, body);
                state.signals.deliver(thread);
                return result;
            } catch (InterruptedWait signal) {
                SignalState.Handled handled = state.signals.deliver(thread);
                boolean isOver = handled == SignalState.Handled.INTERRUPTS
                        || handled == SignalState.Handled.RESTARTS && !call.isRestarted()
                        || call.isEndedByAnySignal();
                if (isOver && !call.isAlwaysRestarted()) {
                    world.trace().step(call.traceKind(), -1, Errno.EINTR.number());
                    throw Errno.EINTR.exception();
                }
            } catch (MemoryFault fault) {
                world.trace().step(call.traceKind(), -1, Errno.EFAULT.number());
                throw Errno.EFAULT.exception(fault.toString());
            } catch (ErrnoException failure) {
                failed(call, failure, thread);
                throw failure;
            }
        }
    }

    private void failed(SystemCall call, ErrnoException failure, UserThread thread) {
        switch (failure.errno()) {
            case EMFILE -> refused("has all the " + descriptors.limit() + " descriptors that it may have", thread);
            case ENOMEM -> {
                if (call == SystemCall.MMAP || call == SystemCall.MREMAP) {
                    refused(
                            "asks for more than the " + addresses.limitBytes() + " bytes of memory that it may have",
                            thread);
                }
            }
            default -> {}
        }
        state.signals.deliver(thread);
    }

    private void refused(String what, UserThread thread) {
        int refusals = state.refused();
        if (refusals == 1) {
            processes.report(this, what);
        }
        if (refusals >= processes.limits().refusals()) {
            processes.report(this, "goes on asking for what it cannot have, and is killed");
            state.end(WaitResult.ofSignal(Signal.SIGKILL), thread);
        }
    }

    /** The running thread, which must be of this process and alive; it takes one step. */
    UserThread enter() {
        UserThread thread = processes.current();
        if (thread == null || thread.process != this) {
            String who = thread == null ? world.runner().current().toString() : thread.process.toString();
            throw new IllegalStateException(
                    who + " makes a call on " + this + ": a body uses the process that it was given");
        }
        state.requireAlive(thread);
        if (state.countStep(processes.limits().steps())) {
            processes.report(
                    this, "has taken the " + processes.limits().steps() + " steps that it may take, and is killed");
            state.end(WaitResult.ofSignal(Signal.SIGXCPU), thread);
        }
        if (++thread.steps % SLICE == 0) {
            world.runner().sleepUntil(world.clock().nowNanos() + PAUSE_NANOS);
            state.requireAlive(thread);
        }
        return thread;
    }

    /** For the families of calls that are not in this class. */
    long systemCall(SystemCall call, LongSupplier body) {
        return call(call, body);
    }

    <T> T systemFetch(SystemCall call, Supplier<T> body) {
        return fetch(call, body);
    }

    // ---- Who it is ----

    public int getpid() {
        return state.id;
    }

    /** 1 once the parent has ended; 0 for init. */
    public int getppid() {
        UserProcess parent = state.parent();
        return parent == null ? 0 : parent.state.id;
    }

    public int getpgrp() {
        return state.group;
    }

    /** The group of a process, 0 for this one. ESRCH. */
    public int getpgid(int pid) {
        return (int) call(SystemCall.GETID, () -> processes.groups().find(this, pid).state.group);
    }

    /** The session of a process, 0 for this one. ESRCH. */
    public int getsid(int pid) {
        return (int) call(SystemCall.GETID, () -> processes.groups().find(this, pid).state.session);
    }

    /** Moves itself or a child that runs the same program yet to a group of the session. EACCES, EINVAL, EPERM, ESRCH. */
    public void setpgid(int pid, int group) {
        perform(SystemCall.SETID, () -> processes.groups().setGroup(this, pid, group));
    }

    /** Begins a session and a group with itself as leader, and returns their number. EPERM for who leads a group. */
    public int setsid() {
        return (int) call(SystemCall.SETID, () -> processes.groups().newSession(this));
    }

    /** clock_gettime(2) of CLOCK_MONOTONIC: virtual nanoseconds since the world began. */
    public long clockNanos() {
        return call(SystemCall.CLOCK, () -> world.clock().nowNanos());
    }

    // ---- Making and ending processes ----

    /**
     * Makes a child that runs a body of its own, with copies of the memory (what is mapped shared is shared) and of the descriptor
     * table (the open file descriptions are shared). Of the threads only the calling one is there. Returns the child's number.
     *
     * @throws ErrnoException EAGAIN when there are too many processes, EFAULT for no body
     */
    public int fork(Program child) {
        return fork(name, child);
    }

    /** As {@link #fork(Program)}, with a name for reports. */
    public int fork(String childName, Program child) {
        return (int) call(SystemCall.FORK, () -> {
            requireThere(child);
            return processes.fork(this, processes.currentOf(this), childName, child);
        });
    }

    /**
     * Runs another program in place of this one, with fresh memory; descriptors stay open but for those marked FD_CLOEXEC, signals
     * that are ignored stay ignored, other threads end. Never returns.
     */
    public void exec(Program program, String... argv) {
        perform(SystemCall.EXEC, () -> {
            requireThere(program);
            requireThere(argv);
            for (String argument : argv) {
                requireThere(argument);
            }
            processes.becomes(this, processes.currentOf(this));
            name = argv.length == 0 ? name : argv[0];
            arguments = List.of(argv);
            exitHooks.clear();
            lastExitHooks.clear();
        });
        throw new Unwinding.Exec(program);
    }

    /** A pointer that leads nowhere: EFAULT. */
    static void requireThere(@Nullable Object what) {
        if (what == null) {
            throw Errno.EFAULT.exception("null");
        }
    }

    /** Runs the program that a file names in its first line, {@code #!powercut NAME}; see {@link Processes#install}. */
    public void execve(String path, String... argv) {
        Program program = fetch(SystemCall.EXEC, () -> processes.program(this, path));
        exec(program, argv);
    }

    /** Ends the process, streams flushed. Never returns. */
    public void exit(int status) {
        // One may give another.
        while (!exitHooks.isEmpty()) {
            exitHooks.removeLast().accept(this);
        }
        while (!lastExitHooks.isEmpty()) {
            lastExitHooks.removeLast().accept(this);
        }
        exitAtOnce(status);
    }

    /** As {@code exit(0)}. */
    @Override
    public void exit() {
        exit(0);
    }

    /**
     * atexit(3): what {@link #exit(int)} does first, last given first, and as often as it was given; children have it too, until they
     * exec.
     */
    public void atExit(Consumer<UserProcess> hook) {
        requireThere(hook);
        exitHooks.add(hook);
    }

    /** What {@link #exit(int)} does when all that was given to {@link #atExit} is done, once: for libraries, which flush there. */
    public void atExitLast(Consumer<UserProcess> hook) {
        requireThere(hook);
        if (!lastExitHooks.contains(hook)) {
            lastExitHooks.add(hook);
        }
    }

    /** What is code, and not memory, of a parent. */
    void inherit(UserProcess parent) {
        exitHooks.addAll(parent.exitHooks);
        lastExitHooks.addAll(parent.lastExitHooks);
        arguments = parent.arguments;
    }

    /** _exit(2): ends the process, and loses what its streams have not written. Never returns. */
    public void exitAtOnce(int status) {
        UserThread thread = enter();
        world.runner().point(SystemCall.EXIT.traceKind(), "kernel");
        state.end(WaitResult.ofExit(status), thread);
    }

    /** abort(3): ends the process by SIGABRT, whatever it does about that signal. */
    public void abort() {
        state.end(WaitResult.ofSignal(Signal.SIGABRT), enter());
    }

    /** Waits for any child to end. */
    public WaitResult waitAny() {
        return waitpid(-1, 0);
    }

    /**
     * Waits for a child to change: {@code pid} is a child's number, -1 for any, 0 for any of the own group, or a group's number
     * negated. {@code options}: WNOHANG, WUNTRACED, WCONTINUED.
     *
     * @throws ErrnoException ECHILD, EINTR, EINVAL
     */
    public WaitResult waitpid(int pid, int options) {
        return fetch(SystemCall.WAIT, () -> processes.childWait().await(this, pid, options));
    }

    /** Gives up the processor: whoever else can run does so for a while. */
    public void yield() {
        call(SystemCall.YIELD, () -> {
            world.runner().sleepUntil(world.clock().nowNanos() + PAUSE_NANOS);
            return 0;
        });
    }

    /** The last thread is gone. */
    void finish() {
        super.call(SystemCall.EXIT, () -> {
            for (OpenFile file : descriptors.removeAll()) {
                vfs.close(context, file);
            }
            addresses.clear();
            vfs.end(context);
            return state.status();
        });
    }
}
