package dev.powercut.targets.logfs.format;

import static dev.powercut.sim.bytes.LittleEndian.put16;
import static dev.powercut.sim.bytes.LittleEndian.put32;
import static dev.powercut.sim.bytes.LittleEndian.put64;
import static dev.powercut.sim.bytes.LittleEndian.put8;
import static dev.powercut.sim.bytes.LittleEndian.s32;
import static dev.powercut.sim.bytes.LittleEndian.s64;
import static dev.powercut.sim.bytes.LittleEndian.u16;
import static dev.powercut.sim.bytes.LittleEndian.u8;

/** Fields of a directory operation record, read in place: it is at {@code at} in its array. */
public final class OperationRecord {

    private static final byte[] NO_NAME = new byte[0];

    private OperationRecord() {}

    /**
     * Makes a record.
     *
     * @param type the inode's mode shifted right by 12
     * @param fromDirectory where a name is removed, 0 for nowhere
     * @param toDirectory where a name is set, 0 for nowhere
     * @param replaced inode that loses the name that is set, 0 for none
     */
    public static byte[] encode(
            int kind,
            int type,
            long timeNanos,
            int inode,
            int linkCount,
            long version,
            int fromDirectory,
            byte[] fromName,
            int toDirectory,
            byte[] toName,
            int replaced,
            int replacedLinkCount,
            long replacedVersion) {
        byte[] from = fromDirectory == 0 ? NO_NAME : fromName;
        byte[] to = toDirectory == 0 ? NO_NAME : toName;
        byte[] b = new byte[Format.OP_NAMES + from.length + to.length + 7 & ~7];
        put16(b, Format.OP_LENGTH, b.length);
        put8(b, Format.OP_KIND, kind);
        put8(b, Format.OP_TYPE, type);
        put8(b, Format.OP_FROM_NAME_LENGTH, from.length);
        put8(b, Format.OP_TO_NAME_LENGTH, to.length);
        put64(b, Format.OP_TIME, timeNanos);
        put32(b, Format.OP_INODE, inode);
        put32(b, Format.OP_LINKS, linkCount);
        put64(b, Format.OP_VERSION, version);
        put32(b, Format.OP_FROM_DIRECTORY, fromDirectory);
        put32(b, Format.OP_TO_DIRECTORY, toDirectory);
        put32(b, Format.OP_REPLACED, replaced);
        put32(b, Format.OP_REPLACED_LINKS, replacedLinkCount);
        put64(b, Format.OP_REPLACED_VERSION, replacedVersion);
        System.arraycopy(from, 0, b, Format.OP_NAMES, from.length);
        System.arraycopy(to, 0, b, Format.OP_NAMES + from.length, to.length);
        return b;
    }

    /** Where the records of a block end, which begins at {@code at}; -1 when it cannot be what the block says. */
    public static int endOfRecords(Geometry g, byte[] b, int at) {
        int used = s32(b, at + Format.OPS_USED);
        return used >= Format.OPS_RECORDS && used <= g.blockSizeBytes() ? at + used : -1;
    }

    /** Whether a record lies between {@code at} and {@code end}, with its names. */
    public static boolean isWhole(byte[] b, int at, int end) {
        if (at + Format.OP_NAMES > end) {
            return false;
        }
        int length = length(b, at);
        return length % 8 == 0
                && at + length <= end
                && Format.OP_NAMES + fromNameLength(b, at) + toNameLength(b, at) <= length;
    }

    /** Whether a record {@linkplain #isWhole is whole}, and says what can be: {@link Format}, case T when not. */
    public static boolean isSound(Geometry g, byte[] b, int at, int end) {
        return isWhole(b, at, end)
                && isName(g, fromDirectory(b, at), b, fromNameAt(at), fromNameLength(b, at))
                && isName(g, toDirectory(b, at), b, toNameAt(b, at), toNameLength(b, at))
                && isFile(g, inode(b, at), version(b, at), linkCount(b, at))
                && (replaced(b, at) == 0
                        || isFile(g, replaced(b, at), replacedVersion(b, at), replacedLinkCount(b, at)));
    }

    private static boolean isName(Geometry g, int directory, byte[] b, int at, int length) {
        return directory == 0 || g.isInodeNumber(directory) && DirectoryBlock.isName(b, at, length);
    }

    private static boolean isFile(Geometry g, int number, long version, int links) {
        return g.isInodeNumber(number) && version > 0 && links >= 0 && links <= Format.MAX_LINKS;
    }

    public static int length(byte[] b, int at) {
        return u16(b, at + Format.OP_LENGTH);
    }

    public static int kind(byte[] b, int at) {
        return u8(b, at + Format.OP_KIND);
    }

    public static int type(byte[] b, int at) {
        return u8(b, at + Format.OP_TYPE);
    }

    public static int fromNameLength(byte[] b, int at) {
        return u8(b, at + Format.OP_FROM_NAME_LENGTH);
    }

    public static int toNameLength(byte[] b, int at) {
        return u8(b, at + Format.OP_TO_NAME_LENGTH);
    }

    public static long timeNanos(byte[] b, int at) {
        return s64(b, at + Format.OP_TIME);
    }

    public static int inode(byte[] b, int at) {
        return s32(b, at + Format.OP_INODE);
    }

    public static int linkCount(byte[] b, int at) {
        return s32(b, at + Format.OP_LINKS);
    }

    public static long version(byte[] b, int at) {
        return s64(b, at + Format.OP_VERSION);
    }

    public static int fromDirectory(byte[] b, int at) {
        return s32(b, at + Format.OP_FROM_DIRECTORY);
    }

    public static int toDirectory(byte[] b, int at) {
        return s32(b, at + Format.OP_TO_DIRECTORY);
    }

    public static int replaced(byte[] b, int at) {
        return s32(b, at + Format.OP_REPLACED);
    }

    public static int replacedLinkCount(byte[] b, int at) {
        return s32(b, at + Format.OP_REPLACED_LINKS);
    }

    public static long replacedVersion(byte[] b, int at) {
        return s64(b, at + Format.OP_REPLACED_VERSION);
    }

    /** Where the removed name is. */
    public static int fromNameAt(int at) {
        return at + Format.OP_NAMES;
    }

    /** Where the name that is set is. */
    public static int toNameAt(byte[] b, int at) {
        return at + Format.OP_NAMES + fromNameLength(b, at);
    }
}
