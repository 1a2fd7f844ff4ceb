package dev.powercut.targets.logfs.format;

/**
 * Where everything is on a volume; checked: all numbers fit together and into the device.
 *
 * @param volumeId begins each checksum
 * @param inodeCount greatest inode number
 * @param reserveSegments segments that files may not fill
 */
public record Geometry(
        long volumeId,
        int blockSizeBytes,
        int blockCount,
        int segmentBlocks,
        int segmentCount,
        int firstSegmentBlock,
        int checkpointBlocks,
        int checkpointA,
        int checkpointB,
        int backupBlock,
        int inodeCount,
        int reserveSegments) {

    public int sectorsPerBlock() {
        return blockSizeBytes / Format.SUPERBLOCK_BYTES;
    }

    /** Entries in a block of the inode map. */
    public int mapEntriesPerBlock() {
        return blockSizeBytes / Format.MAP_ENTRY_BYTES;
    }

    /** Blocks of the inode map when all numbers have been in use. */
    public int maxMapBlocks() {
        return inodeCount / mapEntriesPerBlock() + 1;
    }

    public int usageEntriesPerBlock() {
        return blockSizeBytes / Format.USAGE_ENTRY_BYTES;
    }

    public int usageBlocks() {
        return (segmentCount - 1) / usageEntriesPerBlock() + 1;
    }

    public int inodesPerBlock() {
        return blockSizeBytes / Format.INODE_BYTES;
    }

    public int extentsPerBlock() {
        return blockSizeBytes / Format.EXTENT_BYTES;
    }

    public int addressesPerBlock() {
        return blockSizeBytes / Format.POINTER_BYTES;
    }

    /** Most payload blocks of a partial write. */
    public int maxPayloadBlocks() {
        return Math.min(segmentBlocks - 1, (blockSizeBytes - Format.SUM_ENTRIES) / Format.ENTRY_BYTES);
    }

    public int segmentStart(int segment) {
        return firstSegmentBlock + segment * segmentBlocks;
    }

    /** The segment of a block that {@link #isInSegment is in one}. */
    public int segmentOf(int block) {
        return (block - firstSegmentBlock) / segmentBlocks;
    }

    /** First block behind the last segment. */
    public int endOfSegments() {
        return firstSegmentBlock + segmentCount * segmentBlocks;
    }

    /** Whether a file can have a number, which is taken as 32 bits without a sign. */
    public boolean isInodeNumber(int number) {
        return number >= 1 && number <= inodeCount;
    }

    public boolean isInSegment(int block) {
        return block >= firstSegmentBlock && block < endOfSegments();
    }

    /** Whether blocks {@code first} to before {@code end} are some of one segment. */
    public boolean isRoom(int first, int end) {
        return isInSegment(first) && end > first && end <= segmentStart(segmentOf(first)) + segmentBlocks;
    }

    /** First block of the region for a checkpoint. */
    public int checkpointBlock(long sequence) {
        return (sequence & 1) == 0 ? checkpointA : checkpointB;
    }

    /** Bytes of a checkpoint with so many inode map pointers. */
    public int checkpointBytes(int mapCount) {
        return checkpointBytes(mapCount, usageBlocks());
    }

    static int checkpointBytes(int mapCount, int usageCount) {
        int behindHeader = Format.POINTER_BYTES * (mapCount + usageCount) + Format.CP_TAIL_BYTES;
        return Format.CP_POINTERS + Math.ceilDiv(behindHeader, 512) * 512;
    }

    /** Blocks that files can fill: what segments beyond the reserve hold, less the summaries of full partial writes. */
    public long fileBlocks() {
        return fileBlocks(reserveSegments);
    }

    /** The same with another reserve. */
    public long fileBlocks(int reserve) {
        int summaries = Math.ceilDiv(segmentBlocks, maxPayloadBlocks() + 1);
        return (long) (segmentCount - reserve) * (segmentBlocks - summaries);
    }
}
