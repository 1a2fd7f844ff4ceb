package dev.powercut.targets.ext.format;

import dev.powercut.check.image.ImageFormatException;

/**
 * The measures of a volume, taken from a superblock that {@link #of} has found sound. Immutable; every number below is in
 * range of every other, so that code that holds a geometry need not check again.
 *
 * @param blockSizeBytes 1024, 2048 or 4096
 * @param blockCount blocks of the volume, block 0 included
 * @param firstDataBlock block of the superblock: 1 with 1 KiB blocks, else 0
 * @param blocksPerGroup blocks in every group but, perhaps, the last
 * @param inodesPerGroup a multiple of 8
 * @param inodeSizeBytes bytes of an inode record
 * @param firstInode first inode that is not reserved
 * @param reservedGdtBlocks blocks kept after the descriptors, in group 0 and each backup group
 * @param compat compatible features, see {@link Features}
 * @param incompat incompatible features, all understood
 * @param roCompat read-only compatible features
 * @param backupGroup1 first backup group of the feature sparse_super2; 0 is none
 * @param backupGroup2 second backup group of the feature sparse_super2; 0 is none
 */
public record Geometry(
        int blockSizeBytes,
        int blockCount,
        int firstDataBlock,
        int blocksPerGroup,
        int inodesPerGroup,
        int inodeSizeBytes,
        int firstInode,
        int reservedGdtBlocks,
        int compat,
        int incompat,
        int roCompat,
        int backupGroup1,
        int backupGroup2) {

    /**
     * Takes the measures from a superblock of 1,024 bytes in {@code b} from {@code at} on.
     *
     * @param deviceBytes size of the device, which must hold all blocks
     * @throws ImageFormatException when this is no superblock, when it contradicts itself, or when the image needs an
     *     incompatible feature that we do not know
     */
    public static Geometry of(byte[] b, int at, long deviceBytes) throws ImageFormatException {
        return new SuperblockCheck(b, at, Features.INCOMPAT_UNDERSTOOD).geometry(deviceBytes);
    }

    /**
     * Takes the measures as {@link #of} does, of an image that may be ext3 and may need its journal to be replayed.
     *
     * @throws ImageFormatException as {@link #of} does
     */
    public static Geometry ofExt3(byte[] b, int at, long deviceBytes) throws ImageFormatException {
        return new SuperblockCheck(b, at, Features.INCOMPAT_UNDERSTOOD_EXT3).geometry(deviceBytes);
    }

    /** Bytes of all blocks. */
    public long volumeBytes() {
        return (long) blockCount * blockSizeBytes;
    }

    /** Sectors of 512 bytes in a block. */
    public int sectorsPerBlock() {
        return blockSizeBytes / Format.SECTOR_BYTES;
    }

    /** First sector of a block on the device. */
    public long sectorOf(int block) {
        return (long) block * sectorsPerBlock();
    }

    public BlockMap blockMap() {
        return new BlockMap(blockSizeBytes);
    }

    // ---- Groups ----

    public int groupCount() {
        return (int) (((long) blockCount - firstDataBlock + blocksPerGroup - 1) / blocksPerGroup);
    }

    public int firstBlockOfGroup(int group) {
        return firstDataBlock + group * blocksPerGroup;
    }

    /** Blocks in a group; the last may have fewer than the others. */
    public int blocksInGroup(int group) {
        return Math.min(blocksPerGroup, blockCount - firstBlockOfGroup(group));
    }

    /** Group of a block, which must not be before the first data block. */
    public int groupOfBlock(int block) {
        return (block - firstDataBlock) / blocksPerGroup;
    }

    /** Bit of a block in the bitmap of its group. */
    public int indexOfBlock(int block) {
        return (block - firstDataBlock) % blocksPerGroup;
    }

    /** True for a number that a pointer may hold: a block of some group. */
    public boolean isBlock(int block) {
        return block >= firstDataBlock && block < blockCount;
    }

    /** True when a group starts with a superblock and descriptors: group 0, and those that hold backups. */
    public boolean hasSuperblock(int group) {
        if (group == 0) {
            return true;
        } else if ((compat & Features.COMPAT_SPARSE_SUPER2) != 0) {
            return group == backupGroup1 || group == backupGroup2;
        } else if ((roCompat & Features.RO_COMPAT_SPARSE_SUPER) == 0 || group == 1) {
            return true;
        }
        return isPowerOf(group, 3) || isPowerOf(group, 5) || isPowerOf(group, 7);
    }

    private static boolean isPowerOf(int value, int base) {
        int rest = value;
        while (rest % base == 0) {
            rest /= base;
        }
        return rest == 1;
    }

    /** Blocks that all group descriptors fill. */
    public int descriptorBlocks() {
        long bytes = (long) groupCount() * Format.DESCRIPTOR_BYTES;
        return (int) ((bytes + blockSizeBytes - 1) / blockSizeBytes);
    }

    /** First block of the primary descriptors. */
    public int firstDescriptorBlock() {
        return firstDataBlock + 1;
    }

    /** Blocks at the start of a group that hold superblock, descriptors and what is reserved for more descriptors. */
    public int headBlocks(int group) {
        return hasSuperblock(group) ? 1 + descriptorBlocks() + reservedGdtBlocks : 0;
    }

    // ---- Inodes ----

    public int inodeCount() {
        return inodesPerGroup * groupCount();
    }

    public boolean isInode(int inode) {
        return inode >= 1 && inode <= inodeCount();
    }

    public int groupOfInode(int inode) {
        return (inode - 1) / inodesPerGroup;
    }

    /** Number of an inode in its group, from 0: its bit in the bitmap, its record in the table. */
    public int indexOfInode(int inode) {
        return (inode - 1) % inodesPerGroup;
    }

    public int inodesPerBlock() {
        return blockSizeBytes / inodeSizeBytes;
    }

    /** Blocks of one inode table. */
    public int inodeTableBlocks() {
        return (inodesPerGroup + inodesPerBlock() - 1) / inodesPerBlock();
    }

    /** Which block of its group's inode table holds an inode, from 0. */
    public int inodeTableBlockOf(int inode) {
        return indexOfInode(inode) / inodesPerBlock();
    }

    /** Byte offset of an inode in its block. */
    public int offsetInBlockOfInode(int inode) {
        return indexOfInode(inode) % inodesPerBlock() * inodeSizeBytes;
    }

    // ---- Features ----

    public boolean hasCompat(int feature) {
        return (compat & feature) != 0;
    }

    /** True of ext3. */
    public boolean hasJournal() {
        return hasCompat(Features.COMPAT_HAS_JOURNAL);
    }

    public boolean hasRoCompat(int feature) {
        return (roCompat & feature) != 0;
    }

    /** True when directory entries hold a file type. */
    public boolean hasFileType() {
        return (incompat & Features.INCOMPAT_FILETYPE) != 0;
    }

    /** Read-only compatible features that we do not know; when there are any, the image must not be written. */
    public int unknownRoCompat() {
        return roCompat & ~Features.RO_COMPAT_UNDERSTOOD;
    }

    public boolean mustBeReadOnly() {
        return unknownRoCompat() != 0;
    }
}
