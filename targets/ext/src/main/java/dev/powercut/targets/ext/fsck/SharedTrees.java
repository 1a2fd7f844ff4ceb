package dev.powercut.targets.ext.fsck;

/**
 * The blocks below blocks of pointers that somebody else has claimed already. The walk does not follow those, yet they belong to
 * someone, and a repair that needs a free block must not take them.
 */
final class SharedTrees {

    private final Scan scan;
    private final PointerTrees trees;
    private final BitSpace blocks = new BitSpace();
    private boolean empty = true;
    private boolean ready;

    SharedTrees(Scan scan) {
        this.scan = scan;
        this.trees = new PointerTrees(scan);
    }

    /** A new scan begins. */
    void reset() {
        empty = true;
        ready = false;
    }

    boolean isEmpty() {
        return empty;
    }

    boolean contains(int index) {
        return !empty && blocks.contains(index);
    }

    /** Adds all blocks below a block of pointers of a level from 1 to 3. */
    void add(int block, int level) {
        if (!ready) {
            blocks.reset(scan.blocks.size());
            trees.reset();
            ready = true;
        }
        trees.below(block, level, below -> {
            empty = false;
            blocks.add(below - scan.volume.firstDataBlock);
        });
    }
}
