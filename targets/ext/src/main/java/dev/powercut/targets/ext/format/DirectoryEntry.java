package dev.powercut.targets.ext.format;

import dev.powercut.sim.bytes.LittleEndian;
import java.util.Arrays;

/**
 * Reads and writes one directory entry in {@code b} from {@code at} on. The length of an entry that is used in a hot path has
 * been checked by {@link DirectoryBlock#defectAt}; these accessors check nothing.
 */
public final class DirectoryEntry {

    private DirectoryEntry() {}

    /** Inode named; 0 is free space. */
    public static int inode(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.D_INODE);
    }

    public static void setInode(byte[] b, int at, int inode) {
        LittleEndian.put32(b, at + Format.D_INODE, inode);
    }

    /** Bytes to the next entry. */
    public static int recordLength(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.D_REC_LEN);
    }

    public static void setRecordLength(byte[] b, int at, int recordLength) {
        LittleEndian.put16(b, at + Format.D_REC_LEN, recordLength);
    }

    /** Bytes of the name. Without the feature filetype the field has 16 bits, of which the upper eight are 0. */
    public static int nameLength(byte[] b, int at) {
        return b[at + Format.D_NAME_LEN] & 0xFF;
    }

    /** {@code Format.TYPE_…}; 0 without the feature filetype. */
    public static int fileType(byte[] b, int at) {
        return b[at + Format.D_FILE_TYPE] & 0xFF;
    }

    public static void setFileType(byte[] b, int at, int fileType) {
        LittleEndian.put8(b, at + Format.D_FILE_TYPE, fileType);
    }

    /** The bytes of the name, copied. */
    public static byte[] name(byte[] b, int at) {
        return Arrays.copyOfRange(b, at + Format.D_NAME, at + Format.D_NAME + nameLength(b, at));
    }

    /** True when the name is {@code length} bytes of {@code name} from {@code from}. */
    public static boolean nameEquals(byte[] b, int at, byte[] name, int from, int length) {
        int start = at + Format.D_NAME;
        return nameLength(b, at) == length && Arrays.equals(b, start, start + length, name, from, from + length);
    }

    /** True for the name {@code .}. */
    public static boolean isDot(byte[] b, int at) {
        return nameLength(b, at) == 1 && b[at + Format.D_NAME] == '.';
    }

    /** True for the name {@code ..}. */
    public static boolean isDotDot(byte[] b, int at) {
        return nameLength(b, at) == 2 && b[at + Format.D_NAME] == '.' && b[at + Format.D_NAME + 1] == '.';
    }

    /** Bytes that an entry with a name of {@code nameLength} bytes needs at least: header and name, up to a multiple of 4. */
    public static int minimumLength(int nameLength) {
        return Format.ENTRY_HEADER_BYTES + nameLength + 3 & ~3;
    }

    /** Bytes at the end of this entry in which another one could start; all of a free one. */
    public static int slack(byte[] b, int at) {
        int length = recordLength(b, at);
        return inode(b, at) == 0 ? length : length - minimumLength(nameLength(b, at));
    }

    /** Writes a whole entry; bytes between the name and the end of the record stay as they are. */
    public static void put(
            byte[] b, int at, int inode, int recordLength, int fileType, byte[] name, int from, int nameLength) {
        setInode(b, at, inode);
        setRecordLength(b, at, recordLength);
        LittleEndian.put8(b, at + Format.D_NAME_LEN, nameLength);
        setFileType(b, at, fileType);
        System.arraycopy(name, from, b, at + Format.D_NAME, nameLength);
    }
}
