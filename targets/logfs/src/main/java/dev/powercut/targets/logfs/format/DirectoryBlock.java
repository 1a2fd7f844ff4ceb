package dev.powercut.targets.logfs.format;

import static dev.powercut.sim.bytes.LittleEndian.put16;
import static dev.powercut.sim.bytes.LittleEndian.put32;
import static dev.powercut.sim.bytes.LittleEndian.put8;
import static dev.powercut.sim.bytes.LittleEndian.s32;
import static dev.powercut.sim.bytes.LittleEndian.u16;
import static dev.powercut.sim.bytes.LittleEndian.u8;

/** Records of a directory block, which is an array of its own; a record is named by its offset. */
public final class DirectoryBlock {

    /** No such record. */
    public static final int NONE = -1;

    private DirectoryBlock() {}

    /** A block of free space. */
    public static byte[] empty(int blockSizeBytes) {
        byte[] b = new byte[blockSizeBytes];
        put16(b, Format.DIR_LENGTH, blockSizeBytes);
        return b;
    }

    public static int inode(byte[] b, int at) {
        return s32(b, at + Format.DIR_INODE);
    }

    /** Bytes up to the next record. */
    public static int length(byte[] b, int at) {
        return u16(b, at + Format.DIR_LENGTH);
    }

    public static int nameLength(byte[] b, int at) {
        return u8(b, at + Format.DIR_NAME_LENGTH);
    }

    public static int type(byte[] b, int at) {
        return u8(b, at + Format.DIR_TYPE);
    }

    /** Whether the records tile the block, each name within its record, and are names that there can be. */
    public static boolean isSound(byte[] b) {
        int at = 0;
        while (at < b.length) {
            if (at + Format.DIR_NAME > b.length) {
                return false;
            }
            int length = length(b, at);
            if (length < Format.DIR_NAME
                    || length % 4 != 0
                    || at + length > b.length
                    || Format.DIR_NAME + nameLength(b, at) > length
                    || inode(b, at) != 0 && !isName(b, at + Format.DIR_NAME, nameLength(b, at))) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** Whether bytes are a name that there can be in a directory. */
    static boolean isName(byte[] b, int at, int length) {
        boolean dots = length <= 2;
        for (int i = at; i < at + length; i++) {
            if (b[i] == 0 || b[i] == '/') {
                return false;
            }
            dots &= b[i] == '.';
        }
        return length > 0 && !dots;
    }

    /** The record of a name, or {@link #NONE}. */
    public static int find(byte[] b, byte[] name, int nameAt, int nameLength) {
        for (int at = 0; at < b.length; at += length(b, at)) {
            if (nameLength(b, at) == nameLength && inode(b, at) != 0 && matches(b, at, name, nameAt, nameLength)) {
                return at;
            }
        }
        return NONE;
    }

    private static boolean matches(byte[] b, int at, byte[] name, int nameAt, int nameLength) {
        for (int i = 0; i < nameLength; i++) {
            if (b[at + Format.DIR_NAME + i] != name[nameAt + i]) {
                return false;
            }
        }
        return true;
    }

    private static int needed(int nameLength) {
        return Format.DIR_NAME + nameLength + 3 & ~3;
    }

    private static int used(byte[] b, int at) {
        return inode(b, at) == 0 ? 0 : needed(nameLength(b, at));
    }

    /** A record with room for a name behind its own, or {@link #NONE}. */
    public static int findRoom(byte[] b, int nameLength) {
        int needed = needed(nameLength);
        for (int at = 0; at < b.length; at += length(b, at)) {
            if (length(b, at) - used(b, at) >= needed) {
                return at;
            }
        }
        return NONE;
    }

    /** Adds a name in the room that {@link #findRoom} found. */
    public static void insert(byte[] b, int room, byte[] name, int nameAt, int nameLength, int inode, int type) {
        int used = used(b, room);
        int length = length(b, room) - used;
        if (used > 0) {
            put16(b, room + Format.DIR_LENGTH, used);
        }
        int at = room + used;
        put32(b, at + Format.DIR_INODE, inode);
        put16(b, at + Format.DIR_LENGTH, length);
        put8(b, at + Format.DIR_NAME_LENGTH, nameLength);
        put8(b, at + Format.DIR_TYPE, type);
        System.arraycopy(name, nameAt, b, at + Format.DIR_NAME, nameLength);
    }

    /** Lets a record's name lead to another inode. */
    public static void replace(byte[] b, int at, int inode, int type) {
        put32(b, at + Format.DIR_INODE, inode);
        put8(b, at + Format.DIR_TYPE, type);
    }

    /** Removes a record: its space goes to the one before, or stays as free space at the beginning of the block. */
    public static void remove(byte[] b, int record) {
        int before = NONE;
        for (int at = 0; at < record; at += length(b, at)) {
            before = at;
        }
        int length = length(b, record);
        java.util.Arrays.fill(b, record, record + length, (byte) 0);
        if (before == NONE) {
            put16(b, record + Format.DIR_LENGTH, length);
        } else {
            put16(b, before + Format.DIR_LENGTH, length(b, before) + length);
        }
    }

    /** Whether no name is in the block. */
    public static boolean isEmpty(byte[] b) {
        for (int at = 0; at < b.length; at += length(b, at)) {
            if (inode(b, at) != 0) {
                return false;
            }
        }
        return true;
    }
}
