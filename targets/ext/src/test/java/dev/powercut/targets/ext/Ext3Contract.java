package dev.powercut.targets.ext;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.check.target.FormatRequest;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.contract.FileSystemContract;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.fsck.FsckReport;
import dev.powercut.targets.ext.journal.RecoveryRules;
import dev.powercut.targets.ext.redo.Ext3Type;
import java.util.List;

/** POSIX on ext3: each case on an image of its own, which fsck finds clean afterwards. */
abstract class Ext3Contract extends FileSystemContract {

    private static final long BYTES = 16 << 20;

    private final Fsck fsck = Fsck.ofExt3(RecoveryRules.ALL);
    private final DiskImage image;
    private final String mountOptions;
    private SimulatedDisk disk;

    Ext3Contract(int blockSizeBytes, int inodeSizeBytes, String mountOptions) {
        this.mountOptions = mountOptions;
        image = new Ext3Target().format(new FormatRequest(BYTES, blockSizeBytes, "inode-size=" + inodeSizeBytes));
        disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
    }

    @Override
    protected Kernel mounted(World world) {
        Kernel kernel = new Kernel(world, 0, world.choices().split("kernel"), KernelOptions.DEFAULT);
        disk = SimulatedDisk.unlogged(world, image);
        kernel.mountRoot(new Ext3Type(), disk, false, mountOptions);
        return kernel;
    }

    @Override
    protected void afterCase(Kernel kernel) {
        super.afterCase(kernel);
        FsckReport report = fsck.check(disk);
        assertEquals(List.of(), report.problems(), "what fsck -n says afterwards");
    }
}
