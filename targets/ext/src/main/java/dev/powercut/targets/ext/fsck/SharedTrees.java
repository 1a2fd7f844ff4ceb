package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;

/**
 * The blocks below blocks of pointers that somebody else has claimed already. The walk does not follow those, yet they belong to
 * someone, and a repair that needs a free block must not take them. Each block is followed once for each level, so the work
 * is linear.
 */
final class SharedTrees {

    private final Scan scan;
    private final BitSpace blocks = new BitSpace();
    private final BitSpace[] followed = {new BitSpace(), new BitSpace(), new BitSpace()};
    private boolean empty = true;
    private boolean ready;

    SharedTrees(Scan scan) {
        this.scan = scan;
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
            for (BitSpace each : followed) {
                each.reset(scan.blocks.size());
            }
            ready = true;
        }
        follow(block, level);
    }

    private void follow(int block, int level) {
        if (!followed[level - 1].add(block - scan.volume.firstDataBlock)) {
            return;
        }
        byte[] pointers = new byte[scan.volume.blockSize];
        scan.volume.read(block, pointers, 0);
        for (int at = 0; at < pointers.length; at += 4) {
            int below = LittleEndian.s32(pointers, at);
            if (below != 0 && scan.volume.geometry.isBlock(below)) {
                empty = false;
                blocks.add(below - scan.volume.firstDataBlock);
                if (level > 1) {
                    follow(below, level - 1);
                }
            }
        }
    }
}
