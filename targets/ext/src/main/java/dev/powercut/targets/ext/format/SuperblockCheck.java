package dev.powercut.targets.ext.format;

import dev.powercut.check.image.ImageFormatException;

/** Finds out whether 1,024 bytes are a superblock that holds together, and says of the first thing that is not what it is. */
final class SuperblockCheck {

    /** What mke2fs takes at least. */
    private static final int MIN_BLOCKS_PER_GROUP = 256;

    private final byte[] b;
    private final int at;
    private final int understood;

    /** @param understood incompatible features that the image may have */
    SuperblockCheck(byte[] b, int at, int understood) {
        this.b = b;
        this.at = at;
        this.understood = understood;
    }

    Geometry geometry(long deviceBytes) throws ImageFormatException {
        checkIdentity();
        checkFeatures();
        int blockSize = Format.MIN_BLOCK_SIZE_BYTES << Superblock.logBlockSize(b, at);
        int firstDataBlock = blockSize == 1024 ? 1 : 0;
        checkBlocks(blockSize, firstDataBlock, deviceBytes);
        int inodeSize = checkInodes(blockSize);
        Geometry geometry = new Geometry(
                blockSize,
                Superblock.blockCount(b, at),
                firstDataBlock,
                Superblock.blocksPerGroup(b, at),
                Superblock.inodesPerGroup(b, at),
                inodeSize,
                dynamic() ? Superblock.firstInode(b, at) : Format.FIRST_INODE,
                Superblock.reservedGdtBlocks(b, at),
                Superblock.compat(b, at),
                Superblock.incompat(b, at),
                Superblock.roCompat(b, at),
                Superblock.backupGroup(b, at, 0),
                Superblock.backupGroup(b, at, 1));
        checkGroups(geometry);
        return geometry;
    }

    private boolean dynamic() {
        return Superblock.revision(b, at) != Format.REVISION_ORIGINAL;
    }

    private void checkIdentity() throws ImageFormatException {
        int magic = Superblock.magic(b, at);
        if (magic != Format.MAGIC) {
            throw error(
                    "no ext2 superblock: magic number is " + hex(magic) + ", not " + hex(Format.MAGIC),
                    Format.S_MAGIC,
                    Superblock.TRY_BACKUP);
        }
        int revision = Superblock.revision(b, at);
        if (revision < 0 || revision > Format.REVISION_DYNAMIC) {
            throw error("unknown revision " + revision, Format.S_REV_LEVEL, Superblock.TRY_BACKUP);
        }
    }

    private void checkFeatures() throws ImageFormatException {
        // Of revision 0, too: it has none, but those that are set count for Linux and for e2fsck.
        int unknown = Superblock.incompat(b, at) & ~understood;
        if (unknown != 0) {
            throw error(
                    "the image uses incompatible features that we do not know: " + Features.incompatNames(unknown),
                    Format.S_FEATURE_INCOMPAT,
                    "check it with e2fsck, or make one without them, for example with mke2fs -t ext2");
        }
    }

    private void checkBlocks(int blockSize, int firstDataBlock, long deviceBytes) throws ImageFormatException {
        int log = Superblock.logBlockSize(b, at);
        if (log < 0 || log > 2) {
            throw error(
                    "block size is 1024 shifted left by " + log + "; only 1024, 2048 and 4096 are read",
                    Format.S_LOG_BLOCK_SIZE,
                    "check it with e2fsck, or make one with one of these block sizes");
        } else if (Superblock.logClusterSize(b, at) != log) {
            throw contradiction("fragments differ from blocks", Format.S_LOG_CLUSTER_SIZE);
        }
        int blocksPerGroup = Superblock.blocksPerGroup(b, at);
        if (blocksPerGroup < MIN_BLOCKS_PER_GROUP || blocksPerGroup > 8 * blockSize || blocksPerGroup % 8 != 0) {
            throw contradiction(
                    blocksPerGroup + " blocks per group; must be a multiple of 8 from 256 to " + 8 * blockSize,
                    Format.S_BLOCKS_PER_GROUP);
        } else if (Superblock.clustersPerGroup(b, at) != blocksPerGroup) {
            throw contradiction("fragments per group differ from blocks per group", Format.S_CLUSTERS_PER_GROUP);
        } else if (Superblock.firstDataBlock(b, at) != firstDataBlock) {
            throw contradiction(
                    "first data block is " + Superblock.firstDataBlock(b, at) + ", not " + firstDataBlock,
                    Format.S_FIRST_DATA_BLOCK);
        }
        checkSize(blockSize, firstDataBlock, deviceBytes);
    }

