package dev.powercut.check.explore;

import dev.powercut.check.model.Model;
import dev.powercut.check.oracle.Failure;
import dev.powercut.check.promises.Promises;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.trace.DeviceTap;
import dev.powercut.check.tree.TreeReader;
import dev.powercut.check.workload.Executor;
import dev.powercut.check.workload.History;
import dev.powercut.check.workload.Step;
import dev.powercut.check.workload.Workload;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.sim.disk.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs workloads on a target and records what they do. The same choices give the same recording. */
public final class Recorder {

    /** The child of a run's choices that its workload draws from. */
    public static final String WORKLOAD_STREAM = "workload";

    /** The child that faults of the device are drawn from. */
    private static final String FAULT_STREAM = "fault";

    /** Steps of the device that a workload may take to begin with, and for each of its operations on the average. */
    private static final long FIRST_STEPS = 500_000;

    private static final long STEPS_PER_OPERATION = 20_000;

    /** The same for what it does by itself, without its device: some seconds of a loop that does nothing else. */
    private static final long OWN_STEPS = 20_000_000;

    private static final long OWN_STEPS_PER_OPERATION = 200_000;

    private static final int FEW_PAGES = 8;
    private static final int FEW_BUFFERS = 12;

    private final FileSystemTarget target;
    private final @Nullable String defect;
    private final FormatRequest format;
    private final String mountOptions;
    private final KernelOptions kernelOptions;
    private final DeviceTap tap;
    private final @Nullable Fault fault;

    /**
     * @param defect name of a planted defect of the target, or null
     * @param mountOptions as for mount(8)
     */
    public Recorder(
            FileSystemTarget target,
            @Nullable String defect,
            FormatRequest format,
            String mountOptions,
            KernelOptions kernelOptions) {
        this(target, defect, format, mountOptions, kernelOptions, DeviceTap.NONE);
    }

    /** One that puts something between the filesystem and its device while a workload runs. */
    public Recorder(
            FileSystemTarget target,
            @Nullable String defect,
            FormatRequest format,
            String mountOptions,
            KernelOptions kernelOptions,
            DeviceTap tap) {
        this(target, defect, format, mountOptions, kernelOptions, tap, null);
    }

    private Recorder(
            FileSystemTarget target,
            @Nullable String defect,
            FormatRequest format,
            String mountOptions,
            KernelOptions kernelOptions,
            DeviceTap tap,
            @Nullable Fault fault) {
        this.tap = tap;
        this.fault = fault;
        this.target = target;
        this.defect = defect;
        this.format = format;
        this.mountOptions = mountOptions;
        this.kernelOptions = kernelOptions;
    }

    /**
     * One whose device goes wrong while the workload runs, at moments that the choices pick; null for one that does not. Caches are
     * small then, so that the device is asked often.
     */
    public Recorder with(@Nullable Fault other) {
        KernelOptions small = new KernelOptions(
                Math.min(FEW_PAGES, kernelOptions.pageLimit()),
                Math.min(FEW_BUFFERS, kernelOptions.metadataBufferLimit()),
                kernelOptions.writeBack());
        return other == null ? this : new Recorder(target, defect, format, mountOptions, small, tap, other);
    }

    /**
     * Formats, sets up, mounts, and runs a workload.
     *
     * @throws IllegalArgumentException when the format request cannot be met
     */
    public Recording record(Workload workload, Choices choices) {
        return record(format(), workload, choices);
    }

    /**
     * A freshly formatted disk.
     *
     * @throws IllegalArgumentException when the format request cannot be met
     */
    public DiskImage format() {
        return target.format(format);
    }

