package dev.powercut.targets.ext;

import dev.powercut.check.target.FormatRequest;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.ArrayList;
import java.util.List;

/** What a {@link FormatRequest} may ask of mkfs, as {@code key=value} pairs. */
public final class FormatOptions {

    /** From this size on blocks are of 4 KiB, as mke2fs has it: fewer groups, and a bitmap each. */
    private static final long LARGE_BYTES = 512L << 20;

    private static final int LARGE_BLOCK_BYTES = 4096;

    private static final String JOURNAL_SIZE = "journal-size=";

    private FormatOptions() {}

    /** The keys with what they mean, a line each. */
    public static List<String> lines() {
        return List.of(
                "inode-size=BYTES     of an inode record, a power of two from 128; from 256 on it keeps nanoseconds",
                "inodes=N             how many inodes",
                "bytes-per-inode=N    one inode for so many bytes of the volume",
                "reserved=PERCENT     share of the blocks that only the super-user may use",
                "label=NAME           name of the volume, up to 16 bytes",
                "resize-inode=yes|no  keep blocks for growing the volume");
    }

    /**
     * The options of mkfs that a request asks for.
     *
     * @throws IllegalArgumentException when it asks for something that there is not; the message says what there is
     */
    public static MkfsOptions parse(FormatRequest request) {
        MkfsOptions options = MkfsOptions.defaults();
        if (request.blockSizeBytes() != 0) {
            options = options.withBlockSize(request.blockSizeBytes());
        } else if (request.sizeBytes() >= LARGE_BYTES) {
            options = options.withBlockSize(LARGE_BLOCK_BYTES);
        }
        if (request.options().isEmpty()) {
            return options;
        }
        for (String option : request.options().split(",", -1)) {
            int equals = option.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("format option '" + option + "' has no value; write key=value");
            }
            options = with(options, option.substring(0, equals), option.substring(equals + 1));
        }
        return options;
    }

    /** The keys of ext3, likewise. */
    public static List<String> ext3Lines() {
        List<String> lines = new ArrayList<>(lines());
        lines.add("journal-size=BYTES   size of the journal: at least 1024 blocks");
        return lines;
    }

    /**
     * The options of mkfs that a request asks for, of ext3.
     *
     * @throws IllegalArgumentException as {@link #parse}
     */
    public static MkfsOptions parseExt3(FormatRequest request) {
        List<String> others = new ArrayList<>();
        String journal = "";
        for (String option : request.options().split(",", -1)) {
            if (option.startsWith(JOURNAL_SIZE)) {
                journal = option.substring(JOURNAL_SIZE.length());
            } else if (!option.isEmpty()) {
                others.add(option);
            }
        }
        FormatRequest rest = new FormatRequest(request.sizeBytes(), request.blockSizeBytes(), String.join(",", others));
        MkfsOptions options = parse(rest);
        return options.withJournal(
                journal.isEmpty() ? MkfsOptions.DEFAULT_JOURNAL : journalBlocks(journal, options.blockSizeBytes()));
    }

    private static int journalBlocks(String bytes, int blockSize) {
        try {
            long blocks = Long.parseLong(bytes) / blockSize;
            return blocks <= 0 ? 1 : (int) Math.min(blocks, Integer.MAX_VALUE); // Of which mkfs says what is wrong.
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "format option journal-size takes a whole number of bytes, not '" + bytes + "'", e);
        }
    }

    private static MkfsOptions with(MkfsOptions options, String key, String value) {
        return switch (key) {
            case "inode-size" -> options.withInodeSize(number(key, value));
            case "inodes" -> options.withInodeCount(number(key, value));
            case "bytes-per-inode" -> options.withBytesPerInode(number(key, value));
            case "reserved" -> options.withReservedPercent(number(key, value));
            case "label" -> options.withVolumeName(value);
            case "resize-inode" -> options.withResizeInode(yesOrNo(key, value));
            case "block-size" -> options.withBlockSize(number(key, value));
            default ->
                throw new IllegalArgumentException(
                        "ext2 has no format option '" + key
                                + "'; there are inode-size, inodes, bytes-per-inode, reserved, label, resize-inode, block-size");
        };
    }

    private static int number(String key, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "format option " + key + " takes a whole number, not '" + value + "'", e);
        }
    }

    private static boolean yesOrNo(String key, String value) {
        return switch (value) {
            case "yes" -> true;
            case "no" -> false;
            default ->
                throw new IllegalArgumentException("format option " + key + " takes yes or no, not '" + value + "'");
        };
    }
}
