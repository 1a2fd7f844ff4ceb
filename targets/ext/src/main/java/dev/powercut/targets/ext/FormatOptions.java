package dev.powercut.targets.ext;

import dev.powercut.check.target.FormatRequest;
import dev.powercut.targets.ext.journal.JournalChecksum;
import dev.powercut.targets.ext.journal.JournalFormat;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.ArrayList;
import java.util.List;

/** What a {@link FormatRequest} may ask of mkfs, as {@code key=value} pairs. */
public final class FormatOptions {

    /** From this size on blocks are of 4 KiB, as mke2fs has it: fewer groups, and a bitmap each. */
    private static final long LARGE_BYTES = 512L << 20;

    private static final int LARGE_BLOCK_BYTES = 4096;

    private final boolean hasJournal;
    private MkfsOptions options;
    /** Below 0: nobody has said. */
    private long journalBytes = -1;

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

    /** The keys of ext3, likewise. */
    public static List<String> ext3Lines() {
        List<String> lines = new ArrayList<>(lines());
        lines.add("journal-size=BYTES   size of the journal: at least 1024 blocks");
        lines.add("journal-checksum=none|v2|v3   checksums in every block of the journal");
        return lines;
    }

    /**
     * The options of mkfs that a request asks for.
     *
     * @throws IllegalArgumentException when it asks for something that there is not; the message says what there is
     */
    public static MkfsOptions parse(FormatRequest request) {
        return new FormatOptions(request, false).options;
    }

    /**
     * The options of mkfs that a request asks for, of ext3.
     *
     * @throws IllegalArgumentException as {@link #parse}
     */
    public static MkfsOptions parseExt3(FormatRequest request) {
        FormatOptions parsed = new FormatOptions(request, true);
        return parsed.options.withJournal(parsed.journalBlocks());
    }

    private FormatOptions(FormatRequest request, boolean hasJournal) {
        this.hasJournal = hasJournal;
        this.options = MkfsOptions.defaults();
        if (request.blockSizeBytes() != 0) {
            options = options.withBlockSize(request.blockSizeBytes());
        } else if (request.sizeBytes() >= LARGE_BYTES) {
            options = options.withBlockSize(LARGE_BLOCK_BYTES);
        }
        for (String option : request.options().split(",", -1)) {
            if (!option.isEmpty()) {
                take(option);
            }
        }
    }

    private void take(String option) {
        int equals = option.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("format option '" + option + "' has no value; write key=value");
        }
        String key = option.substring(0, equals);
        String value = option.substring(equals + 1);
        options = switch (key) {
            case "inode-size" -> options.withInodeSize(number(key, value));
            case "inodes" -> options.withInodeCount(number(key, value));
            case "bytes-per-inode" -> options.withBytesPerInode(number(key, value));
            case "reserved" -> options.withReservedPercent(number(key, value));
            case "label" -> options.withVolumeName(value);
            case "resize-inode" -> options.withResizeInode(yesOrNo(key, value));
            case "block-size" -> options.withBlockSize(number(key, value));
            default -> hasJournal ? takeOfJournal(key, value) : unknown(key);
        };
    }

    private MkfsOptions takeOfJournal(String key, String value) {
        return switch (key) {
            case "journal-size" -> {
                journalBytes = bytes(key, value);
                yield options;
            }
            case "journal-checksum" -> options.withJournalChecksum(checksum(value));
            default -> unknown(key);
        };
    }

    private MkfsOptions unknown(String key) {
        boolean isOfExt3 = key.equals("journal-size") || key.equals("journal-checksum");
        throw new IllegalArgumentException((hasJournal ? "ext3" : "ext2") + " has no format option '" + key
                + (!hasJournal && isOfExt3 ? "', which is one of ext3" : "'")
                + "; there are inode-size, inodes, bytes-per-inode, reserved, label, resize-inode, block-size"
                + (hasJournal ? ", journal-size, journal-checksum" : ""));
    }

    /** Blocks of the journal; said once the size of a block is known. */
    private int journalBlocks() {
        if (journalBytes < 0) {
            return MkfsOptions.DEFAULT_JOURNAL;
        }
        int blockSize = options.blockSizeBytes();
        long blocks = journalBytes / blockSize;
        if (blocks < JournalFormat.MIN_JOURNAL_BLOCKS || blocks > JournalFormat.MAX_JOURNAL_BLOCKS) {
            throw new IllegalArgumentException("a journal cannot have " + journalBytes + " bytes: it has from "
                    + JournalFormat.MIN_JOURNAL_BLOCKS + " blocks (here " + amount(JournalFormat.MIN_JOURNAL_BLOCKS)
                    + ") to " + JournalFormat.MAX_JOURNAL_BLOCKS + " (" + amount(JournalFormat.MAX_JOURNAL_BLOCKS)
                    + "); without journal-size it is as large as suits the volume"
                    + (journalBytes == 0 ? ", and ext2 has none" : ""));
        }
        return (int) blocks;
    }

    /** As sizes are written on the command line. */
    private String amount(int blocks) {
        return (((long) blocks * options.blockSizeBytes()) >> 20) + "M";
    }

    private static JournalChecksum checksum(String value) {
        return switch (value) {
            case "none" -> JournalChecksum.NONE;
            case "v2" -> JournalChecksum.V2;
            case "v3" -> JournalChecksum.V3;
            default ->
                throw new IllegalArgumentException("format option journal-checksum takes none, v2 or v3, not '" + value
                        + "'; the checksum of commits is an option of each mount, journal_checksum");
        };
    }

    private static long bytes(String key, String value) {
        if (!value.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException(
                    "format option " + key + " takes a whole number of bytes, not '" + value + "'");
        }
        return Long.parseLong(value);
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
