package dev.powercut.targets.logfs.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.check.target.CheckResult;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.LogfsTarget;
import java.util.List;

/** A machine with a logfs as its root. */
final class Rig {

    final World world = World.withOneTask(Choices.zero());
    final SimulatedDisk disk;
    final Kernel kernel;
    final Process process;

    private Rig(DiskImage image, String options, KernelOptions sizes) {
        disk = SimulatedDisk.unlogged(world, image);
        kernel = new Kernel(world, 0, Choices.zero(), sizes);
        kernel.mountRoot(new LogfsType(), disk, false, options);
        process = kernel.process(0, 0);
    }

    static DiskImage format(long bytes, int blockSize, String options) {
        return new LogfsTarget().format(new FormatRequest(bytes, blockSize, options));
    }

    static Rig mount(DiskImage image, String options) {
        return new Rig(image, options, new KernelOptions(16, 64, false));
    }

    int open(String path) {
        return process.open(path, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
    }

    void write(String path, long offset, byte[] bytes) {
        int fd = open(path);
        process.pwrite(fd, bytes, 0, bytes.length, offset);
        process.close(fd);
    }

    byte[] read(String path) {
        int fd = process.open(path, OpenFlags.O_RDONLY, 0);
        byte[] bytes = new byte[(int) process.fstat(fd).sizeBytes()];
        assertEquals(bytes.length, process.pread(fd, bytes, 0, bytes.length, 0));
        process.close(fd);
        return bytes;
    }

    /** Shuts down; the image must be clean. */
    DiskImage unmount() {
        kernel.unmount("/");
        assertClean(disk.image());
        return disk.image();
    }

    static void assertClean(DiskImage image) {
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
        CheckResult result = new LogfsTarget().newChecker().check(disk);
        assertEquals(List.of(), result.lines());
    }

    /** Recovers an image and gives what that made of it. */
    static DiskImage recover(DiskImage image) {
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
        CheckResult result = new LogfsTarget().newChecker().recover(disk);
        assertEquals(true, result.recovered(), () -> result.lines().toString());
        return disk.image();
    }
}
