package dev.powercut.targets.logfs.fsck;

import static dev.powercut.sim.bytes.LittleEndian.s32;
import static dev.powercut.sim.bytes.LittleEndian.s64;

import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.InodeRecord;
import java.util.Arrays;

/** Reads the extents of an inode, keeps those that can be true, and says what is wrong with the others. */
final class ExtentReading {

    /** After so many that are wrong nothing more of the inode is believed. */
    private static final int MOST_WRONG = 1000;

    private final Volume volume;
    private final Inode inode;
    private final long fileBlocks;
    private int left;
    private int wrong;
    private int treeCount;

    private ExtentReading(Volume volume, Inode inode) {
        this.volume = volume;
        this.inode = inode;
        this.fileBlocks = Format.MAX_FILE_BYTES / volume.blockSize();
    }

    static void into(Volume volume, Inode inode) {
        new ExtentReading(volume, inode).run();
    }

    private void run() {
        int count = InodeRecord.extentCount(inode.record, 0);
        int depth = InodeRecord.depth(inode.record, 0);
        left = count;
        if (count < 0
                || count > volume.geometry.blockCount()
                || InodeRecord.depthFor(volume.geometry, count) != depth) {
            problem(ProblemKind.EXTENT_TREE_INVALID, 0, Integer.toUnsignedLong(count), Integer.toUnsignedLong(depth));
            return;
        }
        if (depth == 0) {
            extents(inode.record, Format.INO_AREA, count);
        } else {
            long[] blocks = new long[depth];
            blocks[0] = Math.ceilDiv(count, volume.geometry.extentsPerBlock());
            for (int level = 1; level < depth; level++) {
                blocks[level] = Math.ceilDiv(blocks[level - 1], (long) volume.geometry.addressesPerBlock());
            }
            long[] next = new long[depth];
            children(inode.record, Format.INO_AREA, (int) blocks[depth - 1], depth - 1, blocks, next);
            inode.treeBlocks = Arrays.copyOf(inode.treeBlocks, treeCount);
            inode.treeOffsets = Arrays.copyOf(inode.treeOffsets, treeCount);
        }
        if (wrong > 0) {
            problem(ProblemKind.EXTENTS_INVALID, 0, wrong, 0);
        }
    }

    /** Follows addresses of blocks of a level. */
    private void children(byte[] b, int at, int count, int level, long[] blocks, long[] next) {
        for (int i = 0; i < count && wrong <= MOST_WRONG; i++) {
            int address = s32(b, at + Format.POINTER_BYTES * i);
            long index = next[level]++;
            int inside = (int) Math.min(
                    level == 0 ? left : blocks[level - 1] - next[level - 1],
                    level == 0 ? volume.geometry.extentsPerBlock() : volume.geometry.addressesPerBlock());
            if (!volume.areInSegments(address, 1)) {
                problem(ProblemKind.EXTENT_BLOCK_INVALID, address, 0, 0);
                skip(level, inside, next);
                continue;
            }
            addTree(address, ((long) level << Format.EXTENT_LEVEL_SHIFT) + index);
            byte[] child = volume.block(address);
            if (level == 0) {
                extents(child, 0, inside);
                left -= inside;
            } else {
                children(child, 0, inside, level - 1, blocks, next);
            }
        }
    }

    /** Counts what would have been below a block that cannot be read. */
    private void skip(int level, long inside, long[] next) {
        long below = inside;
        for (int l = level - 1; l >= 0; l--) {
            next[l] += below;
            below *= volume.geometry.addressesPerBlock();
        }
        long extents =
                level == 0 ? inside : below / volume.geometry.addressesPerBlock() * volume.geometry.extentsPerBlock();
        left -= (int) Math.min(left, extents);
        wrong += (int) Math.min(MOST_WRONG, extents);
    }

    private void addTree(int address, long offset) {
        if (treeCount == inode.treeBlocks.length) {
            inode.treeBlocks = Arrays.copyOf(inode.treeBlocks, 2 * treeCount + 4);
            inode.treeOffsets = Arrays.copyOf(inode.treeOffsets, 2 * treeCount + 4);
        }
        inode.treeBlocks[treeCount] = address;
        inode.treeOffsets[treeCount++] = offset;
    }

    private void extents(byte[] b, int at, int count) {
        for (int i = 0; i < count && wrong <= MOST_WRONG; i++) {
            int extent = at + Format.EXTENT_BYTES * i;
            long fileBlock = s64(b, extent + Format.EXT_FILE_BLOCK);
            int address = s32(b, extent + Format.EXT_ADDRESS);
            int length = s32(b, extent + Format.EXT_LENGTH);
            if (fileBlock < inode.extents.end()
                    || length < 1
                    || fileBlock > fileBlocks - length
                    || !volume.areInSegments(address, length)) {
                wrong++;
            } else {
                inode.extents.append(fileBlock, address, length);
            }
        }
    }

    private void problem(ProblemKind kind, int block, long found, long expected) {
        if (inode.extentProblem == null) {
            inode.extentProblem = kind;
            inode.extentProblemBlock = block;
            inode.extentProblemFound = found;
            inode.extentProblemExpected = expected;
        }
    }
}
