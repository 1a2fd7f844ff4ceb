package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.DirectoryHash;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.InodeRecord;

/**
 * Pass 1: every inode record that is not zero, and through {@link PointerWalk} every block it owns. Fills the censuses.
 *
 * <p>The same walk mends, when asked to: what is wrong in a record or pointer is put right where it stands, and goes to the
 * device with the edits of the stage.
 */
final class InodePass {

    /** Sectors of an inode table read at once; a multiple of the sectors of any inode. */
    private static final int CHUNK_SECTORS = 32;

    /** A directory with more holes than blocks and these is cut off at the first hole rather than filled up. */
    private static final int HOLES_TO_FILL = 64;

    /** A directory has 32 bits of size; e2fsck takes no more than this. */
    private static final long MOST_DIRECTORY_BYTES = 1L << 31;

    private final Scan scan;
    private final PointerWalk walk;
    private final ReservedInodes reserved;
    private final byte[] chunk = new byte[CHUNK_SECTORS * Sector.BYTES];
    private final InodeFields fields;
    private final Disguise disguise;

    /** Of the volume being scanned. */
    private int inodeSize;

    private int blockSize;
    private int inodeCount;
    private int firstInode;
    private boolean checksLowDeletionTimes;
    private boolean changed;

    InodePass(Scan scan, PointerWalk walk) {
        this.scan = scan;
        this.walk = walk;
        this.reserved = new ReservedInodes(scan, walk);
        this.fields = new InodeFields(scan, chunk);
        this.disguise = new Disguise(scan, walk);
    }

    void run() {
        Volume volume = scan.volume;
        Geometry geometry = volume.geometry;
        inodeSize = geometry.inodeSizeBytes();
        blockSize = volume.blockSize;
        inodeCount = volume.inodeCount;
        firstInode = geometry.firstInode();
        checksLowDeletionTimes = volume.checksLowDeletionTimes();
        scan.inodes.reset(inodeCount, firstInode);
        scan.directories.reset();
        scan.xattrs.reset();
        walk.begin();
        reserved.begin();
        for (int group = 0; group < volume.groupCount; group++) {
            table(geometry.sectorOf(volume.table.inodeTable(group)), 1 + group * geometry.inodesPerGroup());
        }
        scan.inodes.freeze();
        reserved.end();
        if (scan.inodes.type[Format.ROOT_INODE - 1] != Format.TYPE_DIRECTORY) {
            scan.report(ProblemKind.ROOT_NOT_A_DIRECTORY, Format.ROOT_INODE, 0, 0, 0);
        }
    }

    /** Reads the parts of one inode table that are not zero. */
    private void table(long start, int firstNumber) {
        int perGroup = scan.volume.geometry.inodesPerGroup();
        long end = start + ((long) perGroup * inodeSize + Sector.BYTES - 1) / Sector.BYTES;
        long sector = start;
        while ((sector = scan.volume.device.skipZeroes(sector, end)) < end) {
            if (inodeSize > Sector.BYTES) {
                sector -= (sector - start) % (inodeSize / Sector.BYTES);
            }
            int sectors = (int) Math.min(CHUNK_SECTORS, end - sector);
            scan.volume.device.read(sector, sectors, chunk, 0);
            int number = firstNumber + (int) ((sector - start) * Sector.BYTES / inodeSize);
            int records = Math.min(sectors * Sector.BYTES / inodeSize, firstNumber + perGroup - number);
            for (int i = 0; i < records; i++) {
                int at = i * inodeSize;
                if (LittleEndian.u16(chunk, at + Format.I_MODE) != 0
                        || LittleEndian.u16(chunk, at + Format.I_LINKS_COUNT) != 0
                        || LittleEndian.s32(chunk, at + Format.I_DTIME) != 0
                        || number + i < firstInode) {
                    visit(number + i, at);
                }
            }
            sector += sectors;
        }
    }

