package dev.powercut.targets.logfs;

import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.contract.FileSystemContract;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.fs.LogfsType;
import dev.powercut.targets.logfs.mkfs.DeviceTooSmallException;
import dev.powercut.targets.logfs.mkfs.Mkfs;
import dev.powercut.targets.logfs.mkfs.MkfsOptions;

/** POSIX on logfs: each case on an image of its own. */
abstract class LogfsContract extends FileSystemContract {

    private static final long BYTES = 8 << 20;

    private final DiskImage image;
    private SimulatedDisk disk;

    LogfsContract(MkfsOptions options) {
        disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), DiskImage.blank(BYTES / Sector.BYTES));
        try {
            Mkfs.format(disk, options);
        } catch (DeviceTooSmallException e) {
            throw new IllegalArgumentException(e);
        }
        image = disk.image();
    }

    @Override
    protected Kernel mounted(World world) {
        Kernel kernel = new Kernel(world, 0, world.choices().split("kernel"), KernelOptions.DEFAULT);
        disk = SimulatedDisk.unlogged(world, image);
        kernel.mountRoot(new LogfsType(), disk, false, "");
        return kernel;
    }
}
