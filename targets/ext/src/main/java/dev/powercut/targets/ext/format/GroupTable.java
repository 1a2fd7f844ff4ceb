package dev.powercut.targets.ext.format;

import dev.powercut.check.image.ImageFormatException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
            String defect = defect(geometry, b, at, group);
            if (defect != null) {
                throw new ImageFormatException(
                        defect,
                        (long) geometry.firstDescriptorBlock() * geometry.blockSizeBytes()
                                + (long) group * Format.DESCRIPTOR_BYTES,
                        "fsck -y restores the group descriptors");
            }
        }
        return table;
    }

    /** What is wrong with the places that the descriptor of a group gives, of a table in {@code b} from {@code at} on; else null. */
    public static @Nullable String defect(Geometry geometry, byte[] b, int at, int group) {
        int start = geometry.firstBlockOfGroup(group) + geometry.headBlocks(group);
        int end = geometry.firstBlockOfGroup(group) + geometry.blocksInGroup(group);
        int descriptor = at + group * Format.DESCRIPTOR_BYTES;
        int blockBitmap = GroupDescriptor.blockBitmap(b, descriptor);
        int inodeBitmap = GroupDescriptor.inodeBitmap(b, descriptor);
        int tableStart = GroupDescriptor.inodeTable(b, descriptor);
        long tableEnd = (long) tableStart + geometry.inodeTableBlocks();
        if (blockBitmap < start || blockBitmap >= end) {
            return "block bitmap at block " + Integer.toUnsignedString(blockBitmap) + ", outside of group " + group;
        } else if (inodeBitmap < start || inodeBitmap >= end) {
            return "inode bitmap at block " + Integer.toUnsignedString(inodeBitmap) + ", outside of group " + group;
        } else if (tableStart < start || tableEnd > end) {
            return "inode table at block " + Integer.toUnsignedString(tableStart) + ", not inside group " + group;
        } else if (blockBitmap == inodeBitmap
                || blockBitmap >= tableStart && blockBitmap < tableEnd
                || inodeBitmap >= tableStart && inodeBitmap < tableEnd) {
            return "bitmaps and inode table lie on one another in group " + group;
        }
        return null;
    }

    /** Whether bitmaps and tables are where they are in another one. */
    public boolean hasSamePlaces(GroupTable other) {
        return Arrays.equals(blockBitmaps, other.blockBitmaps)
                && Arrays.equals(inodeBitmaps, other.inodeBitmaps)
                && Arrays.equals(inodeTables, other.inodeTables);
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