    private void visit(int number, int at) {
        changed = false;
        if (number >= firstInode || number == Format.ROOT_INODE) {
            ordinary(number, at);
        } else {
            lowDeletionTime(number, at);
            if (number == Format.BOOT_LOADER_INODE && InodeRecord.isRegular(chunk, at)) {
                regular(number, at, InodeRecord.linkCount(chunk, at));
            } else {
                changed |= reserved.visit(number, chunk, at);
            }
        }
        if (changed) {
            byte[] block = scan.edits.edit(scan.volume.table.blockOfInode(number), BlockRole.INODE_TABLE);
            System.arraycopy(chunk, at, block, scan.volume.geometry.offsetInBlockOfInode(number), inodeSize);
        }
    }

    private void ordinary(int number, int at) {
        int links = InodeRecord.linkCount(chunk, at);
        long deleted = InodeRecord.deletionTimeSeconds(chunk, at);
        if (!lowDeletionTime(number, at)
                && links != 0
                && deleted != 0
                && scan.report(ProblemKind.LINKED_INODE_DELETED, number, 0, deleted, 0)) {
            InodeRecord.setDeletionTimeSeconds(chunk, at, 0);
            changed = true;
        }
        if (links != 0) {
            used(number, at, links);
        } else if (deleted == 0 && InodeRecord.mode(chunk, at) != 0) {
            scan.report(ProblemKind.UNLINKED_INODE_NOT_DELETED, number, 0, 0, 0);
        }
    }

    /** A deletion time that is really the next inode of a list of orphans. */
    private boolean lowDeletionTime(int number, int at) {
        long deleted = InodeRecord.deletionTimeSeconds(chunk, at);
        if (deleted == 0 || deleted >= inodeCount || !checksLowDeletionTimes) {
            return false;
        }
        if (scan.report(ProblemKind.DELETION_TIME_TOO_LOW, number, 0, deleted, 0)) {
            boolean free = InodeRecord.linkCount(chunk, at) == 0;
            InodeRecord.setDeletionTimeSeconds(chunk, at, free ? scan.nowSeconds : 0);
            changed = true;
        }
        return true;
    }

    private void used(int number, int at, int links) {
        int mode = InodeRecord.mode(chunk, at);
        int type = InodeRecord.entryType(mode);
        if (disguise.isOfDirectory(number, chunk, at, type, links)) {
            type = Format.TYPE_DIRECTORY;
            if (scan.report(ProblemKind.DIRECTORY_IN_DISGUISE, number, 0, mode, 0)) {
                InodeRecord.setMode(chunk, at, Format.MODE_DIRECTORY | mode & Format.MODE_PERMISSION_MASK);
                changed = true;
            }
        }
        if (number == Format.ROOT_INODE && type != Format.TYPE_DIRECTORY) {
            return; // The end of the pass finds that there is no root.
        }
        changed |= fields.check(number, at, type);
        boolean sound = switch (type) {
            case Format.TYPE_REGULAR -> regular(number, at, links);
            case Format.TYPE_DIRECTORY -> directory(number, at, links);
            case Format.TYPE_SYMLINK -> symlink(number, at, links);
            case Format.TYPE_UNKNOWN -> false;
            default -> special(number, at, type, links);
        };
        if (!sound && scan.report(ProblemKind.MODE_INVALID, number, 0, mode, 0)) {
            clear(at);
        }
    }

    private void clear(int at) {
        InodeRecord.setMode(chunk, at, 0);
        InodeRecord.setLinkCount(chunk, at, 0);
        InodeRecord.setDeletionTimeSeconds(chunk, at, scan.nowSeconds);
        changed = true;
    }

    private int add(int number, int type, int links) {
        if (number < firstInode) {
            scan.inodes.set(number - 1, type, links);
            return number - 1;
        }
        return scan.inodes.add(number, type, links);
    }

    private boolean regular(int number, int at, int links) {
        int ordinal = add(number, Format.TYPE_REGULAR, links);
        long size = InodeRecord.size(chunk, at);
        boolean impossible = size < 0 || size > walk.maxFileSizeBytes;
        walk.start(number, chunk, at, impossible ? Long.MAX_VALUE : blocksOf(size), false);
        walk.pointers();
        walk.attributes();
        if (impossible) {
            long end = (walk.lastFileBlock + 1) * blockSize;
            if (scan.report(ProblemKind.SIZE_TOO_LARGE, number, 0, size, end)) {
                InodeRecord.setSize(chunk, at, end);
                changed = true;
            }
        } else if (size > Integer.MAX_VALUE && !scan.volume.geometry.hasRoCompat(Features.RO_COMPAT_LARGE_FILE)) {
            scan.reportLargeFile(number, size);
        }
        if (size != 0 || walk.kept != 0) {
            scan.inodes.flags[ordinal] = InodeCensus.HAS_CONTENTS;
        }
        finish(number, at);
        return true;
    }

