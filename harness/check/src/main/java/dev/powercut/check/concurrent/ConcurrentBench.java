package dev.powercut.check.concurrent;

import dev.powercut.check.explore.ArmedFault;
import dev.powercut.check.explore.Failures;
import dev.powercut.check.explore.PreparedDisk;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.StepLimitedDevice;
import dev.powercut.check.model.Model;
import dev.powercut.check.oracle.Failure;
import dev.powercut.check.target.CheckResult;
import dev.powercut.check.target.Checker;
import dev.powercut.check.trace.DeviceTap;
import dev.powercut.check.tree.Node;
import dev.powercut.check.tree.TreeReader;
import dev.powercut.check.workload.OperationMark;
import dev.powercut.check.workload.Result;
import dev.powercut.check.workload.Step;
import dev.powercut.check.workload.SystemCalls;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.sim.Choices;
import dev.powercut.sim.DeadlockException;
import dev.powercut.sim.OperationId;
import dev.powercut.sim.Semaphore;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.sim.disk.fault.Fault;
import dev.powercut.sim.schedule.Limits;
import dev.powercut.sim.schedule.LivelockException;
import dev.powercut.sim.schedule.Outcome;
import dev.powercut.sim.schedule.Scheduler;
import dev.powercut.sim.schedule.SchedulerOptions;
import dev.powercut.sim.schedule.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs one program under many schedules, and judges each run. Keeps scratch memory: one bench for one thread.
 *
 * <p>In each run the processes do their steps at once; when all have ended, the filesystem is unmounted, checked, mounted again
 * and read. Every request to the disk is a point at which another process may go on, besides those of the locks.
 */
public final class ConcurrentBench {

    /** States that one search for an order may look at: honest runs need about as many as their calls have steps. */
    private static final int SEARCH_BUDGET = 20_000;

    /** The child that faults of the device are drawn from. */
    private static final String FAULT_STREAM = "fault";

    private static final long DEVICE_STEPS = 500_000;
    private static final long DEVICE_STEPS_PER_CALL = 20_000;
    private static final long OWN_STEPS = 20_000_000;

    /** More than any honest program of a few dozen calls takes. */
    private static final long LIVELOCK_STEPS = 200_000;

    private final ConcurrentSetting setting;
    private final Program program;
    private final PreparedDisk prepared;
    private final Checker checker;
    private final TreeReader reader = new TreeReader(TreeReader.Limits.DEFAULT);

    private ConcurrentBench(ConcurrentSetting setting, Program program, PreparedDisk prepared) {
        this.setting = setting;
        this.program = program;
        this.prepared = prepared;
        this.checker = setting.target().newChecker();
    }

    /**
     * Formats a disk and does what the program needs.
     *
     * @return null when the target fails at that
     */
    public static @Nullable ConcurrentBench of(ConcurrentSetting setting, Program program) {
        Recorder recorder = recorder(setting);
        return of(setting, program, recorder.format());
    }

    /** The same, on a formatted disk. */
    public static @Nullable ConcurrentBench of(ConcurrentSetting setting, Program program, DiskImage formatted) {
        PreparedDisk prepared = recorder(setting).prepare(formatted, program.setUp());
        return prepared == null ? null : new ConcurrentBench(setting, program, prepared);
    }

    private static Recorder recorder(ConcurrentSetting setting) {
        return new Recorder(
                setting.target(), setting.defect(), setting.format(), setting.mountOptions(), KernelOptions.QUIET);
    }

    public Program program() {
        return program;
    }

    public ConcurrentSetting setting() {
        return setting;
    }

    /** What the disk holds before the program begins. */
    public PreparedDisk prepared() {
        return prepared;
    }

    /** A bench for another program with the same beginning. */
    public ConcurrentBench with(Program other) {
        return new ConcurrentBench(setting, other, prepared);
    }

    /** Runs under a saved schedule. */
    public ConcurrentOutcome run(Choices choices, SavedSchedule schedule) {
        return run(choices, schedule.strategy(), Recording.NOTHING);
    }

    /** What to keep of a run besides its outcome: it takes time. */
    public enum Recording {
        NOTHING,
        LOG,
        LOG_AND_STACKS
    }

