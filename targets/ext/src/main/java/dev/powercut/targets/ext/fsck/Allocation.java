package dev.powercut.targets.ext.fsck;

import dev.powercut.targets.ext.format.Bitmap;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Geometry;

/**
 * Gives out blocks and inodes that nothing uses, after a scan. What is given out is marked in the bitmaps with the edits of
 * the stage, which must be committed before anything points to it.
 */
final class Allocation {

    private final Scan scan;

    Allocation(Scan scan) {
        this.scan = scan;
    }

    /** A block that was free; 0 when there is none. */
    int block() {
        int index = scan.blocks.firstAbsent(0);
        while (index >= 0 && scan.sharedTrees.contains(index)) {
            index = scan.blocks.firstAbsent(index + 1);
        }
        if (index < 0) {
            return 0;
        }
        scan.blocks.add(index);
        Geometry geometry = scan.volume.geometry;
        int block = index + geometry.firstDataBlock();
        int bitmap = scan.volume.table.blockBitmap(geometry.groupOfBlock(block));
        Bitmap.set(scan.edits.edit(bitmap, BlockRole.BLOCK_BITMAP), 0, geometry.indexOfBlock(block));
        return block;
    }

    /** So many blocks that were free; none when there are not enough. */
    int[] blocks(int count) {
        int[] given = new int[count];
        for (int i = 0; i < count; i++) {
            given[i] = block();
            if (given[i] == 0) {
                for (int taken = 0; taken < i; taken++) {
                    scan.blocks.remove(given[taken] - scan.volume.firstDataBlock);
                }
                return new int[0];
            }
        }
        return given;
    }

    /** An inode that was free; 0 when there is none. The census does not know it. */
    int inode() {
        Geometry geometry = scan.volume.geometry;
        int index = scan.inodes.used.firstAbsent(geometry.firstInode() - 1);
        if (index < 0) {
            return 0;
        }
        int inode = index + 1;
        int bitmap = scan.volume.table.inodeBitmap(geometry.groupOfInode(inode));
        Bitmap.set(scan.edits.edit(bitmap, BlockRole.INODE_BITMAP), 0, geometry.indexOfInode(inode));
        return inode;
    }
}