    private void checkSize(int blockSize, int firstDataBlock, long deviceBytes) throws ImageFormatException {
        int blockCount = Superblock.blockCount(b, at);
        if (blockCount < 0) {
            throw error(
                    "volumes of more than 2147483647 blocks are not read: " + (blockCount & 0xFFFF_FFFFL) + " blocks",
                    Format.S_BLOCKS_COUNT,
                    "use larger blocks or a smaller volume");
        } else if (blockCount <= firstDataBlock) {
            throw contradiction(blockCount + " blocks in all", Format.S_BLOCKS_COUNT);
        } else if ((long) blockCount * blockSize > deviceBytes) {
            throw error(
                    "the volume has " + blockCount + " blocks of " + blockSize + " bytes, the device only "
                            + deviceBytes + " bytes",
                    Format.S_BLOCKS_COUNT,
                    Superblock.TRUNCATED);
        }
    }

    private int checkInodes(int blockSize) throws ImageFormatException {
        int size = dynamic() ? Superblock.inodeSize(b, at) : Format.INODE_BASE_BYTES;
        if (size < Format.INODE_BASE_BYTES || size > blockSize || Integer.bitCount(size) != 1) {
            throw contradiction(
                    "inodes of " + size + " bytes; must be a power of two from 128 to " + blockSize,
                    Format.S_INODE_SIZE);
        }
        int perGroup = Superblock.inodesPerGroup(b, at);
        if (perGroup < 8 || perGroup > 8 * blockSize || perGroup % 8 != 0) {
            throw contradiction(
                    perGroup + " inodes per group; must be a multiple of 8 up to " + 8 * blockSize,
                    Format.S_INODES_PER_GROUP);
        }
        return size;
    }

    private void checkGroups(Geometry geometry) throws ImageFormatException {
        int groups = geometry.groupCount();
        long inodes = (long) groups * geometry.inodesPerGroup();
        if (inodes != Superblock.inodeCount(b, at)) {
            throw contradiction(
                    (Superblock.inodeCount(b, at) & 0xFFFF_FFFFL) + " inodes, but " + groups + " groups of "
                            + geometry.inodesPerGroup(),
                    Format.S_INODES_COUNT);
        } else if (geometry.firstInode() < Format.FIRST_INODE || geometry.firstInode() > inodes) {
            throw contradiction("first inode for files is " + geometry.firstInode(), Format.S_FIRST_INO);
        } else if (geometry.reservedGdtBlocks() > geometry.blockSizeBytes() / 4) {
            throw contradiction(
                    geometry.reservedGdtBlocks()
                            + " blocks reserved for descriptors; one block of pointers cannot list them",
                    Format.S_RESERVED_GDT_BLOCKS);
        }
        for (int group = 0; group < groups; group++) {
            int needed = geometry.headBlocks(group) + 2 + geometry.inodeTableBlocks();
            if (needed > geometry.blocksInGroup(group)) {
                throw contradiction(
                        "the " + geometry.blocksInGroup(group) + " blocks of group " + group + " cannot hold its "
                                + needed + " blocks of bitmaps, tables and backups",
                        Format.S_BLOCKS_COUNT);
            }
        }
    }

    private static ImageFormatException contradiction(String what, int field) {
        return error("the superblock contradicts itself: " + what, field, Superblock.TRY_BACKUP);
    }

    private static ImageFormatException error(String what, int field, String remedy) {
        return new ImageFormatException(what, Format.SUPERBLOCK_OFFSET_BYTES + (long) field, remedy);
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }
}
