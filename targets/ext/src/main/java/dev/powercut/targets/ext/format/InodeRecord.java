package dev.powercut.targets.ext.format;

import dev.powercut.sim.bytes.LittleEndian;

/**
 * Reads and writes the fields of an inode record in {@code b} from {@code at} on: 128 bytes, or more ({@code inodeSize}, as
 * {@link Geometry#inodeSizeBytes} says), of which {@code i_extra_isize} bytes beyond 128 hold fields. Methods on fields that
 * a small record does not have take the inode size, and read 0 and write nothing there. Times of records of 128 bytes are
 * signed 32-bit seconds since 1970; the extra word of larger ones adds two bits of seconds and the nanoseconds.
 */
public final class InodeRecord {

    private InodeRecord() {}

    /** Type and permissions. */
    public static int mode(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.I_MODE);
    }

    public static void setMode(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.I_MODE, value);
    }

    /** 0 while in use. */
    public static long deletionTimeSeconds(byte[] b, int at) {
        return LittleEndian.u32(b, at + Format.I_DTIME);
    }

    public static void setDeletionTimeSeconds(byte[] b, int at, long value) {
        LittleEndian.put32(b, at + Format.I_DTIME, (int) value);
    }

    public static int linkCount(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.I_LINKS_COUNT);
    }

    public static void setLinkCount(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.I_LINKS_COUNT, value);
    }

    public static int flags(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.I_FLAGS);
    }

    public static void setFlags(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.I_FLAGS, value);
    }

    public static int version(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.I_VERSION);
    }

    public static void setVersion(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.I_VERSION, value);
    }

    public static int generation(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.I_GENERATION);
    }

    public static void setGeneration(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.I_GENERATION, value);
    }

    /** Block number; 0 is none. */
    public static int xattrBlock(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.I_FILE_ACL);
    }

    public static void setXattrBlock(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.I_FILE_ACL, value);
    }

    public static int xattrBlockHigh(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.I_FILE_ACL_HIGH);
    }

    public static void setXattrBlockHigh(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.I_FILE_ACL_HIGH, value);
    }

    public static long sizeLow(byte[] b, int at) {
        return LittleEndian.u32(b, at + Format.I_SIZE);
    }

    public static void setSizeLow(byte[] b, int at, long value) {
        LittleEndian.put32(b, at + Format.I_SIZE, (int) value);
    }

    public static long sizeHigh(byte[] b, int at) {
        return LittleEndian.u32(b, at + Format.I_SIZE_HIGH);
    }

    public static void setSizeHigh(byte[] b, int at, long value) {
        LittleEndian.put32(b, at + Format.I_SIZE_HIGH, (int) value);
    }

    public static int fragmentAddress(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.I_FADDR);
    }

    public static void setFragmentAddress(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.I_FADDR, value);
    }

    public static long sectorCountLow(byte[] b, int at) {
        return LittleEndian.u32(b, at + Format.I_BLOCKS);
    }

    public static void setSectorCountLow(byte[] b, int at, long value) {
        LittleEndian.put32(b, at + Format.I_BLOCKS, (int) value);
    }

    public static int sectorCountHigh(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.I_BLOCKS_HIGH);
    }

    public static void setSectorCountHigh(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.I_BLOCKS_HIGH, value);
    }

    public static int checksumLow(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.I_CHECKSUM_LOW);
    }

    public static void setChecksumLow(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.I_CHECKSUM_LOW, value);
    }

    /** Size in bytes, 64 bits; negative for nonsense beyond 2<sup>63</sup>. Of directories and links the low half counts. */
    public static long size(byte[] b, int at) {
        return sizeHigh(b, at) << 32 | sizeLow(b, at);
    }

    public static void setSize(byte[] b, int at, long sizeBytes) {
        setSizeLow(b, at, sizeBytes);
        setSizeHigh(b, at, sizeBytes >>> 32);
    }

    /** Sectors of 512 bytes in all its blocks; the upper 16 of 48 bits are 0 without the feature huge_file. */
    public static long sectorCount(byte[] b, int at) {
        return (long) sectorCountHigh(b, at) << 32 | sectorCountLow(b, at);
    }

    public static void setSectorCount(byte[] b, int at, long sectorCount) {
        setSectorCountLow(b, at, sectorCount);
        setSectorCountHigh(b, at, (int) (sectorCount >>> 32));
    }

    public static int uid(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.I_UID_HIGH) << 16 | LittleEndian.u16(b, at + Format.I_UID);
    }

    public static void setUid(byte[] b, int at, int uid) {
        LittleEndian.put16(b, at + Format.I_UID, uid);
        LittleEndian.put16(b, at + Format.I_UID_HIGH, uid >>> 16);
    }

    public static int gid(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.I_GID_HIGH) << 16 | LittleEndian.u16(b, at + Format.I_GID);
    }

    public static void setGid(byte[] b, int at, int gid) {
        LittleEndian.put16(b, at + Format.I_GID, gid);
        LittleEndian.put16(b, at + Format.I_GID_HIGH, gid >>> 16);
    }

    /** One of the 15 words of {@code i_block}. */
    public static int pointer(byte[] b, int at, int index) {
        return LittleEndian.s32(b, at + Format.I_BLOCK + 4 * index);
    }

    public static void setPointer(byte[] b, int at, int index, int block) {
        LittleEndian.put32(b, at + Format.I_BLOCK + 4 * index, block);
    }

    /** Bytes beyond 128 that hold fields; 0 in a record of 128 bytes. */
    public static int extraSize(byte[] b, int at, int inodeSize) {
        return inodeSize > Format.INODE_BASE_BYTES ? LittleEndian.u16(b, at + Format.I_EXTRA_ISIZE) : 0;
    }

    public static void setExtraSize(byte[] b, int at, int inodeSize, int extraBytes) {
        if (inodeSize > Format.INODE_BASE_BYTES) {
            LittleEndian.put16(b, at + Format.I_EXTRA_ISIZE, extraBytes);
        }
    }

    public static long accessSeconds(byte[] b, int at, int inodeSize) {
        return seconds(b, at, inodeSize, Format.I_ATIME, Format.I_ATIME_EXTRA);
    }

    public static int accessNanos(byte[] b, int at, int inodeSize) {
        return nanos(b, at, inodeSize, Format.I_ATIME_EXTRA);
    }

    public static void setAccessTime(byte[] b, int at, int inodeSize, long seconds, int nanos) {
        setTime(b, at, inodeSize, Format.I_ATIME, Format.I_ATIME_EXTRA, seconds, nanos);
    }

    public static long changeSeconds(byte[] b, int at, int inodeSize) {
        return seconds(b, at, inodeSize, Format.I_CTIME, Format.I_CTIME_EXTRA);
    }

    public static int changeNanos(byte[] b, int at, int inodeSize) {
        return nanos(b, at, inodeSize, Format.I_CTIME_EXTRA);
    }

    public static void setChangeTime(byte[] b, int at, int inodeSize, long seconds, int nanos) {
        setTime(b, at, inodeSize, Format.I_CTIME, Format.I_CTIME_EXTRA, seconds, nanos);
    }

    public static long modificationSeconds(byte[] b, int at, int inodeSize) {
        return seconds(b, at, inodeSize, Format.I_MTIME, Format.I_MTIME_EXTRA);
    }

    public static int modificationNanos(byte[] b, int at, int inodeSize) {
        return nanos(b, at, inodeSize, Format.I_MTIME_EXTRA);
    }

    public static void setModificationTime(byte[] b, int at, int inodeSize, long seconds, int nanos) {
        setTime(b, at, inodeSize, Format.I_MTIME, Format.I_MTIME_EXTRA, seconds, nanos);
    }

    /** Seconds of the creation time; 0 where the record has none. */
    public static long creationSeconds(byte[] b, int at, int inodeSize) {
        return has(b, at, inodeSize, Format.I_CRTIME)
                ? seconds(b, at, inodeSize, Format.I_CRTIME, Format.I_CRTIME_EXTRA)
                : 0;
    }

    public static int creationNanos(byte[] b, int at, int inodeSize) {
        return nanos(b, at, inodeSize, Format.I_CRTIME_EXTRA);
    }

    /** Sets the creation time where the record has one. */
    public static void setCreationTime(byte[] b, int at, int inodeSize, long seconds, int nanos) {
        if (has(b, at, inodeSize, Format.I_CRTIME)) {
            setTime(b, at, inodeSize, Format.I_CRTIME, Format.I_CRTIME_EXTRA, seconds, nanos);
        }
    }

    private static final int[] TIMES = {Format.I_ATIME, Format.I_CTIME, Format.I_MTIME, Format.I_CRTIME};
    private static final int[] TIME_EXTRAS = {
        Format.I_ATIME_EXTRA, Format.I_CTIME_EXTRA, Format.I_MTIME_EXTRA, Format.I_CRTIME_EXTRA
    };

    /**
     * True when a time is in 2310 or later: kernels have written so what is before 1970, so that is what e2fsck takes it for.
     */
    public static boolean hasWrappedTime(byte[] b, int at, int inodeSize) {
        for (int i = 0; i < TIMES.length; i++) {
            if (isWrapped(b, at, inodeSize, i)) {
                return true;
            }
        }
        return false;
    }

    /** Takes times from 2310 on for what they would be before 1970. */
    public static void unwrapTimes(byte[] b, int at, int inodeSize) {
        for (int i = 0; i < TIMES.length; i++) {
            if (isWrapped(b, at, inodeSize, i)) {
                LittleEndian.put32(b, at + TIME_EXTRAS[i], LittleEndian.s32(b, at + TIME_EXTRAS[i]) & ~3);
            }
        }
    }

    private static boolean isWrapped(byte[] b, int at, int inodeSize, int time) {
        return has(b, at, inodeSize, TIME_EXTRAS[time])
                && LittleEndian.s32(b, at + TIMES[time]) < 0
                && (LittleEndian.s32(b, at + TIME_EXTRAS[time]) & 3) == 3;
    }

    /** True when the four bytes of a field beyond 128 lie in the part of the record that is in use. */
    private static boolean has(byte[] b, int at, int inodeSize, int field) {
        return inodeSize >= field + 4 && extraSize(b, at, inodeSize) >= field + 4 - Format.INODE_BASE_BYTES;
    }

    private static long seconds(byte[] b, int at, int inodeSize, int field, int extraField) {
        long low = LittleEndian.s32(b, at + field);
        return has(b, at, inodeSize, extraField) ? low + ((LittleEndian.u32(b, at + extraField) & 3) << 32) : low;
    }

    private static int nanos(byte[] b, int at, int inodeSize, int extraField) {
        return has(b, at, inodeSize, extraField) ? LittleEndian.s32(b, at + extraField) >>> 2 : 0;
    }

    private static void setTime(byte[] b, int at, int inodeSize, int field, int extraField, long seconds, int nanos) {
        LittleEndian.put32(b, at + field, (int) seconds);
        if (has(b, at, inodeSize, extraField)) {
            // The low word is signed, so the two bits count how often 2^32 must be added to its signed value.
            int epoch = (int) (seconds - (int) seconds >> 32) & 3;
            LittleEndian.put32(b, at + extraField, nanos << 2 | epoch);
        }
    }

    public static boolean isDirectory(byte[] b, int at) {
        return (mode(b, at) & Format.MODE_TYPE_MASK) == Format.MODE_DIRECTORY;
    }

    public static boolean isRegular(byte[] b, int at) {
        return (mode(b, at) & Format.MODE_TYPE_MASK) == Format.MODE_REGULAR;
    }

    public static boolean isSymlink(byte[] b, int at) {
        return (mode(b, at) & Format.MODE_TYPE_MASK) == Format.MODE_SYMLINK;
    }

    /**
     * True when the symbolic link keeps its target in {@code i_block}. The size decides, as in e2fsprogs; the sector count,
     * by which Linux tells, agrees with it on every sound image.
     */
    public static boolean isFastSymlink(byte[] b, int at) {
        return isSymlink(b, at) && size(b, at) <= Format.FAST_SYMLINK_MAX_BYTES;
    }

    /** True when {@code i_block} holds block pointers: a regular file, a directory, or a long symbolic link. */
    public static boolean hasBlockPointers(byte[] b, int at) {
        int type = mode(b, at) & Format.MODE_TYPE_MASK;
        return type == Format.MODE_REGULAR
                || type == Format.MODE_DIRECTORY
                || type == Format.MODE_SYMLINK && !isFastSymlink(b, at);
    }

    /** The {@code TYPE_…} of a directory entry that names an inode of this mode; {@code TYPE_UNKNOWN} for no valid type. */
    public static int entryType(int mode) {
        return switch (mode & Format.MODE_TYPE_MASK) {
            case Format.MODE_REGULAR -> Format.TYPE_REGULAR;
            case Format.MODE_DIRECTORY -> Format.TYPE_DIRECTORY;
            case Format.MODE_CHARACTER_DEVICE -> Format.TYPE_CHARACTER_DEVICE;
            case Format.MODE_BLOCK_DEVICE -> Format.TYPE_BLOCK_DEVICE;
            case Format.MODE_FIFO -> Format.TYPE_FIFO;
            case Format.MODE_SOCKET -> Format.TYPE_SOCKET;
            case Format.MODE_SYMLINK -> Format.TYPE_SYMLINK;
            default -> Format.TYPE_UNKNOWN;
        };
    }
}
