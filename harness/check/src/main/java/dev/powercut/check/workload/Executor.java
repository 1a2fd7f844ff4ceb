package dev.powercut.check.workload;

import dev.powercut.check.model.Effect;
import dev.powercut.check.model.Model;
import dev.powercut.check.model.ModelFile;
import dev.powercut.check.model.Transition;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.kernel.vfs.Stat;
import dev.powercut.sim.OperationId;
import dev.powercut.sim.Task;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs steps on a simulated kernel, one after the other, compares each result with the model, and records the history. Each
 * step enters its number in the running task, so that the writes it causes name it, and is framed by marks in the log. After
 * a step, inode numbers and modification times of what it changed are observed by stat, because a model cannot know them.
 */
public final class Executor {

    /** The coarsest times that a filesystem may store: two seconds, as FAT does. */
    private static final long COARSEST_TIME_NANOS = 2_000_000_000L;

    private final World world;
    private final SystemCalls calls;
    private final @Nullable SimulatedDisk disk;
    private final @Nullable WriteLog log;

    /** The kernel whose device may fail; null when it does not. */
    private @Nullable Kernel failing;

    /** How many entries the log had when the device had failed a step; less than 0 when it has not. */
    private int failedAt = -1;

    private Executor(World world, SystemCalls calls, @Nullable SimulatedDisk disk, @Nullable WriteLog log) {
        this.world = world;
        this.calls = calls;
        this.disk = disk;
        this.log = log;
    }

    /** One that marks its steps in a disk's log. */
    public static Executor recording(World world, Kernel kernel, Process process, SimulatedDisk disk, WriteLog log) {
        return new Executor(world, new SystemCalls(world, kernel, process), disk, log);
    }

    /**
     * One that marks its steps, on a device that may fail. A step that the device kept from being done has had an effect that the
     * model cannot know: it counts as one that never returned, and what follows is run for its exceptions only.
     */
    public static Executor onFaultyDevice(
            World world, Kernel kernel, Process process, SimulatedDisk disk, WriteLog log) {
        Executor executor = recording(world, kernel, process, disk, log);
        executor.failing = kernel;
        return executor;
    }

    /** One that leaves no marks: for steps that no crash will follow. */
    public static Executor unrecorded(World world, Kernel kernel, Process process) {
        return new Executor(world, new SystemCalls(world, kernel, process), null, null);
    }

    /**
     * Runs until the end, or until the filesystem differs from the model.
     *
     * @param initial what the filesystem holds, seen by the process that the steps run in
     */
    public History run(List<Step> steps, Model initial) {
        List<History.Entry> entries = new ArrayList<>();
        Task task = world.runner().current();
        Model model = initial;
        for (int index = 0; index < steps.size(); index++) {
            Step step = steps.get(index);
            task.enter(step.number());
            int begin = mark(new OperationMark.Begin(step));
            long beginNanos = world.clock().nowNanos();
            Result result;
            try {
                result = calls.perform(step);
            } catch (RuntimeException e) {
                task.enter(OperationId.BACKGROUND);
                return new History(initial, withThrown(entries, step, begin, model), thrown(step, model, e));
            }
            if (wasFailed(step, result)) {
                return failed(
                        steps.subList(index + 1, steps.size()),
                        initial,
                        withThrown(entries, step, begin, model),
                        model);
            }
            int end = mark(new OperationMark.End(step, result));
            task.enter(OperationId.BACKGROUND);
            Transition transition = model.apply(step.number(), step.operation(), result);
            Observation observation = new Observation(model, transition.next(), beginNanos);
            Mismatch mismatch = transition.agrees()
                    ? observation.of(step, transition.effects())
                    : Mismatch.of(step, transition.expected(), result);
            if (observation.failed) {
                return failed(
                        steps.subList(index + 1, steps.size()),
                        initial,
                        withThrown(entries, step, begin, model),
                        model);
            }
            model = observation.model;
            List<Effect> effects = new ArrayList<>(transition.effects());
            effects.addAll(observation.effects);
            entries.add(new History.Entry(step, result, begin, end, model, effects));
            if (mismatch != null) {
                return new History(initial, entries, mismatch);
            }
        }
        return new History(initial, entries, null);
    }

    /** How many entries of the log tell what can be judged, when the device has failed; else less than 0. */
    public int failedAt() {
        return failedAt;
    }

    /**
     * Whether the device kept a step from being done, or the filesystem has given up over it; sync and unmount have no way of saying
     * so.
     */
    private boolean wasFailed(Step step, Result result) {
        if (failing == null) {
            return false;
        }
        boolean isSilent = step.operation() instanceof Operation.Sync || step.operation() instanceof Operation.Unmount;
        return result instanceof Result.Failed(Errno errno) && (errno == Errno.EIO || errno == Errno.EROFS)
                || isSilent && failing.hasUntoldErrors();
    }

    private History failed(List<Step> rest, Model initial, List<History.Entry> entries, Model model) {
        failedAt = log == null ? 0 : log.size();
        for (Step step : rest) {
            world.runner().current().enter(step.number());
            try {
                calls.perform(step);
            } catch (RuntimeException e) {
                return new History(initial, entries, thrown(step, model, e));
            } finally {
                world.runner().current().enter(OperationId.BACKGROUND);
            }
        }
        return new History(initial, entries, null);
    }

