package dev.powercut.targets.logfs.format;

import static dev.powercut.sim.bytes.LittleEndian.put32;
import static dev.powercut.sim.bytes.LittleEndian.put64;
import static dev.powercut.sim.bytes.LittleEndian.s32;
import static dev.powercut.sim.bytes.LittleEndian.s64;

/** Fields of a summary block, read and written in place: it is at {@code at} in its array. */
public final class Summary {

    private Summary() {}

    /** Writes the fields of an entry. */
    public static void putEntry(byte[] b, int at, int index, int kind, int inode, long version, long offset) {
        int entry = entryAt(at, index);
        put32(b, entry + Format.ENTRY_KIND, kind);
        put32(b, entry + Format.ENTRY_INODE, inode);
        put64(b, entry + Format.ENTRY_VERSION, version);
        put64(b, entry + Format.ENTRY_OFFSET, offset);
    }

    private static int entryAt(int at, int index) {
        return at + Format.SUM_ENTRIES + index * Format.ENTRY_BYTES;
    }

    /**
     * Completes a summary whose entries are there already, and which its payload follows in the array.
     *
     * @param checkpoint number of the checkpoint that the partial write follows
     * @param next block of the next partial write's summary
     * @param nextEnd block before which that one ends
     * @param count payload blocks
     */
    public static void seal(
            Geometry g,
            Checksum checksum,
            byte[] b,
            int at,
            long checkpoint,
            long sequence,
            long timeNanos,
            int address,
            int next,
            int nextEnd,
            int count,
            int flags) {
        int size = g.blockSizeBytes();
        put32(b, at + Format.SUM_MAGIC, Format.SUMMARY_MAGIC);
        put64(b, at + Format.SUM_CHECKPOINT, checkpoint);
        put64(b, at + Format.SUM_SEQUENCE, sequence);
        put64(b, at + Format.SUM_TIME, timeNanos);
        put32(b, at + Format.SUM_ADDRESS, address);
        put32(b, at + Format.SUM_NEXT, next);
        put32(b, at + Format.SUM_NEXT_END, nextEnd);
        put32(b, at + Format.SUM_COUNT, count);
        put32(b, at + Format.SUM_PAYLOAD_CHECKSUM, checksum.of(b, at + size, count * size));
        put32(b, at + Format.SUM_FLAGS, flags);
        put32(b, at + Format.SUM_CHECKSUM, checksum.ofRecord(b, at, size, at + Format.SUM_CHECKSUM));
    }

    /** Whether a block looks like the summary that belongs at an address: case A of {@link Format} when not. */
    public static boolean isPlausible(Geometry g, byte[] b, int at, int address) {
        int count = s32(b, at + Format.SUM_COUNT);
        return s32(b, at + Format.SUM_MAGIC) == Format.SUMMARY_MAGIC
                && s32(b, at + Format.SUM_ADDRESS) == address
                && count >= 0
                && count <= g.maxPayloadBlocks()
                && g.isInSegment(address)
                && address + count < g.segmentStart(g.segmentOf(address)) + g.segmentBlocks()
                && g.isRoom(s32(b, at + Format.SUM_NEXT), nextEnd(b, at));
    }

    /** Whether the summary's own checksum is right: case B when not. */
    public static boolean isSound(Geometry g, Checksum checksum, byte[] b, int at) {
        return checksum.ofRecord(b, at, g.blockSizeBytes(), at + Format.SUM_CHECKSUM)
                == s32(b, at + Format.SUM_CHECKSUM);
    }

    /** Whether the payload, which follows the summary in the array, is what was written: case D when not. */
    public static boolean isPayloadWhole(Geometry g, Checksum checksum, byte[] b, int at) {
        int size = g.blockSizeBytes();
        return checksum.of(b, at + size, count(b, at) * size) == s32(b, at + Format.SUM_PAYLOAD_CHECKSUM);
    }

    public static long checkpoint(byte[] b, int at) {
        return s64(b, at + Format.SUM_CHECKPOINT);
    }

    public static long sequence(byte[] b, int at) {
        return s64(b, at + Format.SUM_SEQUENCE);
    }

    public static long timeNanos(byte[] b, int at) {
        return s64(b, at + Format.SUM_TIME);
    }

    public static int next(byte[] b, int at) {
        return s32(b, at + Format.SUM_NEXT);
    }

    public static int nextEnd(byte[] b, int at) {
        return s32(b, at + Format.SUM_NEXT_END);
    }

    public static int count(byte[] b, int at) {
        return s32(b, at + Format.SUM_COUNT);
    }

    /** Whether the partial write is the last of its group. */
    public static boolean isEnd(byte[] b, int at) {
        return (s32(b, at + Format.SUM_FLAGS) & Format.FLAG_END) != 0;
    }

    /** Whether recovery or fsck wrote it. */
    public static boolean isOfRecovery(byte[] b, int at) {
        return (s32(b, at + Format.SUM_FLAGS) & Format.FLAG_RECOVERY) != 0;
    }

    public static int kind(byte[] b, int at, int index) {
        return s32(b, entryAt(at, index) + Format.ENTRY_KIND);
    }

    public static int inode(byte[] b, int at, int index) {
        return s32(b, entryAt(at, index) + Format.ENTRY_INODE);
    }

    public static long version(byte[] b, int at, int index) {
        return s64(b, entryAt(at, index) + Format.ENTRY_VERSION);
    }

    public static long offset(byte[] b, int at, int index) {
        return s64(b, entryAt(at, index) + Format.ENTRY_OFFSET);
    }
}
