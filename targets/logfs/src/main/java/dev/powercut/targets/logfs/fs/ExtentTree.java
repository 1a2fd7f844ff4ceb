package dev.powercut.targets.logfs.fs;

import static dev.powercut.sim.bytes.LittleEndian.put32;
import static dev.powercut.sim.bytes.LittleEndian.put64;
import static dev.powercut.sim.bytes.LittleEndian.s32;
import static dev.powercut.sim.bytes.LittleEndian.s64;

import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;
import dev.powercut.targets.logfs.format.InodeRecord;

/** Extents of an inode on the disk: in its record, or in a tree of extent blocks. */
final class ExtentTree {

    private static final int[][] NO_TREE = {};

    private final Volume volume;
    private final Geometry geometry;

    ExtentTree(Volume volume) {
        this.volume = volume;
        this.geometry = volume.geometry;
    }

    /**
     * Reads the extents of a record, whose tree's addresses stay with them.
     *
     * @throws dev.powercut.kernel.vfs.ErrnoException EUCLEAN when they are nonsense
     */
    void read(byte[] b, int at, ExtentList extents) {
        int count = InodeRecord.extentCount(b, at);
        int depth = InodeRecord.depth(b, at);
        if (count < 0
                || count > (long) geometry.segmentCount() * geometry.segmentBlocks()
                || depth != InodeRecord.depthFor(geometry, count)) {
            throw volume.corrupt("inode " + InodeRecord.number(b, at) + " has " + Integer.toUnsignedString(count)
                    + " extents in " + Integer.toUnsignedString(depth) + " levels");
        }
        if (depth == 0) {
            addExtents(b, at + Format.INO_AREA, count, extents, InodeRecord.number(b, at));
        } else {
            readTree(b, at, depth, count, extents);
        }
        extents.markWritten();
    }

    private void readTree(byte[] b, int at, int depth, int count, ExtentList extents) {
        int number = InodeRecord.number(b, at);
        int[][] tree = new int[depth][];
        int blocks = Math.ceilDiv(count, geometry.extentsPerBlock());
        for (int level = 0; level < depth; level++) {
            tree[level] = new int[blocks];
            blocks = Math.ceilDiv(blocks, geometry.addressesPerBlock());
        }
        int[] top = tree[depth - 1];
        for (int i = 0; i < top.length; i++) {
            top[i] = volume.checked(InodeRecord.address(b, at, i), "inode " + number);
        }
        byte[] block = new byte[volume.blockSizeBytes];
        for (int level = depth - 1; level > 0; level--) {
            for (int i = 0; i < tree[level - 1].length; i++) {
                int inBlock = i % geometry.addressesPerBlock();
                if (inBlock == 0) {
                    volume.readBlock(tree[level][i / geometry.addressesPerBlock()], block, 0);
                }
                tree[level - 1][i] = volume.checked(
                        s32(block, inBlock * Format.POINTER_BYTES), "the extent tree of inode " + number);
            }
        }
        int left = count;
        for (int address : tree[0]) {
            volume.readBlock(address, block, 0);
            int here = Math.min(left, geometry.extentsPerBlock());
            addExtents(block, 0, here, extents, number);
            left -= here;
        }
        extents.tree = tree;
    }

    private void addExtents(byte[] b, int at, int count, ExtentList extents, int number) {
        for (int i = 0; i < count; i++) {
            int entry = at + i * Format.EXTENT_BYTES;
            long fileBlock = s64(b, entry + Format.EXT_FILE_BLOCK);
            int address = s32(b, entry + Format.EXT_ADDRESS);
            int length = s32(b, entry + Format.EXT_LENGTH);
            int last = extents.count() - 1;
            long least = last < 0 ? 0 : extents.fileBlock(last) + extents.length(last);
            if (fileBlock < least
                    || fileBlock > Format.MAX_FILE_BYTES / volume.blockSizeBytes
                    || length < 1
                    || !geometry.isInSegment(address)
                    || length > geometry.endOfSegments() - address) {
                throw volume.corrupt("inode " + number + " maps " + length + " file blocks from " + fileBlock
                        + " on to block " + Integer.toUnsignedString(address));
            }
            extents.append(fileBlock, address, length);
        }
    }

    /** Most blocks that {@link #stage} may need. */
    int blocksToStage(ExtentList extents) {
        if (!extents.isChanged() || extents.count() <= Format.INLINE_EXTENTS) {
            return 0;
        }
        int leaves = Math.ceilDiv(extents.count(), geometry.extentsPerBlock());
        int changed = leaves - extents.firstChanged() / geometry.extentsPerBlock();
        return changed + Math.ceilDiv(leaves, geometry.addressesPerBlock()) * 2 + 2;
    }

