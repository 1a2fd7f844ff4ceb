package dev.powercut.kernel.vfs;

/**
 * As statfs(2): sizes in blocks of {@code blockSizeBytes}.
 *
 * @param freeBlocks free for root
 * @param availableBlocks free for others
 */
public record FileSystemStatistics(
        int blockSizeBytes,
        long blockCount,
        long freeBlocks,
        long availableBlocks,
        long inodeCount,
        long freeInodes,
        int nameMaxBytes) {}
