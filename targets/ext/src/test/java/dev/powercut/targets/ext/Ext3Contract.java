package dev.powercut.targets.ext;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.contract.FileSystemContract;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.redo.Ext3Type;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** POSIX on ext3: each case on an image of its own, which e2fsck finds clean afterwards. */
abstract class Ext3Contract extends FileSystemContract {

    private static final long BYTES = 16 << 20;

    private final E2fsprogs.Judge judge = new E2fsprogs.Judge();
    private final DiskImage image;
    private final String mountOptions;
    private SimulatedDisk disk;

    Ext3Contract(int blockSizeBytes, int inodeSizeBytes, String mountOptions) {
        this.mountOptions = mountOptions;
        image = E2fsprogs.mke2fs(
                BYTES,
                List.of(
                        "-t",
                        "ext3",
                        "-b",
                        "" + blockSizeBytes,
                        "-I",
                        "" + inodeSizeBytes,
                        "-J",
                        "size=" + Math.max(1, blockSizeBytes / 1024)),
                "");
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
        E2fsprogs.Result result = judge.e2fsck(disk.image());
        assertEquals(0, result.exit(), result.output());
    }

    @AfterEach
    void closeJudge() {
        judge.close();
    }
}
