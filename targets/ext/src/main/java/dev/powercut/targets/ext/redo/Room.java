package dev.powercut.targets.ext.redo;

/**
 * How many blocks operations may change in one transaction. With them go, when it is closed, the summary counts: the superblock, and
 * those blocks of group descriptors whose groups have changed. A group's counts change only with one of its bitmaps, which is among the
 * blocks of the operations; so there are never more of them than of those, however many groups the volume has. So the
 * smallest log that there may be, of 1,024 blocks, has room for the longest operation that cannot be done in steps.
 *
 * @param most blocks of a transaction, with all that is in it
 * @param descriptorBlocks blocks of the volume's group descriptors
 */
record Room(int most, int descriptorBlocks) {

    /** Whether a transaction may hold so many blocks that operations change. */
    boolean holds(int blocks) {
        return blocks + 1 + Math.min(descriptorBlocks, blocks) <= most;
    }

    /** The most that an operation may change. */
    int mostOfOperations() {
        return Math.max(most - 1 - descriptorBlocks, (most - 1) / 2);
    }
}
