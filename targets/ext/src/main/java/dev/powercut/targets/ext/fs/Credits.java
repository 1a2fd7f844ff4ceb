package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Page;

/**
 * How many blocks of metadata an operation changes at most, which is what it has to reserve in a log that keeps it whole; and how
 * much of a long operation goes into one step, so that each step finds room in the smallest log.
 *
 * <p>An upper bound costs nothing but an earlier commit; one that is too low breaks the operation, and the log says so.
 */
final class Credits {

    /** Mode, owner, times: the inode's block. */
    static final int ATTRIBUTES = 1;

    /** Keeps space in memory; nothing changes on the disk. */
    static final int NOTHING = 0;

    /**
     * A name comes, goes or moves: two directories (each an entry's block; one may grow by a block and three of pointers, each of
     * which is marked), four inodes, "..", a new directory's first block, the list of orphans (superblock and one inode).
     */
    static final int NAME = 2 * 1 + 4 + 5 + 4 + 1 + 2 + 2 + 2;

    /** What a deleted inode changes besides its blocks: its record, the list of orphans, its mark, its attributes and their mark. */
    private static final int DELETE = 1 + 2 + 1 + 2;

    /** Blocks of pointers that stay in part, on both sides of a cut, or are new on the way to one block. */
    private static final int LEVELS = 3;

    /** How many blocks one step frees. */
    private static final int FREED_IN_ONE_STEP = 128;

    private final UpdateDiscipline discipline;
    private final int groupCount;
    private final int blocksPerPage;

    Credits(Volume volume) {
        this.discipline = volume.discipline;
        this.groupCount = volume.groupCount;
        this.blocksPerPage = Page.BYTES / volume.blockSizeBytes;
    }

    private boolean isUnlimited() {
        return discipline.mostBlocks() == Integer.MAX_VALUE;
    }

    /** How many blocks, of pointers as well, may be freed in one step. */
    int freedInOneStep() {
        return isUnlimited() ? Integer.MAX_VALUE : Math.min(FREED_IN_ONE_STEP, discipline.mostBlocks() / 4);
    }

    /** One step of freeing blocks of a file, the last one included, which may delete it. */
    int freeing() {
        return isUnlimited() ? 0 : 2 * LEVELS + DELETE + Math.min(groupCount, freedInOneStep() + LEVELS);
    }

    /** How many pages may be written in one step. */
    int pagesInOneStep() {
        if (isUnlimited()) {
            return Integer.MAX_VALUE;
        }
        int most = discipline.mostBlocks() / 2 - ATTRIBUTES - Math.min(groupCount, discipline.mostBlocks() / 4);
        int marks = groupCount > discipline.mostBlocks() / 4 ? blocksPerPage + LEVELS : 0;
        return Math.max(1, most / (LEVELS + marks + discipline.blocksForData(blocksPerPage)));
    }

    /** One step of writing some pages. */
    int writing(int pages) {
        if (isUnlimited()) {
            return 0;
        }
        int count = Math.min(pages, pagesInOneStep());
        return ATTRIBUTES
                + count * (LEVELS + discipline.blocksForData(blocksPerPage))
                + Math.min(groupCount, count * (blocksPerPage + LEVELS));
    }
}
