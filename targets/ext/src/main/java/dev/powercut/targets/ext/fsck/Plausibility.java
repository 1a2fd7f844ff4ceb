package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.targets.ext.format.Bitmap;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.format.InodeRecord;

/**
 * How well measures and places fit what is on the device: asked only where copies of superblock or descriptors contradict each
 * other. Bitmaps mark themselves and the tables; inode bitmaps agree with the tables; the root directory begins with itself.
 */
final class Plausibility {

    private final BlockDevice device;

    Plausibility(BlockDevice device) {
        this.device = device;
    }

    /**
     * Points for a geometry, more is better.
     *
     * @param superblock block of the superblock whose descriptors to look at
     */
    int ofVolume(Geometry geometry, int superblock) {
        byte[] descriptors = new byte[geometry.descriptorBlocks() * geometry.blockSizeBytes()];
        device.read(
                geometry.sectorOf(superblock + 1),
                geometry.descriptorBlocks() * geometry.sectorsPerBlock(),
                descriptors,
                0);
        int groups = geometry.groupCount();
        int inPlace = 0;
        for (int group = 0; group < groups; group++) {
            boolean valid = GroupTable.defect(geometry, descriptors, 0, group) == null;
            inPlace += valid && isUsual(geometry, descriptors, group) ? 2 : valid ? 1 : 0;
        }
        int points = 8 * inPlace / groups;
        points += geometry.reservedGdtBlocks() == 0 || geometry.hasCompat(Features.COMPAT_RESIZE_INODE) ? 2 : 0;
        if (GroupTable.defect(geometry, descriptors, 0, 0) == null) {
            points += rootIsSound(geometry, GroupDescriptor.inodeTable(descriptors, 0)) ? 8 : 0;
            points += ofGroup(geometry, 0, descriptors, 0) / 128;
            points += reservedAreFree(geometry, GroupDescriptor.inodeTable(descriptors, 0)) ? 4 : 0;
        }
        int last = (groups - 1) * Format.DESCRIPTOR_BYTES;
        if (GroupTable.defect(geometry, descriptors, 0, groups - 1) == null) {
            byte[] bitmap = block(geometry, GroupDescriptor.blockBitmap(descriptors, last));
            points += Bitmap.firstClear(bitmap, 0, geometry.blocksInGroup(groups - 1), 8 * bitmap.length) < 0 ? 4 : 0;
        }
        return points;
    }

    /**
     * Points from 0 to 1,024 for the places of one group: half for a block bitmap that marks all metadata, half for the share
     * of inodes on which bitmap and table agree.
     */
    int ofGroup(Geometry geometry, int group, byte[] descriptors, int at) {
        int blockBitmap = GroupDescriptor.blockBitmap(descriptors, at);
        int inodeBitmap = GroupDescriptor.inodeBitmap(descriptors, at);
        int table = GroupDescriptor.inodeTable(descriptors, at);
        byte[] bits = block(geometry, blockBitmap);
        int tableBit = geometry.indexOfBlock(table);
        boolean marked =
                (geometry.headBlocks(group) == 0 || Bitmap.firstClear(bits, 0, 0, geometry.headBlocks(group)) < 0)
                        && Bitmap.isSet(bits, 0, geometry.indexOfBlock(blockBitmap))
                        && Bitmap.isSet(bits, 0, geometry.indexOfBlock(inodeBitmap))
                        && Bitmap.firstClear(bits, 0, tableBit, tableBit + geometry.inodeTableBlocks()) < 0;
        byte[] used = block(geometry, inodeBitmap);
        int agreeing = 0;
        byte[] records = {};
        int perBlock = geometry.inodesPerBlock();
        for (int index = 0; index < geometry.inodesPerGroup(); index++) {
            if (index % perBlock == 0) {
                records = block(geometry, table + index / perBlock);
            }
            int record = index % perBlock * geometry.inodeSizeBytes();
            boolean inUse = InodeRecord.linkCount(records, record) != 0
                    && InodeRecord.entryType(InodeRecord.mode(records, record)) != Format.TYPE_UNKNOWN;
            boolean isReserved = group == 0 && index < geometry.firstInode() - 1;
            agreeing += isReserved || inUse == Bitmap.isSet(used, 0, index) ? 1 : 0;
        }
        return (marked ? 512 : 0) + (int) (512L * agreeing / geometry.inodesPerGroup());
    }

    /** Where mke2fs puts them: behind the head of the group, in this order. */
    static boolean isUsual(Geometry geometry, byte[] descriptors, int group) {
        int at = group * Format.DESCRIPTOR_BYTES;
        int first = geometry.firstBlockOfGroup(group) + geometry.headBlocks(group);
        return GroupDescriptor.blockBitmap(descriptors, at) == first
                && GroupDescriptor.inodeBitmap(descriptors, at) == first + 1
                && GroupDescriptor.inodeTable(descriptors, at) == first + 2;
    }

    private boolean rootIsSound(Geometry geometry, int table) {
        byte[] records = block(geometry, table + geometry.inodeTableBlockOf(Format.ROOT_INODE));
        int at = geometry.offsetInBlockOfInode(Format.ROOT_INODE);
        int first = InodeRecord.pointer(records, at, 0);
        if (!InodeRecord.isDirectory(records, at) || !geometry.isBlock(first)) {
            return false;
        }
        byte[] entries = block(geometry, first);
        return DirectoryEntry.isDot(entries, 0)
                && DirectoryEntry.inode(entries, 0) == Format.ROOT_INODE
                && DirectoryEntry.fileType(entries, 0) == (geometry.hasFileType() ? Format.TYPE_DIRECTORY : 0);
    }

    /** A first inode set too high would make reserved ones of some that are in use. */
    private boolean reservedAreFree(Geometry geometry, int table) {
        for (int inode = Format.FIRST_INODE;
                inode < geometry.firstInode() && inode <= geometry.inodesPerGroup();
                inode++) {
            byte[] records = block(geometry, table + geometry.inodeTableBlockOf(inode));
            if (InodeRecord.linkCount(records, geometry.offsetInBlockOfInode(inode)) != 0) {
                return false;
            }
        }
        return true;
    }

    private byte[] block(Geometry geometry, int block) {
        byte[] bytes = new byte[geometry.blockSizeBytes()];
        device.read(geometry.sectorOf(block), geometry.sectorsPerBlock(), bytes, 0);
        return bytes;
    }
}
