package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.BlockMap;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.DirectoryBlock;
import dev.powercut.targets.ext.format.InodeRecord;
import java.util.Arrays;

/**
 * Gives a directory one more block. In three stages, each committed before the next, so that a crash leaves only benign
 * problems: the new blocks, marked and filled; the one pointer that reaches them; the size.
 */
final class FileGrowth {

    private final Scan scan;
    private final Allocation allocation;

    FileGrowth(Scan scan, Allocation allocation) {
        this.scan = scan;
        this.allocation = allocation;
    }

    /**
     * Puts an empty directory block at a file block that has none; a larger size follows when it is beyond the end.
     *
     * @return the new block; 0 when the volume is full
     */
    int add(int inode, long fileBlock) {
        BlockMap map = scan.volume.geometry.blockMap();
        int depth = map.depth(fileBlock);
        int at = scan.volume.geometry.offsetInBlockOfInode(inode);
        int root = map.rootIndex(fileBlock);

        // Down to the last pointer that is there; an indirect block that is not 0 is in the volume, the scan has seen
        // it.
        int holder = 0;
        int level = depth;
        int next = InodeRecord.pointer(scan.edits.inodeBlock(inode), at, root);
        while (level > 0 && next != 0) {
            holder = next;
            next = LittleEndian.s32(scan.edits.edit(holder, BlockRole.INDIRECT), 4 * map.slot(fileBlock, level));
            level--;
        }

        int[] fresh = allocation.blocks(level + 1);
        if (fresh.length == 0) {
            return 0;
        }
        int leaf = fresh[0];
        DirectoryBlock.putFree(fresh(leaf, BlockRole.DIRECTORY), 0, scan.volume.blockSize);
        int top = leaf;
        for (int above = 1; above <= level; above++) {
            int indirect = fresh[above];
            LittleEndian.put32(fresh(indirect, BlockRole.INDIRECT), 4 * map.slot(fileBlock, above), top);
            top = indirect;
        }
        scan.edits.commit();

        byte[] record = scan.edits.inodeBlock(inode);
        if (holder == 0) {
            InodeRecord.setPointer(record, at, root, top);
        } else {
            LittleEndian.put32(scan.edits.edit(holder, BlockRole.INDIRECT), 4 * map.slot(fileBlock, level + 1), top);
        }
        SectorCounts counts = scan.sectorCounts;
        counts.set(record, at, counts.stored(record, at) + counts.of(record, at, level + 1L));
        scan.edits.commit();

        long end = (fileBlock + 1) * scan.volume.blockSize;
        record = scan.edits.inodeBlock(inode);
        if (InodeRecord.sizeLow(record, at) < end) {
            InodeRecord.setSizeLow(record, at, end);
            scan.edits.commit();
        }
        return leaf;
    }

    private byte[] fresh(int block, BlockRole role) {
        byte[] b = scan.edits.edit(block, role);
        Arrays.fill(b, (byte) 0);
        return b;
    }
}
