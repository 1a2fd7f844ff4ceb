package dev.powercut.kernel;

import dev.powercut.kernel.contract.FileSystemContract;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;

/** The VFS alone, on a filesystem that does nothing of its own. */
class MemoryFileSystemContractTest extends FileSystemContract {

    @Override
    protected Kernel mounted(World world) {
        Kernel kernel = new Kernel(world, 0, world.choices().split("kernel"), KernelOptions.QUIET);
        kernel.mountRoot(new MemoryFileSystem.Type(4000), SimulatedDisk.unlogged(world, DiskImage.blank(1)), false, "");
        return kernel;
    }
}
