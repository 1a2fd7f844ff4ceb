package dev.powercut.targets.ext.format;

/**
 * Where the parts of each group lie: the object in memory made from the group descriptors, once they are found sound. Says
 * of every block of fixed metadata what it is.
 */
public final class GroupTable {

    private final Geometry geometry;
    private final int[] blockBitmaps;
    private final int[] inodeBitmaps;
    private final int[] inodeTables;

    private GroupTable(Geometry geometry, int[] blockBitmaps, int[] inodeBitmaps, int[] inodeTables) {
        this.geometry = geometry;
        this.blockBitmaps = blockBitmaps;
        this.inodeBitmaps = inodeBitmaps;
        this.inodeTables = inodeTables;
    }

    /**
     * Takes the places from descriptors in {@code b} from {@code at} on.
     *
     * @throws ImageFormatException when bitmaps or a table lie outside of their group, or on one another
     */
    public static GroupTable of(Geometry geometry, byte[] b, int at) throws ImageFormatException {
        int groups = geometry.groupCount();
        GroupTable table = new GroupTable(geometry, new int[groups], new int[groups], new int[groups]);
        for (int group = 0; group < groups; group++) {
            int descriptor = at + group * Format.DESCRIPTOR_BYTES;
            table.blockBitmaps[group] = GroupDescriptor.blockBitmap(b, descriptor);
            table.inodeBitmaps[group] = GroupDescriptor.inodeBitmap(b, descriptor);
            table.inodeTables[group] = GroupDescriptor.inodeTable(b, descriptor);
            table.check(group);
        }
        return table;
    }

    private void check(int group) throws ImageFormatException {
        int start = geometry.firstBlockOfGroup(group) + geometry.headBlocks(group);
        int end = geometry.firstBlockOfGroup(group) + geometry.blocksInGroup(group);
        int blockBitmap = blockBitmaps[group];
        int inodeBitmap = inodeBitmaps[group];
        int tableStart = inodeTables[group];
        long tableEnd = (long) tableStart + geometry.inodeTableBlocks();
        if (blockBitmap < start || blockBitmap >= end) {
            throw error(
                    group, Format.BG_BLOCK_BITMAP, "block bitmap at block " + unsigned(blockBitmap) + ", outside of");
        } else if (inodeBitmap < start || inodeBitmap >= end) {
            throw error(
                    group, Format.BG_INODE_BITMAP, "inode bitmap at block " + unsigned(inodeBitmap) + ", outside of");
        } else if (tableStart < start || tableEnd > end) {
            throw error(group, Format.BG_INODE_TABLE, "inode table at block " + unsigned(tableStart) + ", not inside");
        } else if (blockBitmap == inodeBitmap
                || blockBitmap >= tableStart && blockBitmap < tableEnd
                || inodeBitmap >= tableStart && inodeBitmap < tableEnd) {
            throw error(group, Format.BG_BLOCK_BITMAP, "bitmaps and inode table lie on one another in");
        }
    }

    private static String unsigned(int block) {
        return Integer.toUnsignedString(block);
    }

    private ImageFormatException error(int group, int field, String what) {
        long offset = (long) geometry.firstDescriptorBlock() * geometry.blockSizeBytes()
                + (long) group * Format.DESCRIPTOR_BYTES
                + field;
        return new ImageFormatException(
                what + " group " + group, offset, "fsck -y restores the group descriptors from a backup");
    }

    public Geometry geometry() {
        return geometry;
    }

    /** Block of the block bitmap of a group. */
    public int blockBitmap(int group) {
        return blockBitmaps[group];
    }

    /** Block of the inode bitmap of a group. */
    public int inodeBitmap(int group) {
        return inodeBitmaps[group];
    }

    /** First block of the inode table of a group. */
    public int inodeTable(int group) {
        return inodeTables[group];
    }

    /** Block that holds an inode's record, at {@link Geometry#offsetInBlockOfInode}. */
    public int blockOfInode(int inode) {
        return inodeTables[geometry.groupOfInode(inode)] + geometry.inodeTableBlockOf(inode);
    }

    /** What a block is as far as its place tells: {@link BlockRole#DATA} for every block that files may own. */
    public BlockRole roleOf(int block) {
        if (block < geometry.firstDataBlock()) {
            return BlockRole.BOOT;
        }
        int group = geometry.groupOfBlock(block);
        int index = geometry.indexOfBlock(block);
        if (index < geometry.headBlocks(group)) {
            if (index == 0) {
                return BlockRole.SUPERBLOCK;
            }
            return index <= geometry.descriptorBlocks() ? BlockRole.GROUP_DESCRIPTORS : BlockRole.RESERVED_DESCRIPTORS;
        } else if (block == blockBitmaps[group]) {
            return BlockRole.BLOCK_BITMAP;
        } else if (block == inodeBitmaps[group]) {
            return BlockRole.INODE_BITMAP;
        }
        int inTable = block - inodeTables[group];
        return inTable >= 0 && inTable < geometry.inodeTableBlocks() ? BlockRole.INODE_TABLE : BlockRole.DATA;
    }

    /** Blocks of fixed metadata in a group. */
    public int metadataBlocks(int group) {
        return geometry.headBlocks(group) + 2 + geometry.inodeTableBlocks();
    }
}
