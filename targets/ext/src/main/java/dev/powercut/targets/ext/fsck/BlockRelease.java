package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.BlockMap;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;

/**
 * Takes blocks away from an inode: all of them, or those beyond a size. Used only where no block is claimed twice, so that what
 * hangs on a pointer is a tree. Blocks leave the set of blocks in use; their pointers are cleared in the edits of the stage,
 * except those of an inode that goes as a whole.
 */
final class BlockRelease {

    private final Scan scan;
    private byte[][] buffers = new byte[4][0];
    private BlockMap map = new BlockMap(Format.MIN_BLOCK_SIZE_BYTES);

    BlockRelease(Scan scan) {
        this.scan = scan;
    }

    void begin() {
        if (buffers[0].length != scan.volume.blockSize) {
            buffers = new byte[4][scan.volume.blockSize];
            map = scan.volume.geometry.blockMap();
        }
    }

    /** Releases all data and indirect blocks of an inode whose record is in {@code b}; pointers stay as they are. */
    void all(byte[] b, int at) {
        if (!InodeRecord.hasBlockPointers(b, at)) {
            return;
        }
        for (int i = 0; i < Format.POINTER_COUNT; i++) {
            tree(InodeRecord.pointer(b, at, i), BlockMap.levels(i));
        }
    }

    /** Releases the blocks from file block {@code sizeBlocks} on, and clears the pointers to them. */
    void beyond(byte[] b, int at, long sizeBlocks) {
        for (int i = 0; i < Format.POINTER_COUNT; i++) {
            int block = InodeRecord.pointer(b, at, i);
            int levels = BlockMap.levels(i);
            long first = map.firstFileBlock(i);
            if (block == 0) {
                continue;
            } else if (first >= sizeBlocks) {
                tree(block, levels);
                InodeRecord.setPointer(b, at, i, 0);
            } else if (levels > 0 && first + map.span(levels) > sizeBlocks) {
                cut(block, levels, first, sizeBlocks);
            }
        }
    }

    /** Cuts an indirect block of which only the first part is within the size. */
    private void cut(int indirect, int level, long firstFileBlock, long sizeBlocks) {
        byte[] pointers = scan.edits.edit(indirect, BlockRole.INDIRECT);
        long span = map.span(level - 1);
        for (int i = 0; i < map.pointersPerBlock(); i++) {
            int block = LittleEndian.s32(pointers, 4 * i);
            long first = firstFileBlock + i * span;
            if (block == 0 || first + span <= sizeBlocks) {
                continue;
            } else if (first >= sizeBlocks) {
                tree(block, level - 1);
                LittleEndian.put32(pointers, 4 * i, 0);
            } else {
                cut(block, level - 1, first, sizeBlocks);
            }
        }
    }

    private void tree(int block, int level) {
        if (block == 0) {
            return;
        }
        scan.blocks.remove(block - scan.volume.firstDataBlock);
        if (level == 0) {
            return;
        }
        byte[] pointers = buffers[level];
        scan.volume.read(block, pointers, 0);
        for (int at = 0; at < pointers.length; at += 4) {
            tree(LittleEndian.s32(pointers, at), level - 1);
        }
    }
}