    private long blocksOf(long size) {
        return (size + blockSize - 1) / blockSize;
    }

    /** What all inodes have in common after their walk: blocks beyond the size, sector count, pointers that had to go. */
    private void finish(int number, int at) {
        changed |= walk.recordChanged;
        if (walk.gaveUp) {
            if (scan.report(ProblemKind.TOO_MANY_BAD_POINTERS, number, 0, 0, 0)) {
                clear(at); // Of a reserved inode, the rest goes when it is seen to have no mode.
            }
            return;
        }
        long stored = scan.sectorCounts.stored(chunk, at);
        long sectors = scan.sectorCounts.of(chunk, at, walk.kept);
        if (walk.missing > 0) {
            scan.report(ProblemKind.BLOCKS_BEYOND_DEVICE, number, 0, walk.missing, 0);
        }
        if (walk.beyond > 0) {
            boolean after = isJustAfterEnd(at) && stored == scan.sectorCounts.of(chunk, at, walk.kept + walk.beyond);
            ProblemKind kind = after ? ProblemKind.BLOCKS_AFTER_END : ProblemKind.BLOCKS_BEYOND_SIZE;
            scan.report(kind, number, 0, walk.beyond, sectors);
        } else if (stored != sectors && !walk.awaitsCopies()) {
            scan.report(ProblemKind.SECTOR_COUNT_WRONG, number, 0, stored, sectors);
        }
    }

    /** Of a file that ends with a block, one more is nothing to e2fsck, when it is counted. */
    private boolean isJustAfterEnd(int at) {
        return InodeRecord.isRegular(chunk, at) && walk.lastFileBlock * blockSize <= InodeRecord.size(chunk, at);
    }

    private boolean directory(int number, int at, int links) {
        int ordinal = add(number, Format.TYPE_DIRECTORY, links);
        int index = scan.directories.add(number, ordinal);
        scan.inodes.directory[ordinal] = index;
        long size = InodeRecord.sizeLow(chunk, at);
        walk.start(number, chunk, at, blocksOf(size), true);
        walk.pointers();
        walk.attributes();
        finish(number, at);
        if (walk.gaveUp) {
            return true;
        } else if (walk.lastFileBlock < 0) {
            if (scan.report(ProblemKind.DIRECTORY_WITHOUT_BLOCKS, number, 0, 0, 0)) {
                clear(at);
            }
            return true;
        }
        long end = Math.min((walk.lastFileBlock + 1) * blockSize, MOST_DIRECTORY_BYTES);
        long holes = walk.holes();
        boolean tooManyHoles = holes > walk.leaves + HOLES_TO_FILL;
        if (size == 0 || size % blockSize != 0 || size > end || tooManyHoles) {
            long right = tooManyHoles ? Math.max(1, walk.firstHole()) * blockSize : end;
            if (scan.report(ProblemKind.DIRECTORY_SIZE_INVALID, number, 0, size, right)) {
                InodeRecord.setSizeLow(chunk, at, right);
                changed = true;
            }
        } else if (holes > 0) {
            scan.report(ProblemKind.DIRECTORY_HOLE, number, 0, holes, 0);
        }
        boolean indexed = (InodeRecord.flags(chunk, at) & Format.INODE_INDEX) != 0;
        scan.directories.indexed[index] = indexed && hasValidIndex(at);
        if (indexed && !scan.directories.indexed[index]) {
            if (scan.report(ProblemKind.HASH_INDEX_INVALID, number, 0, 0, 0)) {
                InodeRecord.setFlags(chunk, at, InodeRecord.flags(chunk, at) & ~Format.INODE_INDEX);
                changed = true;
            }
        }
        return true;
    }

