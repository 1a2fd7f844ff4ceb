package dev.powercut.targets.ext;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.contract.FileSystemContract;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.fs.Ext2Type;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.fsck.FsckReport;
import dev.powercut.targets.ext.mkfs.DeviceTooSmallException;
import dev.powercut.targets.ext.mkfs.Mkfs;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.List;

/** POSIX on ext2: each case on an image of its own, which fsck finds clean afterwards. */
abstract class Ext2Contract extends FileSystemContract {

    private static final long BYTES = 8 << 20;

    private final DiskImage image;
    private SimulatedDisk disk;

    Ext2Contract(int blockSizeBytes, int inodeSizeBytes) {
        disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), DiskImage.blank(BYTES / Sector.BYTES));
        try {
            Mkfs.format(
                    disk,
                    MkfsOptions.defaults()
                            .withDeviceIsZero(true)
                            .withBlockSize(blockSizeBytes)
                            .withInodeSize(inodeSizeBytes));
        } catch (DeviceTooSmallException e) {
            throw new IllegalArgumentException(e);
        }
        image = disk.image();
    }

    @Override
    protected Kernel mounted(World world) {
        Kernel kernel = new Kernel(world, 0, world.choices().split("kernel"), KernelOptions.DEFAULT);
        disk = SimulatedDisk.unlogged(world, image);
        kernel.mountRoot(new Ext2Type(), disk, false, "");
        return kernel;
    }

    @Override
    protected void afterCase(Kernel kernel) {
        super.afterCase(kernel);
        FsckReport report = new Fsck().check(disk);
        assertEquals(List.of(), report.problems(), "what fsck -n says afterwards");
    }
}