    /** Gives the blocks of the tree that are not as on the disk new places; those that are not needed any more are dead. */
    void stage(LogInode inode, Trigger why) {
        ExtentList extents = inode.extents;
        if (!extents.isChanged()) {
            return;
        }
        int depth = InodeRecord.depthFor(geometry, extents.count());
        int[][] old = extents.tree;
        int[][] tree = depth == 0 ? NO_TREE : new int[depth][];
        int unchanged = extents.firstChanged() / geometry.extentsPerBlock();
        int blocks = Math.ceilDiv(extents.count(), geometry.extentsPerBlock());
        for (int level = 0; level < depth; level++) {
            tree[level] = new int[blocks];
            for (int i = 0; i < blocks; i++) {
                boolean kept = i < unchanged && level < old.length && i < old[level].length;
                tree[level][i] = kept ? old[level][i] : stageBlock(inode, tree, level, i, why);
            }
            for (int i = 0; level < old.length && i < old[level].length; i++) {
                if (i >= blocks || tree[level][i] != old[level][i]) {
                    removeBlock(old[level][i]);
                }
            }
            unchanged /= geometry.addressesPerBlock();
            blocks = Math.ceilDiv(blocks, geometry.addressesPerBlock());
        }
        for (int level = depth; level < old.length; level++) {
            for (int address : old[level]) {
                removeBlock(address);
            }
        }
        extents.tree = tree;
        extents.markWritten();
    }

    private int stageBlock(LogInode inode, int[][] tree, int level, int index, Trigger why) {
        byte[] b = new byte[volume.blockSizeBytes];
        if (level == 0) {
            putExtents(inode.extents, index * geometry.extentsPerBlock(), geometry.extentsPerBlock(), b, 0);
        } else {
            int first = index * geometry.addressesPerBlock();
            int end = Math.min(first + geometry.addressesPerBlock(), tree[level - 1].length);
            for (int i = first; i < end; i++) {
                put32(b, (i - first) * Format.POINTER_BYTES, tree[level - 1][i]);
            }
        }
        long offset = ((long) level << Format.EXTENT_LEVEL_SHIFT) + index;
        int address =
                volume.log.stage(Format.KIND_EXTENTS, inode.ino(), inode.version, offset, b, 0, inode.dirtied, why);
        addBlock(address, inode.modifiedNanos());
        return address;
    }

    private static void putExtents(ExtentList extents, int first, int most, byte[] b, int at) {
        int end = Math.min(first + most, extents.count());
        for (int i = first; i < end; i++) {
            int entry = at + (i - first) * Format.EXTENT_BYTES;
            put64(b, entry + Format.EXT_FILE_BLOCK, extents.fileBlock(i));
            put32(b, entry + Format.EXT_ADDRESS, extents.address(i));
            put32(b, entry + Format.EXT_LENGTH, extents.length(i));
        }
    }

    /** Puts into a record what {@link #stage} has left to say. */
    void putInto(byte[] b, int at, ExtentList extents) {
        int depth = extents.tree.length;
        InodeRecord.setExtents(b, at, depth, extents.count());
        if (depth == 0) {
            putExtents(extents, 0, Format.INLINE_EXTENTS, b, at + Format.INO_AREA);
        } else {
            int[] top = extents.tree[depth - 1];
            for (int i = 0; i < top.length; i++) {
                InodeRecord.setAddress(b, at, i, top[i]);
            }
        }
    }

    /** All blocks of a file and of its tree become live (sign 1) or dead (-1). */
    void count(ExtentList extents, int sign, long timeNanos) {
        for (int i = 0; i < extents.count(); i++) {
            if (sign > 0) {
                volume.usage.addRun(extents.address(i), extents.length(i), timeNanos);
            } else {
                volume.usage.removeRun(extents.address(i), extents.length(i));
            }
        }
        countTree(extents, sign, timeNanos);
    }

    void countTree(ExtentList extents, int sign, long timeNanos) {
        for (int[] level : extents.tree) {
            for (int address : level) {
                if (sign > 0) {
                    addBlock(address, timeNanos);
                } else {
                    removeBlock(address);
                }
            }
        }
    }

    private void addBlock(int address, long timeNanos) {
        volume.usage.add(address, volume.blockSizeBytes, timeNanos);
        volume.space.countExtentBlock(1);
    }

    private void removeBlock(int address) {
        volume.usage.remove(address, volume.blockSizeBytes);
        volume.space.countExtentBlock(-1);
    }
}
