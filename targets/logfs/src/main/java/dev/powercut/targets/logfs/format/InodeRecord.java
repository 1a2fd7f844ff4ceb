package dev.powercut.targets.logfs.format;

import static dev.powercut.sim.bytes.LittleEndian.put32;
import static dev.powercut.sim.bytes.LittleEndian.put64;
import static dev.powercut.sim.bytes.LittleEndian.s32;
import static dev.powercut.sim.bytes.LittleEndian.s64;
import static dev.powercut.sim.bytes.LittleEndian.u32;

/** Fields of an inode record, read and written in place: it is at {@code at} in its array. */
public final class InodeRecord {

    private InodeRecord() {}

    public static int number(byte[] b, int at) {
        return s32(b, at + Format.INO_NUMBER);
    }

    public static void setNumber(byte[] b, int at, int number) {
        put32(b, at + Format.INO_NUMBER, number);
    }

    public static int mode(byte[] b, int at) {
        return s32(b, at + Format.INO_MODE);
    }

    public static void setMode(byte[] b, int at, int mode) {
        put32(b, at + Format.INO_MODE, mode);
    }

    public static long version(byte[] b, int at) {
        return s64(b, at + Format.INO_VERSION);
    }

    public static void setVersion(byte[] b, int at, long version) {
        put64(b, at + Format.INO_VERSION, version);
    }

    public static int uid(byte[] b, int at) {
        return s32(b, at + Format.INO_UID);
    }

    public static int gid(byte[] b, int at) {
        return s32(b, at + Format.INO_GID);
    }

    public static void setOwner(byte[] b, int at, int uid, int gid) {
        put32(b, at + Format.INO_UID, uid);
        put32(b, at + Format.INO_GID, gid);
    }

    public static long linkCount(byte[] b, int at) {
        return u32(b, at + Format.INO_LINKS);
    }

    public static void setLinkCount(byte[] b, int at, int count) {
        put32(b, at + Format.INO_LINKS, count);
    }

    public static int device(byte[] b, int at) {
        return s32(b, at + Format.INO_DEVICE);
    }

    public static void setDevice(byte[] b, int at, int device) {
        put32(b, at + Format.INO_DEVICE, device);
    }

    public static long sizeBytes(byte[] b, int at) {
        return s64(b, at + Format.INO_SIZE);
    }

    public static void setSizeBytes(byte[] b, int at, long sizeBytes) {
        put64(b, at + Format.INO_SIZE, sizeBytes);
    }

    public static long accessedNanos(byte[] b, int at) {
        return s64(b, at + Format.INO_ACCESSED);
    }

    public static long modifiedNanos(byte[] b, int at) {
        return s64(b, at + Format.INO_MODIFIED);
    }

    public static long changedNanos(byte[] b, int at) {
        return s64(b, at + Format.INO_CHANGED);
    }

    public static long createdNanos(byte[] b, int at) {
        return s64(b, at + Format.INO_CREATED);
    }

    public static void setTimes(byte[] b, int at, long accessed, long modified, long changed, long created) {
        put64(b, at + Format.INO_ACCESSED, accessed);
        put64(b, at + Format.INO_MODIFIED, modified);
        put64(b, at + Format.INO_CHANGED, changed);
        put64(b, at + Format.INO_CREATED, created);
    }

    public static int parent(byte[] b, int at) {
        return s32(b, at + Format.INO_PARENT);
    }

    public static void setParent(byte[] b, int at, int parent) {
        put32(b, at + Format.INO_PARENT, parent);
    }

    public static int depth(byte[] b, int at) {
        return s32(b, at + Format.INO_DEPTH);
    }

    public static int extentCount(byte[] b, int at) {
        return s32(b, at + Format.INO_EXTENT_COUNT);
    }

    public static void setExtents(byte[] b, int at, int depth, int count) {
        put32(b, at + Format.INO_DEPTH, depth);
        put32(b, at + Format.INO_EXTENT_COUNT, count);
    }

    /** An address in the area of a record with extent blocks. */
    public static int address(byte[] b, int at, int index) {
        return s32(b, at + Format.INO_AREA + Format.POINTER_BYTES * index);
    }

    public static void setAddress(byte[] b, int at, int index, int address) {
        put32(b, at + Format.INO_AREA + Format.POINTER_BYTES * index, address);
    }

    /** The least depth of an extent tree with so many extents. */
    public static int depthFor(Geometry g, int extentCount) {
        if (extentCount <= Format.INLINE_EXTENTS) {
            return 0;
        }
        int depth = 1;
        int blocks = Math.ceilDiv(extentCount, g.extentsPerBlock());
        while (blocks > Format.INLINE_ADDRESSES) {
            blocks = Math.ceilDiv(blocks, g.addressesPerBlock());
            depth++;
        }
        return depth;
    }
}
