package dev.powercut.targets.logfs.measure;

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
import dev.powercut.targets.logfs.format.Format;
import java.util.ArrayList;
import java.util.List;

/**
 * What it costs to overwrite small files for ever, by how full the volume is: the experiment of Rosenblum and Ousterhout, ACM TOCS 10(1), 1992,
 * section 3.4 and 3.5, on the filesystem itself rather than on a simulation of it. Files of one block fill a share of the room; then one after
 * the other is overwritten, until the cleaner has come to a steady state; then sectors are counted.
 *
 * <p>Write cost is all sectors read and written, divided by those of new data. The paper counts whole segments, and so comes to 2 / (1 - u) where
 * each segment that is cleaned is full to u; here summaries, inodes, tables and checkpoints count as well.
 */
public final class WriteCost {

    /** Small, so that a steady state is soon reached: 256 segments of 16 blocks. */
    private static final FormatRequest FORMAT = new FormatRequest(16 << 20, 4096, "segment=64K,inodes=4096");

    private static final int BLOCK_BYTES = 4096;

    /** Overwrites before counting, and those that are counted: in volumes. */
    private static final int WARM_UP_VOLUMES = 2;

    private static final int COUNTED_VOLUMES = 3;

    /** Cleaning must pay for itself, and not be hidden by a page cache. */
    private static final KernelOptions KERNEL = new KernelOptions(32, 64, false);

    private static final int FILES_IN_DIRECTORY = 64;

    /** A block of names, and an inode. */
    private static final int DIRECTORY_BYTES = BLOCK_BYTES + Format.INODE_BYTES;

    /** Which files are overwritten. */
    public enum Pattern {
        /** Each as often as any other. */
        UNIFORM,
        /** Nine times out of ten one of a tenth of them. */
        HOT_AND_COLD
    }

    /**
     * One measurement.
     *
     * @param utilisationPercent how much of the room for files, as statfs tells it, is live
     * @param livePercent how much of the whole volume, reserve included, that is
     * @param cost sectors read and written for each sector of new data
     */
    public record Point(int utilisationPercent, double livePercent, double cost) {}

    private WriteCost() {}

    /**
     * Measures a series.
     *
     * @param mountOptions as for mount(8): {@code cleaner=greedy}, {@code cost-benefit} or {@code thread}
     * @param percents utilisations, from 1 to 99
     */
    public static List<Point> series(String mountOptions, Pattern pattern, int... percents) {
        List<Point> series = new ArrayList<>();
        for (int percent : percents) {
            Run run = new Run(mountOptions, percent);
            series.add(new Point(percent, run.livePercent(), run.cost(pattern)));
        }
        return series;
    }

    private static final class Run {

        private final CountingDevice device;
        private final Process process;
        private final int files;
        private final byte[] block = new byte[BLOCK_BYTES];
        private final Choices choices = Choices.seeded(1);
        private long written;

        Run(String mountOptions, int percent) {
            LogfsTarget target = new LogfsTarget();
            DiskImage image = target.format(FORMAT);
            World world = World.withOneTask(Choices.zero());
            device = new CountingDevice(SimulatedDisk.unlogged(world, image));
            Kernel kernel = new Kernel(world, 0, Choices.zero(), KERNEL);
            kernel.mountRoot(target.fileSystem(null), device, false, mountOptions);
            process = kernel.process(0, 0);
            long perDirectory = FILES_IN_DIRECTORY * (long) (BLOCK_BYTES + Format.INODE_BYTES) + DIRECTORY_BYTES;
            long room = process.statfs("/").freeBlocks() * BLOCK_BYTES;
            files = (int) (room * percent / 100 * FILES_IN_DIRECTORY / perDirectory);
        }

        double livePercent() {
            double perFile = BLOCK_BYTES + Format.INODE_BYTES + (double) DIRECTORY_BYTES / FILES_IN_DIRECTORY;
            return 100.0 * files * perFile / FORMAT.sizeBytes();
        }

        private static String path(int file) {
            return "/" + file / FILES_IN_DIRECTORY + "/" + file;
        }

        private void overwrite(int file) {
            int fd = process.open(path(file), OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0644);
            block[0] = (byte) ++written;
            process.write(fd, block, 0, BLOCK_BYTES);
            process.close(fd);
        }

        private int draw(Pattern pattern) {
            int hot = Math.max(1, files / 10);
            return switch (pattern) {
                case UNIFORM -> choices.choose("file", files);
                case HOT_AND_COLD ->
                    choices.chance("hot", 9, 10)
                            ? choices.choose("file", hot)
                            : hot + choices.choose("file", files - hot);
            };
        }

        double cost(Pattern pattern) {
            for (int file = 0; file < files; file++) {
                if (file % FILES_IN_DIRECTORY == 0) {
                    process.mkdir("/" + file / FILES_IN_DIRECTORY, 0755);
                }
                overwrite(file);
            }
            process.sync();
            long volume = FORMAT.sizeBytes() / BLOCK_BYTES;
            for (long i = 0; i < WARM_UP_VOLUMES * volume; i++) {
                overwrite(draw(pattern));
            }
            process.sync();
            long before = device.readSectors() + device.writtenSectors();
            for (long i = 0; i < COUNTED_VOLUMES * volume; i++) {
                overwrite(draw(pattern));
            }
            process.sync();
            long sectors = device.readSectors() + device.writtenSectors() - before;
            return (double) sectors / (COUNTED_VOLUMES * volume * (BLOCK_BYTES / Sector.BYTES));
        }
    }
}
