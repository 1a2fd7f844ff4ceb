package dev.powercut.targets.ext.mkfs;

import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.journal.JournalTree;

/** Where a new journal lies: from the first free block of the volume on, round the metadata of groups. */
final class JournalPlacement {

    private final Geometry geometry;
    private final int[] firstFree;
    private final int[] taken;
    private final JournalTree tree;
    private int group;

    /**
     * @param firstFree first block of each group that is free
     * @param blockCount blocks of the journal, for which there is room; 0 for none
     */
    JournalPlacement(Geometry geometry, int[] firstFree, int blockCount) {
        this.geometry = geometry;
        this.firstFree = firstFree;
        this.taken = new int[geometry.groupCount()];
        this.tree = new JournalTree(geometry, blockCount, this::next);
    }

    private int next() {
        while (firstFree[group] + taken[group] == geometry.firstBlockOfGroup(group) + geometry.blocksInGroup(group)) {
            group++;
        }
        return firstFree[group] + taken[group]++;
    }

    /** Blocks that it has in a group, the first free ones. */
    int takenIn(int ofGroup) {
        return taken[ofGroup];
    }

    JournalTree tree() {
        return tree;
    }
}
