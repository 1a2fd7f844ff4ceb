package dev.powercut.targets.logfs;

import dev.powercut.check.target.FormatRequest;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.logfs.fs.LogfsType;

/**
 * A volume that has been in use for long before anyone looks: the log has been through all segments, and the cleaner has work at once. A workload of
 * some dozen operations does not get that far on a new one. Always the same for the same request.
 */
final class AgedVolume {

    /** The format option: how many hundredths of the room are filled. */
    private static final String OPTION = "used";

    private static final int FILES = 8;

    /** So many volumes are written before. */
    private static final int VOLUMES = 2;

    /** Writes from one fsync to the next. */
    private static final int TOGETHER = 4;

    private AgedVolume() {}

    /** The request without the option. */
    static FormatRequest plain(FormatRequest request) {
        StringBuilder options = new StringBuilder();
        for (String option : request.options().split(",", -1)) {
            if (!option.startsWith(OPTION + "=")) {
                options.append(options.isEmpty() ? "" : ",").append(option);
            }
        }
        return new FormatRequest(request.sizeBytes(), request.blockSizeBytes(), options.toString());
    }

    /**
     * How much of the room is to be filled, in hundredths; negative when the volume is to be new.
     *
     * @throws IllegalArgumentException when that is no number from 0 to 100
     */
    static int percent(FormatRequest request) {
        for (String option : request.options().split(",", -1)) {
            if (option.startsWith(OPTION + "=")) {
                String value = option.substring(OPTION.length() + 1);
                if (!value.matches("\\d\\d?|100")) {
                    throw new IllegalArgumentException(
                            "format option " + OPTION + " takes a percentage from 0 to 100, not '" + value + "'");
                }
                return Integer.parseInt(value);
            }
        }
        return -1;
    }

    /** Uses a new volume: files fill so much of it, and are overwritten block by block. */
    static void age(BlockDevice disk, int percent) {
        World world = World.withOneTask(Choices.zero());
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(new LogfsType(), disk, false, "");
        Process process = kernel.process(0, 0);
        int block = process.statfs("/").blockSizeBytes();
        int blocks = (int) (process.statfs("/").freeBlocks() * percent / 100 / FILES);
        int[] files = new int[FILES];
        byte[] bytes = new byte[block];
        for (int i = 0; i < FILES; i++) {
            files[i] = process.open("/old" + i, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
            for (int k = 0; k < blocks; k++) {
                bytes[0] = (byte) (i + k);
                process.pwrite(files[i], bytes, 0, block, (long) k * block);
            }
        }
        process.sync();
        Choices choices = Choices.seeded(1);
        long writes = VOLUMES * disk.sectorCount() * Sector.BYTES / block;
        for (long i = 0; i < writes; i++) {
            int file = choices.choose("file", FILES);
            bytes[0] = (byte) i;
            process.pwrite(files[file], bytes, 0, block, (long) choices.choose("block", Math.max(1, blocks)) * block);
            if (i % TOGETHER == 0) {
                process.fsync(files[file]);
            }
        }
        for (int i = 0; i < FILES; i++) {
            process.close(files[i]);
            if (blocks == 0) {
                process.unlink("/old" + i);
            }
        }
        kernel.unmount("/");
    }
}
