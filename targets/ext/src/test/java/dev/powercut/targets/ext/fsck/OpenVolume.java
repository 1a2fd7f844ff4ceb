package dev.powercut.targets.ext.fsck;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.ext.format.Bitmap;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.Superblock;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a volume, open on the table: where everything is in them, what is marked as used, and how that is counted. */
class OpenVolume {

    /** Offset of the superblock. */
    static final int SUPERBLOCK = 1024;

    /** All bytes of the volume. */
    final byte[] b;

    private final DiskImage base;
    private final byte[] baseBytes;
    final Geometry geometry;
    final GroupTable table;
    final int blockSize;

    OpenVolume(DiskImage image) {
        b = new byte[(int) image.sectorCount() * 512];
        image.read(0, (int) image.sectorCount(), b, 0);
        base = image;
        baseBytes = b.clone();
        try {
            geometry = Geometry.of(b, SUPERBLOCK, b.length);
            blockSize = geometry.blockSizeBytes();
            table = GroupTable.of(geometry, b, geometry.firstDescriptorBlock() * blockSize);
        } catch (ImageFormatException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Another with the same contents; that one must not be changed any more. */
    OpenVolume(OpenVolume other) {
        base = other.image();
        baseBytes = other.b;
        b = other.b.clone();
        geometry = other.geometry;
        table = other.table;
        blockSize = other.blockSize;
    }

    /** The image of what the bytes are now; shares with the image it was made from what is still the same. */
    DiskImage image() {
        DiskImage image = base;
        for (int at = 0; at < b.length; at += 512) {
            int odd = Arrays.mismatch(b, at, b.length, baseBytes, at, b.length);
            if (odd < 0) {
                break;
            }
            at = at + odd & -512;
            image = image.with(at / 512, Sector.copyOf(b, at));
        }
        return image;
    }

    /** Offsets of all bytes of metadata of a volume with one group; of the inode table only what is in use and a little more. */
    int[] metadata() {
        int[] offsets = new int[b.length];
        int count = 0;
        for (int at = SUPERBLOCK; at < blockOffset(table.inodeTable(0)); at++) {
            offsets[count++] = at;
        }
        for (int at = inodeOffset(1); at < inodeOffset(Math.min(70, geometry.inodeCount())); at++) {
            offsets[count++] = at;
        }
        for (int inode = 1; inode < 64 && inode <= geometry.inodeCount(); inode++) {
            boolean directory = InodeRecord.isDirectory(b, inodeOffset(inode));
            boolean regular = InodeRecord.isRegular(b, inodeOffset(inode));
            for (int i = 0; i < Format.POINTER_COUNT; i++) {
                int block = pointer(inode, i);
                if (block != 0 && (directory || regular && i >= Format.SINGLE_INDIRECT)) {
                    for (int at = blockOffset(block); at < blockOffset(block + 1); at++) {
                        offsets[count++] = at;
                    }
                }
            }
        }
        return Arrays.copyOf(offsets, count);
    }

    // ---- Places ----

    int blockOffset(int block) {
        return block * blockSize;
    }

    int inodeOffset(int inode) {
        return blockOffset(table.blockOfInode(inode)) + geometry.offsetInBlockOfInode(inode);
    }

    int descriptorOffset(int group) {
        return blockOffset(geometry.firstDescriptorBlock()) + group * Format.DESCRIPTOR_BYTES;
    }

    int pointer(int inode, int index) {
        return InodeRecord.pointer(b, inodeOffset(inode), index);
    }

    void setPointer(int inode, int index, int block) {
        InodeRecord.setPointer(b, inodeOffset(inode), index, block);
    }

    /** The block of a file block in the direct blocks or the single indirect one; 0 when there is none. */
    int blockOf(int inode, int fileBlock) {
        if (fileBlock < Format.DIRECT_POINTERS) {
            return pointer(inode, fileBlock);
        }
        int indirect = pointer(inode, Format.SINGLE_INDIRECT);
        return indirect == 0 ? 0 : LittleEndian.s32(b, blockOffset(indirect) + 4 * (fileBlock - 12));
    }

    /** Offset of an entry in a directory, by name. */
    int entryOffset(int directory, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; blockOf(directory, i) != 0; i++) {
            int start = blockOffset(blockOf(directory, i));
            for (int at = start; at < start + blockSize; at += DirectoryEntry.recordLength(b, at)) {
                if (DirectoryEntry.inode(b, at) != 0 && DirectoryEntry.nameEquals(b, at, bytes, 0, bytes.length)) {
                    return at;
                }
            }
        }
        return -1;
    }

    int lookup(int directory, String name) {
        int at = entryOffset(directory, name);
        return at < 0 ? 0 : DirectoryEntry.inode(b, at);
    }

    boolean isBlockMarked(int block) {
        return Bitmap.isSet(
                b, blockOffset(table.blockBitmap(geometry.groupOfBlock(block))), geometry.indexOfBlock(block));
    }

    boolean isInodeMarked(int inode) {
        return Bitmap.isSet(
                b, blockOffset(table.inodeBitmap(geometry.groupOfInode(inode))), geometry.indexOfInode(inode));
    }

    // ---- Marks and counts ----

    void markBlock(int block, boolean used) {
        int group = geometry.groupOfBlock(block);
        int change = mark(table.blockBitmap(group), geometry.indexOfBlock(block), used);
        int at = descriptorOffset(group);
        GroupDescriptor.setFreeBlockCount(b, at, GroupDescriptor.freeBlockCount(b, at) + change);
        Superblock.setFreeBlockCount(b, SUPERBLOCK, Superblock.freeBlockCount(b, SUPERBLOCK) + change);
    }

    void markInode(int inode, boolean used) {
        int group = geometry.groupOfInode(inode);
        int change = mark(table.inodeBitmap(group), geometry.indexOfInode(inode), used);
        int at = descriptorOffset(group);
        GroupDescriptor.setFreeInodeCount(b, at, GroupDescriptor.freeInodeCount(b, at) + change);
        Superblock.setFreeInodeCount(b, SUPERBLOCK, Superblock.freeInodeCount(b, SUPERBLOCK) + change);
    }

    /** Returns the change of what is free. */
    private int mark(int bitmapBlock, int index, boolean used) {
        if (used) {
            Bitmap.set(b, blockOffset(bitmapBlock), index);
            return -1;
        }
        Bitmap.clear(b, blockOffset(bitmapBlock), index);
        return 1;
    }

    void countDirectory(int inode, int change) {
        int at = descriptorOffset(geometry.groupOfInode(inode));
        GroupDescriptor.setUsedDirectoryCount(b, at, GroupDescriptor.usedDirectoryCount(b, at) + change);
    }

    int allocateBlock() {
        for (int group = 0; group < geometry.groupCount(); group++) {
            int bit = Bitmap.firstClear(b, blockOffset(table.blockBitmap(group)), 0, geometry.blocksInGroup(group));
            if (bit >= 0) {
                int block = geometry.firstBlockOfGroup(group) + bit;
                markBlock(block, true);
                return block;
            }
        }
        throw new IllegalStateException("the volume is full");
    }

    int allocateInode() {
        for (int group = 0; group < geometry.groupCount(); group++) {
            int bit = Bitmap.firstClear(b, blockOffset(table.inodeBitmap(group)), 0, geometry.inodesPerGroup());
            if (bit >= 0) {
                int inode = group * geometry.inodesPerGroup() + bit + 1;
                markInode(inode, true);
                return inode;
            }
        }
        throw new IllegalStateException("no inode is left");
    }
}
