package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.ResizeInode;
import java.util.Arrays;

/** Compares the resize inode with what follows from the geometry. Its reserved blocks count as fixed metadata. */
final class ResizeInodeCheck {

    /** That e2fsck does not let pass here. */
    private static final int STRANGE_FLAGS =
            Format.INODE_EXTENTS | Format.INODE_INLINE_DATA | Format.INODE_CASEFOLD | Format.INODE_INDEX;

    private final Scan scan;
    private final PointerWalk walk;
    private byte[] expected = {};
    private boolean seen;

    ResizeInodeCheck(Scan scan, PointerWalk walk) {
        this.scan = scan;
        this.walk = walk;
    }

    void begin() {
        seen = false;
    }

    /** All inodes have been visited: one in an empty part of the table has not. */
    void end() {
        if (!seen && scan.volume.geometry.hasCompat(Features.COMPAT_RESIZE_INODE)) {
            scan.report(ProblemKind.RESIZE_INODE_INVALID, Format.RESIZE_INODE, 0, 0, 0);
        }
    }

    /** It holds what it should; or as many blocks, so that nothing else is wrong with the volume; or something else. */
    void check(byte[] b, int at) {
        seen = true;
        Geometry geometry = scan.volume.geometry;
        int block = InodeRecord.pointer(b, at, Format.DOUBLE_INDIRECT);
        long sectors = scan.sectorCounts.of(b, at, ResizeInode.blockCount(geometry));
        long stored = scan.sectorCounts.stored(b, at);
        boolean record = hasSoundRecord(b, at);
        long size = InodeRecord.size(b, at);
        if (size > Integer.MAX_VALUE && !geometry.hasRoCompat(Features.RO_COMPAT_LARGE_FILE)) {
            scan.reportLargeFile(Format.RESIZE_INODE, size);
        }
        boolean claimed = isData(block) && walk.claimAlone(block);
        if (record && claimed && InodeRecord.linkCount(b, at) != 0 && listsReservedBlocks(block)) {
            if (stored != sectors) {
                scan.report(ProblemKind.SECTOR_COUNT_WRONG, Format.RESIZE_INODE, 0, stored, sectors);
            }
        } else if (record && claimed && stored == scan.sectorCounts.of(b, at, listed(block))) {
            scan.report(ProblemKind.RESIZE_INODE_DIFFERS, Format.RESIZE_INODE, 0, 0, 0);
        } else {
            scan.report(ProblemKind.RESIZE_INODE_INVALID, Format.RESIZE_INODE, 0, 0, 0);
        }
    }

    private boolean isData(int block) {
        return scan.volume.geometry.isBlock(block) && scan.volume.table.roleOf(block) == BlockRole.DATA;
    }

    /** All of the record but its links. Of size and times e2fsck takes any that a file may have. */
    private boolean hasSoundRecord(byte[] b, int at) {
        for (int i = 0; i < Format.POINTER_COUNT; i++) {
            if (i != Format.DOUBLE_INDIRECT && InodeRecord.pointer(b, at, i) != 0) {
                return false;
            }
        }
        long size = InodeRecord.size(b, at);
        int attributes = InodeRecord.xattrBlock(b, at);
        return InodeRecord.isRegular(b, at)
                && size >= 0
                && size <= walk.maxFileSizeBytes
                && (attributes == 0 || !scan.volume.geometry.isBlock(attributes))
                && (InodeRecord.flags(b, at) & STRANGE_FLAGS) == 0;
    }

    private boolean listsReservedBlocks(int block) {
        Geometry geometry = scan.volume.geometry;
        if (expected.length != scan.volume.blockSize) {
            expected = new byte[scan.volume.blockSize];
        }
        ResizeInode.putDoubleIndirect(geometry, expected, 0);
        if (!Arrays.equals(expected, walk.block(block))) {
            return false;
        }
        for (int i = 0; i < geometry.reservedGdtBlocks(); i++) {
            ResizeInode.putBackupList(geometry, i, expected, 0);
            if (!Arrays.equals(expected, walk.block(ResizeInode.reservedBlock(geometry, i)))) {
                return false;
            }
        }
        return true;
    }

    /** How many blocks are listed, with those that list them; -1 where one is none of the volume. */
    private long listed(int block) {
        byte[] lists = walk.block(block).clone();
        long count = 1;
        for (int i = 0; i < lists.length; i += 4) {
            int list = LittleEndian.s32(lists, i);
            if (list == 0) {
                continue;
            } else if (!scan.volume.geometry.isBlock(list)) {
                return -1;
            }
            count++;
            byte[] blocks = walk.block(list);
            for (int j = 0; j < blocks.length; j += 4) {
                int backup = LittleEndian.s32(blocks, j);
                if (backup != 0 && !scan.volume.geometry.isBlock(backup)) {
                    return -1;
                }
                count += backup == 0 ? 0 : 1;
            }
        }
        return count;
    }
}
