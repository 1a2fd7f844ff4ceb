package dev.powercut.check.contract;

import dev.powercut.check.model.Model;
import dev.powercut.check.promises.Promises;
import dev.powercut.check.promises.Violation;
import dev.powercut.check.target.Guarantees;
import dev.powercut.check.tree.Node;
import dev.powercut.check.tree.TreeReader;
import dev.powercut.check.workload.Executor;
import dev.powercut.check.workload.History;
import dev.powercut.check.workload.Step;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import java.util.List;

/** A machine with a filesystem mounted, on which steps are run and compared with the model. */
public final class LiveRun {

    private final FileSystemType type;
    private final WriteLog log;
    private final SimulatedDisk disk;
    private final TreeReader reader = new TreeReader(TreeReader.Limits.DEFAULT);
    private final Process process;
    private final Executor executor;

    public LiveRun(FileSystemType type, DiskImage image, KernelOptions options, Choices choices) {
        this.type = type;
        World world = World.withOneTask(choices);
        this.log = new WriteLog(image);
        this.disk = SimulatedDisk.logged(world, log);
        Kernel kernel = new Kernel(world, 0, choices.split("kernel"), options);
        kernel.mountRoot(type, disk, false, "");
        this.process = kernel.process(0, 0);
        this.executor = Executor.recording(world, kernel, process, disk, log);
    }

    public History run(List<Step> steps) {
        return executor.run(steps, Model.of(tree()));
    }

    /** What is there now. */
    public Node.Directory tree() {
        return reader.read(process, "/");
    }

    /** What another machine finds on the disk, which has been unmounted. */
    public Node.Directory remounted() {
        World world = World.withOneTask(Choices.zero());
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(type, SimulatedDisk.unlogged(world, disk.image()), true, "");
        return reader.read(kernel.process(0, 0), "/");
    }

    public DiskImage image() {
        return disk.image();
    }

    /** What was written so far. */
    public WriteLog log() {
        return log;
    }

    /** Where a tree differs from what the history promises now; after a sync or an unmount that is any difference at all. */
    public List<Violation> violations(History history, Guarantees guarantees, Node.Directory tree) {
        return Promises.of(history, guarantees).newJudge().judge(tree, log.size());
    }
}
