package dev.powercut.targets.ext.fsck;

import java.util.Arrays;

/**
 * What a scan has learnt of the directories, in arrays by index in ascending order of inode numbers, and of their blocks, in
 * the order of directories and of file blocks.
 */
final class DirectoryCensus {

    int count;
    int[] inode = new int[32];
    /** Ordinal in the {@link InodeCensus}. */
    int[] ordinal = new int[32];
    /** Index of its first block in {@link #block}; its last is before the first of the next directory. */
    int[] firstBlock = new int[33];
    /** Directory that names it; 0 when none does. Of the root: itself. */
    int[] parent = new int[32];
    /** What its {@code ..} names; 0 when it has none. */
    int[] dotDot = new int[32];
    /** Block and offset in the block of the entry that names it. */
    int[] nameBlock = new int[32];

    int[] nameOffset = new int[32];
    /** Names something but itself and its parent. */
    boolean[] hasEntries = new boolean[32];
    /** Says that it has an index. */
    boolean[] indexed = new boolean[32];

    int blockCount;
    int[] block = new int[64];
    int[] fileBlock = new int[64];

    /** Further names of directories that have one already. */
    int extraCount;

    int[] extraDirectory = new int[8];
    int[] extraParent = new int[8];
    int[] extraBlock = new int[8];
    int[] extraOffset = new int[8];

    void reset() {
        count = 0;
        blockCount = 0;
        extraCount = 0;
        firstBlock[0] = 0;
    }

    /** Adds a directory; its blocks follow. */
    int add(int inodeNumber, int inodeOrdinal) {
        if (count == inode.length) {
            grow();
        }
        int index = count++;
        inode[index] = inodeNumber;
        ordinal[index] = inodeOrdinal;
        firstBlock[index] = blockCount;
        firstBlock[index + 1] = blockCount;
        parent[index] = 0;
        dotDot[index] = 0;
        nameBlock[index] = 0;
        nameOffset[index] = 0;
        hasEntries[index] = false;
        indexed[index] = false;
        return index;
    }

    private void grow() {
        int size = inode.length * 2;
        inode = Arrays.copyOf(inode, size);
        ordinal = Arrays.copyOf(ordinal, size);
        firstBlock = Arrays.copyOf(firstBlock, size + 1);
        parent = Arrays.copyOf(parent, size);
        dotDot = Arrays.copyOf(dotDot, size);
        nameBlock = Arrays.copyOf(nameBlock, size);
        nameOffset = Arrays.copyOf(nameOffset, size);
        hasEntries = Arrays.copyOf(hasEntries, size);
        indexed = Arrays.copyOf(indexed, size);
    }

    /** Adds a block to the directory added last. */
    void addBlock(int number, int inFile) {
        if (blockCount == block.length) {
            block = Arrays.copyOf(block, blockCount * 2);
            fileBlock = Arrays.copyOf(fileBlock, blockCount * 2);
        }
        block[blockCount] = number;
        fileBlock[blockCount] = inFile;
        firstBlock[count] = ++blockCount;
    }

    /** Notes an entry that names a directory: the first is its name, others are extra. */
    void named(int index, int by, int inBlock, int offset) {
        if (parent[index] == 0) {
            parent[index] = by;
            nameBlock[index] = inBlock;
            nameOffset[index] = offset;
            return;
        }
        if (extraCount == extraDirectory.length) {
            int size = extraCount * 2;
            extraDirectory = Arrays.copyOf(extraDirectory, size);
            extraParent = Arrays.copyOf(extraParent, size);
            extraBlock = Arrays.copyOf(extraBlock, size);
            extraOffset = Arrays.copyOf(extraOffset, size);
        }
        extraDirectory[extraCount] = index;
        extraParent[extraCount] = by;
        extraBlock[extraCount] = inBlock;
        extraOffset[extraCount] = offset;
        extraCount++;
    }

    /** Makes an extra name the name, and the name extra. */
    void swapWithExtra(int extra) {
        int index = extraDirectory[extra];
        int by = parent[index];
        int inBlock = nameBlock[index];
        int offset = nameOffset[index];
        parent[index] = extraParent[extra];
        nameBlock[index] = extraBlock[extra];
        nameOffset[index] = extraOffset[extra];
        extraParent[extra] = by;
        extraBlock[extra] = inBlock;
        extraOffset[extra] = offset;
    }
}
