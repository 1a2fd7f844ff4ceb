package dev.powercut.targets.logfs.format;

import static dev.powercut.sim.bytes.LittleEndian.put32;
import static dev.powercut.sim.bytes.LittleEndian.put64;
import static dev.powercut.sim.bytes.LittleEndian.s32;
import static dev.powercut.sim.bytes.LittleEndian.s64;

import org.jspecify.annotations.Nullable;

/**
 * A checkpoint: where everything was at one moment.
 *
 * @param nextSequence number of the first partial write after it
 * @param nextBlock where that one will be
 * @param nextEnd block before which that one ends
 * @param inodesUsed inodes in use
 * @param extentBlocks live extent blocks
 * @param mapBlocks addresses of the blocks of the inode map
 * @param usageBlocks addresses of the blocks of the segment usage table
 * @param isThreaded whether every segment in use counts as {@link Format#USAGE_THREADED}
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not compared.
public record Checkpoint(
        long sequence,
        long timeNanos,
        long nextSequence,
        int nextBlock,
        int nextEnd,
        int inodesUsed,
        int extentBlocks,
        int[] mapBlocks,
        int[] usageBlocks,
        boolean isThreaded) {

    /** A checkpoint whose usage table says which segments are threaded. */
    public Checkpoint(
            long sequence,
            long timeNanos,
            long nextSequence,
            int nextBlock,
            int nextEnd,
            int inodesUsed,
            int extentBlocks,
            int[] mapBlocks,
            int[] usageBlocks) {
        this(
                sequence,
                timeNanos,
                nextSequence,
                nextBlock,
                nextEnd,
                inodesUsed,
                extentBlocks,
                mapBlocks,
                usageBlocks,
                false);
    }

    /** The same, of which every segment in use counts as threaded: differs in the header alone. */
    public Checkpoint threaded() {
        return new Checkpoint(
                sequence,
                timeNanos,
                nextSequence,
                nextBlock,
                nextEnd,
                inodesUsed,
                extentBlocks,
                mapBlocks,
                usageBlocks,
                true);
    }

    /** The bytes as they go to a region. */
    public byte[] encode(Checksum checksum) {
        byte[] b = new byte[Geometry.checkpointBytes(mapBlocks.length, usageBlocks.length)];
        put32(b, Format.CP_MAGIC, Format.CHECKPOINT_MAGIC);
        put64(b, Format.CP_SEQUENCE, sequence);
        put64(b, Format.CP_TIME, timeNanos);
        put64(b, Format.CP_NEXT_SEQUENCE, nextSequence);
        put32(b, Format.CP_NEXT, nextBlock);
        put32(b, Format.CP_NEXT_END, nextEnd);
        put32(b, Format.CP_MAP_COUNT, mapBlocks.length);
        put32(b, Format.CP_USAGE_COUNT, usageBlocks.length);
        put32(b, Format.CP_INODES_USED, inodesUsed);
        put32(b, Format.CP_EXTENT_BLOCKS, extentBlocks);
        put32(b, Format.CP_FLAGS, isThreaded ? Format.CP_THREADED : 0);
        int at = Format.CP_POINTERS;
        for (int block : mapBlocks) {
            put32(b, at, block);
            at += Format.POINTER_BYTES;
        }
        for (int block : usageBlocks) {
            put32(b, at, block);
            at += Format.POINTER_BYTES;
        }
        put64(b, b.length - Format.CP_TAIL_BYTES, sequence);
        put32(b, Format.CP_CHECKSUM, checksum.ofRecord(b, 0, b.length, Format.CP_CHECKSUM));
        return b;
    }

    /**
     * How many bytes a region's checkpoint has, by its first sector.
     *
     * @return 0 when there is none that could be valid
     */
    public static int lengthBytes(Geometry g, byte[] b) {
        int mapCount = s32(b, Format.CP_MAP_COUNT);
        boolean plausible = s32(b, Format.CP_MAGIC) == Format.CHECKPOINT_MAGIC
                && mapCount >= 0
                && mapCount <= g.maxMapBlocks()
                && s32(b, Format.CP_USAGE_COUNT) == g.usageBlocks()
                && s64(b, Format.CP_SEQUENCE) >= 0
                && s64(b, Format.CP_NEXT_SEQUENCE) >= 0
                && g.isRoom(s32(b, Format.CP_NEXT), s32(b, Format.CP_NEXT_END));
        return plausible ? g.checkpointBytes(mapCount) : 0;
    }

    /** The sequence number at the head of a region. */
    public static long sequence(byte[] b) {
        return s64(b, Format.CP_SEQUENCE);
    }

    /** Whether a checkpoint, of which {@link #lengthBytes} told the length, has all its sectors of one writing. */
    public static boolean isWhole(Checksum checksum, byte[] b, int length) {
        return s64(b, length - Format.CP_TAIL_BYTES) == sequence(b)
                && checksum.ofRecord(b, 0, length, Format.CP_CHECKSUM) == s32(b, Format.CP_CHECKSUM);
    }

    /** Reads a checkpoint of which {@link #lengthBytes} told the length; null when it is not whole. */
    public static @Nullable Checkpoint decode(Geometry g, Checksum checksum, byte[] b, int length) {
        return isWhole(checksum, b, length) ? decode(g, b) : null;
    }

    /** Reads the fields; null when a pointer leads nowhere. */
    public static @Nullable Checkpoint decode(Geometry g, byte[] b) {
        int[] maps = pointers(b, Format.CP_POINTERS, s32(b, Format.CP_MAP_COUNT));
        int[] usages =
                pointers(b, Format.CP_POINTERS + Format.POINTER_BYTES * maps.length, s32(b, Format.CP_USAGE_COUNT));
        if (!areInSegments(g, maps) || !areInSegments(g, usages)) {
            return null;
        }
        return new Checkpoint(
                sequence(b),
                s64(b, Format.CP_TIME),
                s64(b, Format.CP_NEXT_SEQUENCE),
                s32(b, Format.CP_NEXT),
                s32(b, Format.CP_NEXT_END),
                s32(b, Format.CP_INODES_USED),
                s32(b, Format.CP_EXTENT_BLOCKS),
                maps,
                usages,
                (s32(b, Format.CP_FLAGS) & Format.CP_THREADED) != 0);
    }

    private static int[] pointers(byte[] b, int at, int count) {
        int[] pointers = new int[count];
        for (int i = 0; i < count; i++) {
            pointers[i] = s32(b, at + Format.POINTER_BYTES * i);
        }
        return pointers;
    }

    private static boolean areInSegments(Geometry g, int[] pointers) {
        for (int block : pointers) {
            if (block != 0 && !g.isInSegment(block)) {
                return false;
            }
        }
        return true;
    }
}
