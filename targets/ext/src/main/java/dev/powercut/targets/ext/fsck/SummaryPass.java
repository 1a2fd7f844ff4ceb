package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.Bitmap;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.Superblock;

/** Pass 5: what passes 1 to 4 found in use against bitmaps, group counts and totals. */
final class SummaryPass {

    private final Scan scan;
    /** Block bitmap and inode bitmap of a group. */
    private byte[] bitmaps = {};

    /** The run of wrong bits being collected: kind of problem, first block or inode, length. */
    private ProblemKind runKind = ProblemKind.BLOCK_LEAKED;

    private int runStart;
    private int runLength;

    SummaryPass(Scan scan) {
        this.scan = scan;
    }

    void run() {
        Volume volume = scan.volume;
        Geometry geometry = volume.geometry;
        int size = volume.blockSize;
        if (bitmaps.length != 2 * size) {
            bitmaps = new byte[2 * size];
        }
        long freeBlocks = 0;
        long freeInodes = 0;
        int directory = 0;
        for (int group = 0; group < volume.groupCount; group++) {
            readBitmaps(volume, group);
            int blocks = geometry.blocksInGroup(group);
            int firstBlock = geometry.firstBlockOfGroup(group);
            int groupFreeBlocks =
                    blocks - compare(scan.blocks, firstBlock - volume.firstDataBlock, 0, blocks, firstBlock, true);
            padding(volume.table.blockBitmap(group), 0, blocks);

            int inodes = geometry.inodesPerGroup();
            int firstInode = 1 + group * inodes;
            int groupFreeInodes = inodes - compare(scan.inodes.used, firstInode - 1, size, inodes, firstInode, false);
            padding(volume.table.inodeBitmap(group), size, inodes);

            int directories = directory;
            while (directory < scan.directories.count && scan.directories.inode[directory] < firstInode + inodes) {
                directory++;
            }
            counts(group, groupFreeBlocks, groupFreeInodes, directory - directories);
            freeBlocks += groupFreeBlocks;
            freeInodes += groupFreeInodes;
        }
        totals(volume, freeBlocks, freeInodes);
    }

    /** In one request where they lie side by side. */
    private void readBitmaps(Volume volume, int group) {
        int blockBitmap = volume.table.blockBitmap(group);
        int inodeBitmap = volume.table.inodeBitmap(group);
        if (inodeBitmap == blockBitmap + 1) {
            volume.device.read((long) blockBitmap * volume.sectorsPerBlock, 2 * volume.sectorsPerBlock, bitmaps, 0);
        } else {
            volume.read(blockBitmap, bitmaps, 0);
            volume.read(inodeBitmap, bitmaps, volume.blockSize);
        }
    }

    /**
     * Compares a bitmap with what is in use, 64 bits at a time.
     *
     * @param from first bit of the group in {@code used}
     * @param at offset of the bitmap
     * @param first number of the first block or inode of the group
     * @return how many are in use
     */
    private int compare(BitSpace used, int from, int at, int bits, int first, boolean blocks) {
        int inUse = 0;
        runLength = 0;
        for (int bit = 0; bit < bits; bit += Long.SIZE) {
            long mask = bits - bit < Long.SIZE ? (1L << bits - bit) - 1 : -1L;
            long mine = used.word(from + bit) & mask;
            long marked = LittleEndian.s64(bitmaps, at + (bit >>> 3)) & mask;
            inUse += Long.bitCount(mine);
            if (mine != marked) {
                differ(mine, marked, first + bit, blocks);
            }
        }
        endRun();
        return inUse;
    }

    private void differ(long mine, long marked, int first, boolean blocks) {
        for (long odd = mine ^ marked; odd != 0; odd &= odd - 1) {
            int bit = Long.numberOfTrailingZeros(odd);
            int number = first + bit;
            boolean missing = (mine >>> bit & 1) != 0;
            if (blocks) {
                run(missing ? ProblemKind.BLOCK_NOT_MARKED : ProblemKind.BLOCK_LEAKED, number);
            } else if (!missing) {
                run(ProblemKind.INODE_LEAKED, number);
            } else if ((scan.inodes.flags[scan.inodes.ordinal(number)] & InodeCensus.UNNAMED) == 0) {
                scan.report(ProblemKind.INODE_NOT_MARKED, number, 0, 0, 0);
            }
        }
    }

    private void run(ProblemKind kind, int number) {
        if (runLength > 0 && kind == runKind && number == runStart + runLength) {
            runLength++;
            return;
        }
        endRun();
        runKind = kind;
        runStart = number;
        runLength = 1;
    }

    private void endRun() {
        if (runLength > 0) {
            boolean inode = runKind == ProblemKind.INODE_LEAKED;
            scan.report(runKind, inode ? runStart : 0, inode ? 0 : runStart, runLength, 0);
            runLength = 0;
        }
    }

    private void padding(int block, int at, int bits) {
        if (Bitmap.firstClear(bitmaps, at, bits, 8 * scan.volume.blockSize) >= 0) {
            scan.report(ProblemKind.BITMAP_PADDING, 0, block, 0, 0);
        }
    }

    private void counts(int group, int freeBlocks, int freeInodes, int directories) {
        byte[] descriptors = scan.volume.descriptors;
        int at = group * Format.DESCRIPTOR_BYTES;
        check(ProblemKind.FREE_BLOCKS_WRONG, group, GroupDescriptor.freeBlockCount(descriptors, at), freeBlocks);
        check(ProblemKind.FREE_INODES_WRONG, group, GroupDescriptor.freeInodeCount(descriptors, at), freeInodes);
        check(ProblemKind.DIRECTORIES_WRONG, group, GroupDescriptor.usedDirectoryCount(descriptors, at), directories);
    }

    private void totals(Volume volume, long freeBlocks, long freeInodes) {
        long blocks = Superblock.freeBlockCount(volume.superblock, 0) & 0xFFFF_FFFFL;
        long inodes = Superblock.freeInodeCount(volume.superblock, 0) & 0xFFFF_FFFFL;
        check(ProblemKind.TOTAL_FREE_BLOCKS_WRONG, 0, blocks, freeBlocks);
        check(ProblemKind.TOTAL_FREE_INODES_WRONG, 0, inodes, freeInodes);
    }

    private void check(ProblemKind kind, int group, long found, long expected) {
        if (found != expected) {
            scan.report(kind, 0, group, found, expected);
        }
    }
}
