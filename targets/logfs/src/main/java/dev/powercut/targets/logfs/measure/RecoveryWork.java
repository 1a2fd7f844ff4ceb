package dev.powercut.targets.logfs.measure;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.LogfsTarget;
import dev.powercut.targets.logfs.fs.Discipline;
import dev.powercut.targets.logfs.fs.Recovery;

/**
 * What recovery has to do, by the length of the log behind the newest checkpoint and by the size of the disk: small files are made and synced,
 * each a group of the log; then the power fails.
 */
public final class RecoveryWork {

    private static final int BLOCK_BYTES = 4096;
    private static final int FILE_BYTES = 16 << 10;

    /**
     * One measurement.
     *
     * @param diskBytes size of the volume
     * @param logBytes log behind the checkpoint: partial writes that count
     * @param readBytes what recovery read
     * @param writtenBytes what it wrote
     * @param cleanReadBytes what a mount reads of a volume of that size when there is no log to roll forward: superblock, checkpoints, segment usage
     */
    public record Point(long diskBytes, long logBytes, long readBytes, long writtenBytes, long cleanReadBytes) {}

    private RecoveryWork() {}

    /**
     * Measures.
     *
     * @param diskBytes size of the volume
     * @param files small files that are made and synced after the checkpoint
     */
    public static Point measure(long diskBytes, int files) {
        LogfsTarget target = new LogfsTarget();
        // As many inodes on every disk, and no checkpoint on the way: what differs is the size alone.
        DiskImage image = target.format(new FormatRequest(diskBytes, BLOCK_BYTES, "segment=256K,inodes=4096"));
        World world = World.withOneTask(Choices.zero());
        SimulatedDisk disk = SimulatedDisk.unlogged(world, image);
        CountingDevice device = new CountingDevice(disk);
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(target.fileSystem(null), device, false, "");
        Process process = kernel.process(0, 0);
        create(process, "/first");
        process.sync();
        DiskImage clean = disk.image();
        long before = device.writtenSectors();
        for (int i = 0; i < files; i++) {
            create(process, "/f" + i);
        }
        long logBytes = (device.writtenSectors() - before) * Sector.BYTES;
        CountingDevice recovering = recovered(disk.image());
        return new Point(
                diskBytes,
                logBytes,
                recovering.readSectors() * Sector.BYTES,
                recovering.writtenSectors() * Sector.BYTES,
                mounted(clean).readSectors() * Sector.BYTES);
    }

    private static void create(Process process, String path) {
        int fd = process.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0644);
        process.write(fd, new byte[FILE_BYTES], 0, FILE_BYTES);
        process.fsync(fd);
        process.close(fd);
    }

    private static CountingDevice recovered(DiskImage image) {
        CountingDevice device = new CountingDevice(SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image));
        try {
            new Recovery(Discipline.correct()).run(device);
        } catch (ImageFormatException e) {
            throw new IllegalStateException("a crash left an image that cannot be mounted", e);
        }
        return device;
    }

    private static CountingDevice mounted(DiskImage image) {
        World world = World.withOneTask(Choices.zero());
        CountingDevice device = new CountingDevice(SimulatedDisk.unlogged(world, image));
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(new LogfsTarget().fileSystem(null), device, true, "");
        return device;
    }
}