    /**
     * Mounts a formatted image, does what a workload needs, and unmounts. Many workloads may begin with what comes of it.
     *
     * @return null when the filesystem fails at it or differs from the model; a recording of all the steps then says how
     */
    public @Nullable PreparedDisk prepare(DiskImage formatted, List<Step> setUp) {
        try {
            if (setUp.isEmpty()) {
                return new PreparedDisk(formatted, contentsOf(formatted));
            }
            ScratchDisk disk = new ScratchDisk(formatted, FIRST_STEPS + STEPS_PER_OPERATION * setUp.size());
            World world = World.withOneTask(Choices.zero());
            world.steps().limit(OWN_STEPS + OWN_STEPS_PER_OPERATION * setUp.size());
            Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
            kernel.mountRoot(target.fileSystem(defect), disk, false, mountOptions);
            History history =
                    Executor.unrecorded(world, kernel, kernel.process(0, 0)).run(setUp, contentsOf(formatted));
            if (history.mismatch() != null) {
                return null;
            }
            kernel.unmount("/");
            return new PreparedDisk(disk.image(), contentsOf(disk.image()));
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            return null;
        }
    }

    /**
     * Formats and mounts, to see that both can be done.
     *
     * @throws IllegalArgumentException when the format request cannot be met
     * @throws dev.powercut.kernel.vfs.MountException when the filesystem cannot be mounted with the mount options
     */
    public void validate() {
        contentsOf(target.format(format));
    }

    /** Takes a formatted image, sets up, mounts, and runs a workload. */
    public Recording record(DiskImage formatted, Workload workload, Choices choices) {
        List<Step> steps = workload.steps(choices.split(WORKLOAD_STREAM));
        if (workload.setUp().isEmpty()) {
            return record(formatted, null, steps, choices);
        }
        PreparedDisk prepared = prepare(formatted, workload.setUp());
        if (prepared != null) {
            return record(prepared, steps, choices);
        }
        List<Step> all = new ArrayList<>(workload.setUp());
        all.addAll(steps);
        return record(formatted, null, all, choices);
    }

    /** Mounts a prepared disk, and runs the steps of a workload. */
    public Recording record(PreparedDisk prepared, List<Step> steps, Choices choices) {
        return record(prepared.image(), prepared.contents(), steps, choices);
    }

    private Recording record(DiskImage formatted, @Nullable Model contents, List<Step> steps, Choices choices) {
        World world = World.withOneTask(choices);
        WriteLog log = new WriteLog(formatted);
        SimulatedDisk disk = SimulatedDisk.logged(world, log);
        world.steps().limit(OWN_STEPS + OWN_STEPS_PER_OPERATION * steps.size());
        BlockDevice limited =
                tap.on(world, new StepLimitedDevice(disk, FIRST_STEPS + STEPS_PER_OPERATION * steps.size()));
        ArmedFault faulty =
                fault == null ? null : new ArmedFault(limited, fault.over(limited, choices.split(FAULT_STREAM)));
        BlockDevice device = faulty == null ? limited : faulty;
        History history = null;
        Failure failure = null;
        try {
            Kernel kernel = new Kernel(world, 0, choices.split("kernel"), kernelOptions);
            kernel.mountRoot(target.fileSystem(defect), device, false, mountOptions);
            Process process = kernel.process(0, 0);
            Model initial = contents != null ? contents : contentsOf(formatted);
            if (faulty == null) {
                history = Executor.recording(world, kernel, process, disk, log).run(steps, initial);
            } else {
                faulty.arm();
                Executor executor = Executor.onFaultyDevice(world, kernel, process, disk, log);
                history = executor.run(steps, initial);
                log = executor.failedAt() < 0 ? log : front(log, executor.failedAt());
            }
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            failure = Failures.of(e);
        }
        Promises promises = history == null ? null : Promises.of(history, target.guarantees(mountOptions));
        return new Recording(log, history, promises, failure, world.trace().hash());
    }

    private static WriteLog front(WriteLog log, int size) {
        WriteLog front = new WriteLog(log.base());
        for (int entry = 0; entry < size; entry++) {
            front.add(log.get(entry));
        }
        return front;
    }

    /** What a formatted image holds, which is what the model begins with. */
    private Model contentsOf(DiskImage formatted) {
        World world = World.withOneTask(Choices.zero());
        world.steps().limit(OWN_STEPS);
        ScratchDisk disk = new ScratchDisk(formatted, ScratchDisk.stepLimit(formatted));
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(target.fileSystem(defect), disk, true, mountOptions);
        return Model.of(new TreeReader(TreeReader.Limits.DEFAULT).read(kernel.process(0, 0), "/"));
    }
}