    private int mark(OperationMark mark) {
        if (disk == null || log == null) {
            return 0;
        }
        int position = log.size();
        disk.mark(mark);
        return position;
    }

    private static List<History.Entry> withThrown(List<History.Entry> entries, Step step, int begin, Model model) {
        Transition transition = model.apply(step.number(), step.operation());
        List<History.Entry> all = new ArrayList<>(entries);
        all.add(new History.Entry(
                step, transition.expected(), begin, History.NEVER, transition.next(), transition.effects()));
        return all;
    }

    private static Mismatch thrown(Step step, Model model, RuntimeException exception) {
        String expected =
                model.apply(step.number(), step.operation()).expected().text();
        return new Mismatch(step, Mismatch.Kind.EXCEPTION, expected, exception.toString(), exception);
    }

    /** What stat tells after a step. */
    private final class Observation {
        private final Model before;
        private final long beginNanos;
        private final List<Effect> effects = new ArrayList<>();
        private Model model;
        private boolean failed;

        Observation(Model before, Model after, long beginNanos) {
            this.before = before;
            this.model = after;
            this.beginNanos = MountRequest.EPOCH_NANOS + beginNanos;
        }

        /** Looks at all that was made, touched or set. Returns what is wrong with it, or null. */
        @Nullable
        Mismatch of(Step step, List<Effect> changes) {
            for (Effect change : changes) {
                Mismatch mismatch = switch (change) {
                    case Effect.Touched(int file) -> look(step, file, ModelFile.UNKNOWN);
                    case Effect.ModifiedSet(int file, long nanos) -> look(step, file, nanos);
                    default -> null;
                };
                if (mismatch != null) {
                    return mismatch;
                }
            }
            return null;
        }

        private @Nullable Mismatch look(Step step, int id, long setNanos) {
            ModelFile file = model.find(id);
            if (file == null) {
                return null;
            }
            Stat stat;
            try {
                stat = file.isDirectory() ? calls.observe(model.pathOf(id), false, 0) : lookAtSubject(step.operation());
            } catch (ErrnoException e) {
                if (e.errno() == Errno.EACCES) {
                    return null;
                }
                if (e.errno() == Errno.EIO && failing != null) {
                    failed = true;
                    return null;
                }
                return new Mismatch(
                        step,
                        Mismatch.Kind.ERRNO,
                        "stat of what was changed",
                        e.errno().name(),
                        null);
            }
            if (!isRight(stat.modifiedNanos(), setNanos) && !keptTime(step.operation(), id, stat)) {
                String expected = setNanos == ModelFile.UNKNOWN ? "modification time of now" : "modified " + setNanos;
                String found = "modified " + stat.modifiedNanos();
                return new Mismatch(step, Mismatch.Kind.ATTRIBUTES, expected, found, null);
            }
            if (file.inodeNumber() != stat.inodeNumber()) {
                effects.add(new Effect.InodeSeen(id, stat.inodeNumber()));
            }
            effects.add(new Effect.ModifiedSet(id, stat.modifiedNanos()));
            model = model.observed(id, stat.inodeNumber(), stat.modifiedNanos());
            return null;
        }

        /** A time may be stored more coarsely than it was given. */
        private boolean isRight(long foundNanos, long setNanos) {
            if (setNanos != ModelFile.UNKNOWN) {
                return foundNanos <= setNanos && foundNanos > setNanos - COARSEST_TIME_NANOS;
            }
            long nowNanos = MountRequest.EPOCH_NANOS + world.clock().nowNanos();
            return foundNanos <= nowNanos && foundNanos > beginNanos - COARSEST_TIME_NANOS;
        }

        /**
         * POSIX lets truncate leave the time as it is when the size stays the same, and a store to a mapping change it later: here
         * it does not where the page was dirty before.
         */
        private boolean keptTime(Operation operation, int id, Stat stat) {
            boolean maySkip = operation instanceof Operation.Truncate
                    || operation instanceof Operation.TruncateOpen
                    || operation instanceof Operation.MmapWrite;
            ModelFile old = before.find(id);
            return maySkip
                    && old != null
                    && old.sizeBytes() == stat.sizeBytes()
                    && old.modifiedNanos() == stat.modifiedNanos();
        }

        private Stat lookAtSubject(Operation operation) {
            return switch (operation) {
                case Operation.Creat(String path, int mode) -> calls.observe(path, true, 0);
                case Operation.Symlink(String target, String path) -> calls.observe(path, false, 0);
                case Operation.Mkfifo(String path, int mode) -> calls.observe(path, false, 0);
                case Operation.Write(String path, long offset, int length) -> calls.observe(path, true, 0);
                case Operation.MmapWrite(String path, long offset, int length) -> calls.observe(path, true, 0);
                case Operation.Append(String path, int length) -> calls.observe(path, true, 0);
                case Operation.Truncate(String path, long size) -> calls.observe(path, true, 0);
                case Operation.Allocate(String path, long offset, int length) -> calls.observe(path, true, 0);
                case Operation.Punch(String path, long offset, int length) -> calls.observe(path, true, 0);
                case Operation.Utimens(String path, long nanos) -> calls.observe(path, true, 0);
                case Operation.WriteOpen(int slot, long offset, int length) -> calls.observe("", true, slot);
                case Operation.TruncateOpen(int slot, long size) -> calls.observe("", true, slot);
                default -> throw new IllegalStateException(operation + " modifies no file's contents");
            };
        }
    }
}