    /** The root of a hash tree, in the free space of the first block (kernel documentation, ext4/directory: struct dx_root). */
    private boolean hasValidIndex(int at) {
        int block = InodeRecord.pointer(chunk, at, 0);
        if (!scan.volume.geometry.isBlock(block)) {
            return true; // The pointer has been reported.
        }
        byte[] b = walk.block(block);
        int limit = LittleEndian.u16(b, Format.DX_ROOT_INFO + 8);
        int count = LittleEndian.u16(b, Format.DX_ROOT_INFO + 10);
        return LittleEndian.s32(b, Format.DX_ROOT_INFO) == 0
                && LittleEndian.u8(b, Format.DX_HASH_VERSION) <= DirectoryHash.TEA
                && LittleEndian.u8(b, Format.DX_INFO_LENGTH) == 8
                && LittleEndian.u8(b, Format.DX_INDIRECT_LEVELS) <= 1
                && (LittleEndian.u8(b, Format.DX_FLAGS) & 1) == 0
                && limit == (blockSize - Format.DX_ROOT_INFO - 8) / 8
                && count >= 1
                && count <= limit;
    }

    private boolean symlink(int number, int at, int links) {
        long size = InodeRecord.size(chunk, at);
        boolean fast = InodeRecord.isFastSymlink(chunk, at);
        boolean sound = size > 0 && size < blockSize;
        if (sound && fast) {
            sound = LittleEndian.isZero(chunk, at + Format.I_BLOCK + (int) size, 1)
                    && noZeroIn(chunk, at + Format.I_BLOCK, (int) size);
        } else if (sound) {
            int block = InodeRecord.pointer(chunk, at, 0);
            sound = scan.volume.geometry.isBlock(
                    block); // What the other pointers lead to is beyond the size, and goes.
            if (sound) {
                byte[] b = walk.block(block);
                sound = b[(int) size] == 0 && noZeroIn(b, 0, (int) size);
            }
        }
        if (!sound) {
            if (scan.report(ProblemKind.SYMLINK_INVALID, number, 0, size, 0)) {
                clear(at);
            }
            return true;
        }
        int ordinal = add(number, Format.TYPE_SYMLINK, links);
        immutable(number, at);
        scan.inodes.flags[ordinal] = InodeCensus.HAS_CONTENTS;
        walk.start(number, chunk, at, 1, false);
        if (!fast) {
            walk.pointers();
        }
        walk.attributes();
        finish(number, at);
        return true;
    }

    private static boolean noZeroIn(byte[] b, int at, int length) {
        for (int i = at; i < at + length; i++) {
            if (b[i] == 0) {
                return false;
            }
        }
        return true;
    }

    /** Linux lets nobody set these on anything but files and directories. */
    private void immutable(int number, int at) {
        int flags = InodeRecord.flags(chunk, at);
        int odd = flags & (Format.INODE_IMMUTABLE | Format.INODE_APPEND);
        if (odd != 0 && scan.report(ProblemKind.SPECIAL_FILE_HAS_FLAGS, number, 0, odd, 0)) {
            InodeRecord.setFlags(chunk, at, flags & ~odd);
            changed = true;
        }
    }

    private boolean special(int number, int at, int type, int links) {
        int flags = InodeRecord.flags(chunk, at);
        boolean extraWords = !LittleEndian.isZero(chunk, at + Format.I_BLOCK + 16, 4 * (Format.POINTER_COUNT - 4));
        if ((flags & (Format.INODE_INDEX | Format.INODE_EXTENTS)) != 0
                || (flags & (Format.INODE_IMMUTABLE | Format.INODE_APPEND)) != 0 && extraWords) {
            return false;
        }
        add(number, type, links);
        immutable(number, at);
        long size = InodeRecord.size(chunk, at);
        if (size != 0 && scan.report(ProblemKind.SPECIAL_FILE_HAS_SIZE, number, 0, size, 0)) {
            InodeRecord.setSize(chunk, at, 0);
            changed = true;
        }
        walk.start(number, chunk, at, 0, false);
        walk.attributes();
        finish(number, at);
        return true;
    }
}
