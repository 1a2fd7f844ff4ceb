package dev.powercut.targets.ext.format;

/**
 * The arithmetic of direct, single, double and triple indirect blocks, for one block size. A file block is reached from word
 * {@link #rootIndex} of {@code i_block}, through {@link #depth} indirect blocks, at word {@link #slot} of each.
 */
public final class BlockMap {

    private final int blockSizeBytes;
    /** Binary logarithm of the pointers in a block. */
    private final int shift;

    private final long firstOfDouble;
    private final long firstOfTriple;
    private final long endOfTriple;

    public BlockMap(int blockSizeBytes) {
        this.blockSizeBytes = blockSizeBytes;
        this.shift = Integer.numberOfTrailingZeros(blockSizeBytes) - 2;
        this.firstOfDouble = Format.DIRECT_POINTERS + span(1);
        this.firstOfTriple = firstOfDouble + span(2);
        this.endOfTriple = firstOfTriple + span(3);
    }

    /** Pointers in one block. */
    public int pointersPerBlock() {
        return 1 << shift;
    }

    /** Data blocks reached through one pointer to an indirect block of a level (1, 2, 3); 1 for level 0, a data block. */
    public long span(int level) {
        return 1L << shift * level;
    }

    /** Number of indirect blocks on the way to a file block: 0 to 3; -1 when the map does not reach it. */
    public int depth(long fileBlock) {
        if (fileBlock < Format.DIRECT_POINTERS) {
            return fileBlock < 0 ? -1 : 0;
        } else if (fileBlock < firstOfDouble) {
            return 1;
        } else if (fileBlock < firstOfTriple) {
            return 2;
        }
        return fileBlock < endOfTriple ? 3 : -1;
    }

    /** Index in {@code i_block} of the word from which a file block is reached. */
    public int rootIndex(long fileBlock) {
        int depth = depth(fileBlock);
        return depth == 0 ? (int) fileBlock : Format.DIRECT_POINTERS + depth - 1;
    }

    /** First file block reached from a word of {@code i_block}. */
    public long firstFileBlock(int rootIndex) {
        return switch (rootIndex) {
            case Format.SINGLE_INDIRECT -> Format.DIRECT_POINTERS;
            case Format.DOUBLE_INDIRECT -> firstOfDouble;
            case Format.TRIPLE_INDIRECT -> firstOfTriple;
            default -> rootIndex;
        };
    }

    /** Levels of indirect blocks under a word of {@code i_block}: 0 to 3. */
    public static int levels(int rootIndex) {
        return Math.max(0, rootIndex - Format.DIRECT_POINTERS + 1);
    }

    /**
     * Index of the pointer in the indirect block of a level on the way to a file block.
     *
     * @param level of the indirect block: 1 points to data, {@link #depth} is pointed to by the inode
     */
    public int slot(long fileBlock, int level) {
        long within = fileBlock - firstFileBlock(rootIndex(fileBlock));
        return (int) (within >>> shift * (level - 1)) & pointersPerBlock() - 1;
    }

    /** File blocks that the map can reach. */
    public long reachableBlocks() {
        return endOfTriple;
    }

    /** Indirect blocks that a file of {@code fileBlocks} blocks without holes needs. */
    public long indirectBlocks(long fileBlocks) {
        long count = 0;
        for (int root = Format.SINGLE_INDIRECT; root <= Format.TRIPLE_INDIRECT; root++) {
            long under = Math.min(fileBlocks - firstFileBlock(root), span(levels(root)));
            for (int level = 1; under > 0 && level <= levels(root); level++) {
                count += ceilDivide(under, span(level));
            }
        }
        return count;
    }

    /**
     * Largest size of a regular file in bytes: what the map reaches, and what can be counted in the 32 bits of
     * {@code i_blocks} (without the feature huge_file).
     */
    public long maxFileSizeBytes() {
        long countable = 0xFFFF_FFFFL / (blockSizeBytes / Format.SECTOR_BYTES);
        long low = 0;
        long high = reachableBlocks();
        while (low < high) {
            long middle = low + high + 1 >>> 1;
            if (middle + indirectBlocks(middle) <= countable) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low * blockSizeBytes;
    }

    private static long ceilDivide(long value, long divisor) {
        return (value + divisor - 1) / divisor;
    }
}
