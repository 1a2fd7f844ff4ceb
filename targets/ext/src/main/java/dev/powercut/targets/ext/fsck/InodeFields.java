package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.InodeRecord;

/** The fields of an inode that say nothing of its blocks: those that must be zero, flags, times, attributes in the record. */
final class InodeFields {

    /** Flags that need features which no ext2 image has, and say that contents are other than they look. */
    private static final int ALIEN_FLAGS = 0x800 // encrypted
            | Format.INODE_EXTENTS
            | Format.INODE_INLINE_DATA
            | Format.INODE_CASEFOLD;

    static final int IMAGIC_FLAG = 0x2000;

    private final Scan scan;

    /** The records that are being looked at. */
    private final byte[] chunk;

    private final AttributeEntries attributes = new AttributeEntries();
    private int inodeSize;
    private boolean changed;

    InodeFields(Scan scan, byte[] chunk) {
        this.scan = scan;
        this.chunk = chunk;
    }

    /**
     * Checks an inode's fields, and mends them when asked to.
     *
     * @param at where its record begins
     * @return whether the record was changed
     */
    boolean check(int number, int at, int type) {
        changed = false;
        inodeSize = scan.volume.geometry.inodeSizeBytes();
        boolean huge = scan.volume.geometry.hasRoCompat(Features.RO_COMPAT_HUGE_FILE);
        boolean odd = InodeRecord.fragmentAddress(chunk, at) != 0
                || LittleEndian.u16(chunk, at + Format.I_BLOCKS_HIGH) != 0 && !huge
                || LittleEndian.u16(chunk, at + Format.I_FILE_ACL_HIGH) != 0
                || type == Format.TYPE_DIRECTORY && InodeRecord.sizeHigh(chunk, at) != 0;
        if (odd && scan.report(ProblemKind.FIELD_NOT_ZERO, number, 0, 0, 0)) {
            InodeRecord.setFragmentAddress(chunk, at, 0);
            LittleEndian.put16(
                    chunk, at + Format.I_BLOCKS_HIGH, huge ? LittleEndian.u16(chunk, at + Format.I_BLOCKS_HIGH) : 0);
            LittleEndian.put16(chunk, at + Format.I_FILE_ACL_HIGH, 0);
            if (type == Format.TYPE_DIRECTORY) {
                InodeRecord.setSizeHigh(chunk, at, 0);
            }
            changed = true;
        }
        int flags = InodeRecord.flags(chunk, at);
        boolean indexed = (flags & Format.INODE_INDEX) != 0;
        int alien = flags & ALIEN_FLAGS;
        if (flags != 0) {
            Geometry geometry = scan.volume.geometry;
            if (indexed && (type != Format.TYPE_DIRECTORY || !geometry.hasCompat(Features.COMPAT_DIR_INDEX))) {
                alien |= Format.INODE_INDEX;
            }
            alien |= geometry.hasCompat(Features.COMPAT_IMAGIC_INODES) ? 0 : flags & IMAGIC_FLAG;
        }
        if (alien != 0 && scan.report(ProblemKind.FLAGS_INVALID, number, 0, alien, 0)) {
            InodeRecord.setFlags(chunk, at, flags & ~alien);
            changed = true;
        }
        if (inodeSize > Format.INODE_BASE_BYTES) {
            checkExtraSize(number, at);
        }
        return changed;
    }

    private void checkExtraSize(int number, int at) {
        int extra = InodeRecord.extraSize(chunk, at, inodeSize);
        int most = inodeSize - Format.INODE_BASE_BYTES;
        boolean wrong = extra != 0 && (extra < 4 || extra > most || (extra & 3) != 0);
        if (wrong && scan.report(ProblemKind.EXTRA_SIZE_INVALID, number, 0, extra, most)) {
            InodeRecord.setExtraSize(chunk, at, inodeSize, Math.min(most, Format.EXTRA_ISIZE_KNOWN_BYTES));
            changed = true;
        }
        if (!wrong
                && InodeRecord.hasWrappedTime(chunk, at, inodeSize)
                && scan.report(ProblemKind.TIME_WRAPPED, number, 0, 0, 0)) {
            InodeRecord.unwrapTimes(chunk, at, inodeSize);
            changed = true;
        }
        if (!wrong && extra < most - 4) {
            checkAttributes(number, at, at + Format.INODE_BASE_BYTES + extra);
        }
    }

    /** Attributes in the rest of the record, after four bytes of magic. */
    private void checkAttributes(int number, int at, int header) {
        if (LittleEndian.s32(chunk, header) == Format.XATTR_MAGIC
                && !attributes.isSoundRecord(chunk, header + 4, at + inodeSize)
                && scan.report(ProblemKind.ATTRIBUTES_INVALID, number, 0, 0, 0)) {
            LittleEndian.put32(chunk, header, 0);
            changed = true;
        }
    }
}