    /**
     * Runs the program once.
     *
     * @param choices what the kernel does of its own: write-back, eviction
     */
    public ConcurrentOutcome run(Choices choices, Strategy strategy, Recording recording) {
        return run(choices, strategy, recording, DeviceTap.NONE);
    }

    /** The same, with something between the filesystem and its device. */
    public ConcurrentOutcome run(Choices choices, Strategy strategy, Recording recording, DeviceTap tap) {
        SavedSchedule.Recorder noted = new SavedSchedule.Recorder(strategy);
        SchedulerOptions options = SchedulerOptions.usual().with(Limits.DEFAULT.withSteps(LIVELOCK_STEPS));
        if (recording == Recording.LOG_AND_STACKS) {
            options = options.recordingStacks();
        }
        Live live = new Live(recording == Recording.NOTHING ? null : new WriteLog(prepared.image()), tap);
        Outcome outcome = Scheduler.run(choices, noted, options, world -> live.run(world, choices));
        return judge(outcome, live, noted.saved());
    }

    /** One run while it goes on. */
    private final class Live {
        private final @Nullable WriteLog log;
        private final DeviceTap tap;
        private final List<List<Call>> calls = new ArrayList<>();
        private long events;
        private @Nullable SimulatedDisk disk;

        /** Whether somebody was told that the device fails: from then on nobody can say what is right. */
        private boolean hasFailed;

        Live(@Nullable WriteLog log, DeviceTap tap) {
            this.log = log;
            this.tap = tap;
        }

        void run(World world, Choices choices) {
            world.steps().limit(OWN_STEPS);
            SimulatedDisk own =
                    log == null ? SimulatedDisk.unlogged(world, prepared.image()) : SimulatedDisk.logged(world, log);
            disk = own;
            int steps = program.steps().size();
            Kernel kernel = new Kernel(world, 0, choices.split("kernel"), setting.kernel(), setting.rules());
            BlockDevice limited =
                    tap.on(world, new StepLimitedDevice(own, DEVICE_STEPS + DEVICE_STEPS_PER_CALL * steps));
            ArmedFault faulty = faulty(limited, choices);
            kernel.mountRoot(
                    setting.target().fileSystem(setting.defect()),
                    new PreemptibleDevice(world.runner(), faulty == null ? limited : faulty),
                    false,
                    setting.mountOptions());
            if (faulty != null) {
                faulty.arm();
            }
            kernel.startReadAhead();
            Semaphore ended = new Semaphore(world.runner(), "ended processes", 0);
            int count = program.processes().size();
            for (int i = 0; i < count; i++) {
                int index = i;
                calls.add(new ArrayList<>());
                Process process = kernel.process(0, 0);
                SystemCalls system = new SystemCalls(world, kernel, process, true);
                world.runner().spawn("process " + (i + 1), () -> {
                    work(world, system, index);
                    process.exit();
                    ended.release();
                });
            }
            for (int i = 0; i < count; i++) {
                ended.acquire();
            }
            unmount(kernel);
        }

        private @Nullable ArmedFault faulty(BlockDevice sound, Choices choices) {
            Fault fault = setting.fault();
            return fault == null ? null : new ArmedFault(sound, fault.over(sound, choices.split(FAULT_STREAM)));
        }

        /** What cannot be written at the end is told as well as may be: unmounting itself has no way of saying so. */
        private void unmount(Kernel kernel) {
            if (setting.fault() == null) {
                kernel.unmount("/");
                return;
            }
            kernel.process(0, 0).sync();
            hasFailed |= kernel.hasUntoldErrors();
            try {
                kernel.unmount("/");
            } catch (ErrnoException e) {
                hasFailed = true;
            }
        }

        private void work(World world, SystemCalls system, int index) {
            List<Call> own = calls.get(index);
            for (Step step : program.processes().get(index)) {
                world.runner().current().enter(step.number());
                Call call = new Call(index, step, events++, mark(new OperationMark.Begin(step)));
                own.add(call);
                Result result = system.perform(step);
                call.ended(result, events++, mark(new OperationMark.End(step, result)));
                hasFailed |= setting.fault() != null && isFailure(result);
                world.runner().current().enter(OperationId.BACKGROUND);
            }
        }

        /** Returns the mark's place in the log. */
        private int mark(OperationMark mark) {
            int position = log == null ? 0 : log.size();
            Objects.requireNonNull(disk).mark(mark);
            return position;
        }

