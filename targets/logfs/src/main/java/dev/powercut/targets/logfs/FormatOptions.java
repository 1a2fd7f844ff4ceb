package dev.powercut.targets.logfs;

import dev.powercut.check.target.FormatRequest;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.mkfs.MkfsOptions;
import java.util.List;

/** What a {@link FormatRequest} may ask of mkfs, as {@code key=value} pairs. */
public final class FormatOptions {

    private FormatOptions() {}

    /** The keys with what they mean, a line each. */
    public static List<String> lines() {
        return List.of(
                "segment=BYTES        bytes of a segment, as 64K; when not given 256K, on volumes above 256G as many as it takes",
                "inodes=N             how many inodes, from 16 on; at most one for each block",
                "bytes-per-inode=N    one inode for so many bytes of the volume",
                "label=NAME           name of the volume, up to 32 bytes",
                "used=PERCENT         as after long use: so much of the room is filled, the log has been everywhere");
    }

    /**
     * The options of mkfs that a request asks for.
     *
     * @throws IllegalArgumentException when it asks for something that there is not; the message says what there is
     */
    public static MkfsOptions parse(FormatRequest request) {
        int block = request.blockSizeBytes() == 0 ? Format.DEFAULT_BLOCK_SIZE_BYTES : request.blockSizeBytes();
        int segment = MkfsOptions.SEGMENT_BY_SIZE;
        MkfsOptions options = MkfsOptions.defaults();
        for (String option :
                request.options().isEmpty() ? new String[0] : request.options().split(",", -1)) {
            int equals = option.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("format option '" + option + "' has no value; write key=value");
            }
            String key = option.substring(0, equals);
            String value = option.substring(equals + 1);
            switch (key) {
                case "segment" -> segment = segmentBytes(value);
                case "block-size" -> block = bytes(key, value);
                case "inodes" -> options = options.withInodeCount(inodes(value));
                case "bytes-per-inode" -> options = options.withBytesPerInode(bytes(key, value));
                case "label" -> options = options.withLabel(value);
                default ->
                    throw new IllegalArgumentException("logfs has no format option '" + key
                            + "'; there are segment, inodes, bytes-per-inode, label, used, block-size");
            }
        }
        return options.withBlocks(block, segment);
    }

    /** 0 would be taken for a segment that nobody asked for. */
    private static int segmentBytes(String value) {
        int segment = bytes("segment", value);
        if (segment == MkfsOptions.SEGMENT_BY_SIZE) {
            throw new IllegalArgumentException(
                    "a segment cannot have 0 bytes; without the option segment it is as long as suits the volume");
        }
        return segment;
    }

    private static int inodes(String value) {
        boolean isNumber = value.matches("\\d+");
        // None has more than one for each block of a volume, and it no more blocks than this.
        String most = Integer.toString(Format.MAX_BLOCKS);
        if (isNumber
                && (value.length() > most.length() || value.length() == most.length() && value.compareTo(most) > 0)) {
            throw new IllegalArgumentException("format option inodes takes at most " + most
                    + ", one for each block of the largest volume, not " + value);
        } else if (!isNumber || Integer.parseInt(value) < Format.MIN_INODES) {
            throw new IllegalArgumentException("format option inodes takes a whole number from " + Format.MIN_INODES
                    + " on, such as 1000, not '" + value + "'; without it there is one for each 8 KiB");
        }
        return Integer.parseInt(value);
    }

    /** A whole number, with K or M for so many times 1024 or 1024². */
    private static int bytes(String key, String value) {
        int unit = value.endsWith("K") ? 1 << 10 : value.endsWith("M") ? 1 << 20 : 1;
        String digits = unit == 1 ? value : value.substring(0, value.length() - 1);
        try {
            return Math.multiplyExact(Integer.parseInt(digits), unit);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "format option " + key + " takes a whole number, such as 4096 or 64K, not '" + value + "'", e);
        }
    }
}
