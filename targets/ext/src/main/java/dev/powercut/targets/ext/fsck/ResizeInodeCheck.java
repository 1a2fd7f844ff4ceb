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

    void check(byte[] b, int at) {
        seen = true;
        Geometry geometry = scan.volume.geometry;
        if (!isValid(geometry, b, at)) {
            scan.report(ProblemKind.RESIZE_INODE_INVALID, Format.RESIZE_INODE, 0, 0, 0);
            return;
        }
        walk.start(Format.RESIZE_INODE, b, at, Long.MAX_VALUE, false);
        walk.claimAlone(InodeRecord.pointer(b, at, Format.DOUBLE_INDIRECT));
        long sectors = ResizeInode.blockCount(geometry) * scan.volume.sectorsPerBlock;
        long stored = InodeRecord.sectorCountLow(b, at);
        if (stored != sectors) {
            scan.report(ProblemKind.SECTOR_COUNT_WRONG, Format.RESIZE_INODE, 0, stored, sectors);
        }
    }

    private boolean isValid(Geometry geometry, byte[] b, int at) {
        int block = InodeRecord.pointer(b, at, Format.DOUBLE_INDIRECT);
        for (int i = 0; i < Format.POINTER_COUNT; i++) {
            if (i != Format.DOUBLE_INDIRECT && InodeRecord.pointer(b, at, i) != 0) {
                return false;
            }
        }
        if (!InodeRecord.isRegular(b, at)
                || InodeRecord.linkCount(b, at) == 0
                || InodeRecord.deletionTimeSeconds(b, at) != 0
                || InodeRecord.xattrBlock(b, at) != 0
                || LittleEndian.s32(b, at + Format.I_BLOCKS_HIGH) != 0
                || InodeRecord.fragmentAddress(b, at) != 0
                || InodeRecord.flags(b, at) != 0
                || InodeRecord.size(b, at) != ResizeInode.sizeBytes(geometry)
                || !geometry.isBlock(block)
                || scan.volume.table.roleOf(block) != BlockRole.DATA) {
            return false;
        }
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
}
