package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import java.util.function.IntConsumer;

/**
 * Goes through trees of blocks of pointers, whatever points to what: each block is followed once for each level, so that the work is
 * linear. For what is seldom done; pass 1 has {@link PointerWalk}.
 */
final class PointerTrees {

    private final Scan scan;
    private final BitSpace[] followed = {new BitSpace(), new BitSpace(), new BitSpace()};

    PointerTrees(Scan scan) {
        this.scan = scan;
    }

    /** Nothing has been followed yet. */
    void reset() {
        Volume volume = scan.volume;
        for (BitSpace each : followed) {
            each.reset(volume.geometry.blockCount() - volume.firstDataBlock);
        }
    }

    /** Visits the blocks below a block of pointers of a level from 1 to 3; none when that block was followed before at this level. */
    void below(int block, int level, IntConsumer visitor) {
        Volume volume = scan.volume;
        if (!followed[level - 1].add(block - volume.firstDataBlock)) {
            return;
        }
        byte[] pointers = new byte[volume.blockSize];
        volume.read(block, pointers, 0);
        for (int at = 0; at < pointers.length; at += 4) {
            int below = LittleEndian.s32(pointers, at);
            if (below != 0 && volume.geometry.isBlock(below)) {
                visitor.accept(below);
                if (level > 1) {
                    below(below, level - 1, visitor);
                }
            }
        }
    }
}
