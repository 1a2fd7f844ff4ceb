package dev.powercut.targets.logfs.mkfs;

import dev.powercut.targets.logfs.format.Format;
import java.nio.charset.StandardCharsets;

/**
 * What mkfs can be told.
 *
 * @param segmentBytes bytes of a segment; {@link #SEGMENT_BY_SIZE} for what suits the device
 * @param inodeCount greatest inode number, 0 for one inode for each {@code bytesPerInode}
 * @param label up to 32 bytes of UTF-8
 * @param createdNanos time to stamp, in nanoseconds since 1970
 */
public record MkfsOptions(
        int blockSizeBytes, int segmentBytes, int inodeCount, int bytesPerInode, String label, long createdNanos) {

    /** An inode for each 8 KiB: files of programs are larger on average, and the map grows only as far as it is used. */
    private static final int DEFAULT_BYTES_PER_INODE = 8192;

    /** Segments of the usual length, or the shortest of which the volume has not too many. */
    public static final int SEGMENT_BY_SIZE = 0;

    public MkfsOptions {
        if (blockSizeBytes < Format.MIN_BLOCK_SIZE_BYTES
                || blockSizeBytes > Format.MAX_BLOCK_SIZE_BYTES
                || Integer.bitCount(blockSizeBytes) != 1) {
            throw new IllegalArgumentException(
                    "logfs has blocks of 1024, 2048 or 4096 bytes, not of " + blockSizeBytes);
        }
        int blocks = segmentBytes / blockSizeBytes;
        boolean isChosen = segmentBytes != SEGMENT_BY_SIZE;
        if (isChosen
                && (segmentBytes % blockSizeBytes != 0
                        || blocks < Format.MIN_SEGMENT_BLOCKS
                        || blocks > Format.MAX_SEGMENT_BLOCKS)) {
            throw new IllegalArgumentException("a segment has " + Format.MIN_SEGMENT_BLOCKS + " to "
                    + Format.MAX_SEGMENT_BLOCKS + " blocks of " + blockSizeBytes + " bytes, which " + segmentBytes
                    + " bytes are not");
        }
        if (inodeCount < 0 || bytesPerInode < 1) {
            throw new IllegalArgumentException(
                    "the number of inodes is given as inodes=N or bytes-per-inode=N, from 1 on");
        }
        if (label.getBytes(StandardCharsets.UTF_8).length > Format.LABEL_BYTES) {
            throw new IllegalArgumentException("a label has up to " + Format.LABEL_BYTES + " bytes");
        }
    }

    public static MkfsOptions defaults() {
        return new MkfsOptions(Format.DEFAULT_BLOCK_SIZE_BYTES, SEGMENT_BY_SIZE, 0, DEFAULT_BYTES_PER_INODE, "", 0);
    }

    /**
     * The same with a length of segments that suits a device of so many blocks.
     *
     * @throws IllegalArgumentException when the length that was asked for makes too many segments, or there are more inodes than blocks
     */
    MkfsOptions forBlocks(int blockCount) {
        if (inodeCount > blockCount) {
            throw new IllegalArgumentException(
                    "a volume of " + blockCount + " blocks has at most one inode for each, not " + inodeCount);
        }
        long segment = segmentBytes == SEGMENT_BY_SIZE ? Format.DEFAULT_SEGMENT_BYTES : segmentBytes;
        while ((long) blockCount * blockSizeBytes / segment > Format.MAX_SEGMENTS) {
            segment *= 2;
        }
        if (segmentBytes != SEGMENT_BY_SIZE && segment != segmentBytes) {
            throw new IllegalArgumentException("a volume of " + blockCount + " blocks has more than "
                    + Format.MAX_SEGMENTS + " segments of " + segmentBytes
                    + " bytes; give longer ones, such as segment="
                    + (segment >> 10) + "K, or none to have them chosen");
        }
        return withBlocks(blockSizeBytes, (int) segment);
    }

    public MkfsOptions withBlocks(int blockSizeBytes, int segmentBytes) {
        return new MkfsOptions(blockSizeBytes, segmentBytes, inodeCount, bytesPerInode, label, createdNanos);
    }

    public MkfsOptions withInodeCount(int inodeCount) {
        return new MkfsOptions(blockSizeBytes, segmentBytes, inodeCount, bytesPerInode, label, createdNanos);
    }

    public MkfsOptions withBytesPerInode(int bytesPerInode) {
        return new MkfsOptions(blockSizeBytes, segmentBytes, inodeCount, bytesPerInode, label, createdNanos);
    }

    public MkfsOptions withLabel(String label) {
        return new MkfsOptions(blockSizeBytes, segmentBytes, inodeCount, bytesPerInode, label, createdNanos);
    }
}
