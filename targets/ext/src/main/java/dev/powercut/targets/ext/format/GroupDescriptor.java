package dev.powercut.targets.ext.format;

import dev.powercut.sim.bytes.LittleEndian;

/**
 * Reads and writes the fields of a group descriptor: 32 bytes in {@code b} from {@code at} on; descriptor g of the table
 * starts at g × 32. {@link GroupTable} is the object in memory.
 */
public final class GroupDescriptor {

    private GroupDescriptor() {}

    /** Block number. */
    public static int blockBitmap(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.BG_BLOCK_BITMAP);
    }

    public static void setBlockBitmap(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.BG_BLOCK_BITMAP, value);
    }

    /** Block number. */
    public static int inodeBitmap(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.BG_INODE_BITMAP);
    }

    public static void setInodeBitmap(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.BG_INODE_BITMAP, value);
    }

    /** Number of the first block. */
    public static int inodeTable(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.BG_INODE_TABLE);
    }

    public static void setInodeTable(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.BG_INODE_TABLE, value);
    }

    public static int freeBlockCount(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.BG_FREE_BLOCKS_COUNT);
    }

    public static void setFreeBlockCount(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.BG_FREE_BLOCKS_COUNT, value);
    }

    public static int freeInodeCount(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.BG_FREE_INODES_COUNT);
    }

    public static void setFreeInodeCount(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.BG_FREE_INODES_COUNT, value);
    }

    public static int usedDirectoryCount(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.BG_USED_DIRS_COUNT);
    }

    public static void setUsedDirectoryCount(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.BG_USED_DIRS_COUNT, value);
    }

    public static int flags(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.BG_FLAGS);
    }

    public static void setFlags(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.BG_FLAGS, value);
    }

    public static int unusedInodeCount(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.BG_ITABLE_UNUSED);
    }

    public static void setUnusedInodeCount(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.BG_ITABLE_UNUSED, value);
    }

    public static int checksum(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.BG_CHECKSUM);
    }

    public static void setChecksum(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.BG_CHECKSUM, value);
    }
}