        @Nullable
        DiskImage image() {
            return disk == null ? null : disk.image();
        }
    }

    private ConcurrentOutcome judge(Outcome outcome, Live live, SavedSchedule saved) {
        List<Trouble> troubles = new ArrayList<>();
        Linearisation order = null;
        boolean gaveUp = false;
        DiskImage image = live.image();
        if (outcome.failure() != null) {
            troubles.add(failed(outcome.failure()));
        } else if (!outcome.leaked().isEmpty()) {
            troubles.add(new Trouble("leaked-task", outcome.leaked().getFirst(), outcome.leaked()));
        } else if (image != null && !live.hasFailed) {
            Model last = left(image, troubles);
            if (last != null) {
                order = new Linearisation(prepared.contents(), live.calls, SEARCH_BUDGET);
                String[] difference = new String[1];
                Linearisation.Verdict verdict = order.search(model -> {
                    String differs = Models.difference(model, last);
                    difference[0] = differs;
                    return differs == null;
                });
                gaveUp = verdict == Linearisation.Verdict.GAVE_UP;
                if (verdict == Linearisation.Verdict.UNEXPLAINED) {
                    troubles.add(unexplained(order, live.calls, difference[0]));
                }
                if (verdict != Linearisation.Verdict.EXPLAINED) {
                    order = null;
                }
            }
        }
        for (String cycle : outcome.lockCycles()) {
            troubles.add(new Trouble("lock-order", cycle, List.of(cycle)));
        }
        return new ConcurrentOutcome(
                troubles,
                saved,
                outcome.schedule(),
                live.calls,
                order == null ? null : order.history(),
                live.log,
                gaveUp,
                order == null ? 0 : order.states(),
                outcome.world().trace().hash());
    }

    /** Whether the device kept a call from being done, or the filesystem has given up over it. */
    private static boolean isFailure(Result result) {
        return result instanceof Result.Failed(Errno errno) && (errno == Errno.EIO || errno == Errno.EROFS);
    }

    private static Trouble failed(Throwable thrown) {
        List<String> lines = List.of(String.valueOf(thrown.getMessage()).split("\n", -1));
        if (thrown instanceof DeadlockException) {
            return new Trouble("deadlock", "the processes wait for each other", lines);
        }
        if (thrown instanceof LivelockException) {
            return new Trouble("livelock", "the processes go on without end", lines);
        }
        Failure failure = Failures.of(thrown);
        return new Trouble("exception/" + failure.kind(), failure.summary(), failure.stack());
    }

    /** Checks, mounts and reads what the run left; null when that fails. */
    private @Nullable Model left(DiskImage image, List<Trouble> troubles) {
        try {
            World world = World.withOneTask(Choices.zero());
            world.steps().limit(OWN_STEPS);
            SimulatedDisk disk = SimulatedDisk.unlogged(world, image);
            CheckResult result = checker.check(disk);
            if (result.severity() != CheckResult.Severity.CLEAN) {
                troubles.add(new Trouble("fsck/" + result.kind(), result.worstLine(), result.lines()));
            }
            Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
            kernel.mountRoot(setting.target().fileSystem(setting.defect()), disk, true, setting.mountOptions());
            Node.Directory root = reader.read(kernel.process(0, 0), "/");
            return Model.of(root);
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            Failure failure = Failures.of(e);
            troubles.add(new Trouble("unreadable/" + failure.kind(), failure.summary(), failure.stack()));
            return null;
        }
    }

    private static Trouble unexplained(Linearisation order, List<List<Call>> calls, @Nullable String difference) {
        List<String> lines = new ArrayList<>();
        lines.add("what each process called, and what came back:");
        for (List<Call> own : calls) {
            for (Call call : own) {
                lines.add("  " + call);
            }
        }
        lines.add("the order that goes furthest ends where none of these can be:");
        order.stuck().forEach(line -> lines.add("  " + line));
        if (difference != null) {
            lines.add("what is on the disk in the end differs: " + difference);
        }
        String first = order.stuck().isEmpty() ? "" : ": " + order.stuck().getFirst();
        return new Trouble(
                "not-linearisable", "no order of the calls explains what they came back with" + first, lines);
    }
}
