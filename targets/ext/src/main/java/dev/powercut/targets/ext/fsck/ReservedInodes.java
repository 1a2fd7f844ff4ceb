package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import java.util.Arrays;

/** The part of pass 1 that looks at inodes 1 and 3 to 10: the bad blocks, the resize inode, and those that must be empty. */
final class ReservedInodes {

    private static final int STRANGE_TO_BAD_BLOCKS =
            Format.INODE_EXTENTS | Format.INODE_INLINE_DATA | Format.INODE_CASEFOLD;

    private final Scan scan;
    private final PointerWalk walk;
    private final ResizeInodeCheck resizeInode;

    ReservedInodes(Scan scan, PointerWalk walk) {
        this.scan = scan;
        this.walk = walk;
        this.resizeInode = new ResizeInodeCheck(scan, walk);
    }

    void begin() {
        resizeInode.begin();
    }

    void end() {
        resizeInode.end();
    }

    /**
     * Looks at one record.
     *
     * @return true when it was mended in place
     */
    boolean visit(int number, byte[] b, int at) {
        if (number == Format.BAD_BLOCKS_INODE) {
            return badBlocks(b, at);
        } else if (number == Format.JOURNAL_INODE && scan.volume.geometry.hasJournal()) {
            return journal(b, at);
        } else if (number == Format.RESIZE_INODE) {
            if (scan.volume.geometry.hasCompat(Features.COMPAT_RESIZE_INODE)) {
                resizeInode.check(b, at);
                return false;
            } else if (!LittleEndian.isZero(b, at + Format.I_BLOCK, 4 * Format.POINTER_COUNT)) {
                scan.report(ProblemKind.RESIZE_INODE_WITHOUT_FEATURE, Format.RESIZE_INODE, 0, 0, 0);
                return false;
            }
        }
        boolean mend = !isEmpty(number, b, at)
                && scan.report(ProblemKind.RESERVED_INODE_IN_USE, number, 0, InodeRecord.mode(b, at), 0);
        if (mend) {
            clear(b, at);
        }
        return mend;
    }

    /**
     * True when nothing makes a record something, and no field has what e2fsck does not let pass there either. What else is in it
     * means nothing, and stays.
     */
    private boolean isEmpty(int number, byte[] b, int at) {
        int flags = InodeRecord.flags(b, at);
        if (scan.sectorCounts.stored(b, at) != 0 || (flags & Format.INODE_CASEFOLD) != 0) {
            return false;
        }
        if (number == Format.USER_QUOTA_INODE || number == Format.GROUP_QUOTA_INODE || number == Format.JOURNAL_INODE) {
            boolean extents = number == Format.JOURNAL_INODE && (flags & Format.INODE_EXTENTS) != 0;
            return InodeRecord.linkCount(b, at) == 0 && InodeRecord.pointer(b, at, 0) == 0 && !extents;
        }
        int mode = InodeRecord.mode(b, at);
        boolean noType = mode == 0
                || number == Format.BOOT_LOADER_INODE && !InodeRecord.isDirectory(b, at)
                || number == Format.RESIZE_INODE && InodeRecord.isRegular(b, at);
        boolean mayHaveAttributes = scan.volume.geometry.hasCompat(Features.COMPAT_EXT_ATTR);
        int attributes = mayHaveAttributes ? InodeRecord.xattrBlock(b, at) : 0;
        long size = InodeRecord.size(b, at);
        return noType
                && (flags & Format.INODE_INDEX) == 0
                && (attributes == 0 || !scan.volume.geometry.isBlock(attributes))
                && size >= 0
                && size <= walk.maxFileSizeBytes;
    }

    private void clear(byte[] b, int at) {
        Arrays.fill(b, at, at + scan.volume.geometry.inodeSizeBytes(), (byte) 0);
    }

    /** The blocks of the journal; whether it is one has been looked at before. */
    private boolean journal(byte[] b, int at) {
        if (!InodeRecord.isRegular(b, at) || InodeRecord.linkCount(b, at) == 0) {
            return false;
        }
        long deleted = InodeRecord.deletionTimeSeconds(b, at);
        boolean mend =
                deleted != 0 && scan.report(ProblemKind.LINKED_INODE_DELETED, Format.JOURNAL_INODE, 0, deleted, 0);
        if (mend) {
            InodeRecord.setDeletionTimeSeconds(b, at, 0);
        }
        long size = InodeRecord.size(b, at);
        walk.start(Format.JOURNAL_INODE, b, at, size < 0 ? 0 : size / scan.volume.blockSize, false);
        walk.pointers();
        long stored = scan.sectorCounts.stored(b, at);
        long sectors = scan.sectorCounts.of(b, at, walk.kept);
        if (walk.beyond > 0) {
            scan.report(ProblemKind.BLOCKS_BEYOND_SIZE, Format.JOURNAL_INODE, 0, walk.beyond, sectors);
        } else if (stored != sectors) {
            scan.report(ProblemKind.SECTOR_COUNT_WRONG, Format.JOURNAL_INODE, 0, stored, sectors);
        }
        return mend || walk.recordChanged;
    }

    private boolean badBlocks(byte[] b, int at) {
        boolean odd = InodeRecord.mode(b, at) != 0
                || LittleEndian.u16(b, at + Format.I_UID) != 0
                || LittleEndian.u16(b, at + Format.I_GID) != 0
                || InodeRecord.linkCount(b, at) != 0
                || InodeRecord.xattrBlock(b, at) != 0
                || (InodeRecord.flags(b, at) & STRANGE_TO_BAD_BLOCKS) != 0;
        if (odd) {
            boolean mend = scan.report(ProblemKind.BAD_BLOCKS_INODE_INVALID, Format.BAD_BLOCKS_INODE, 0, 0, 0);
            if (mend) {
                clear(b, at);
            }
            return mend;
        }
        walk.start(Format.BAD_BLOCKS_INODE, b, at, Long.MAX_VALUE, false);
        walk.pointers();
        if (walk.gaveUp && scan.report(ProblemKind.TOO_MANY_BAD_POINTERS, Format.BAD_BLOCKS_INODE, 0, 0, 0)) {
            clear(b, at);
            return true;
        }
        return walk.recordChanged;
    }
}
