package dev.powercut.targets.ext.fsck;

import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;

/**
 * How an inode says how much room it takes: in 32 bits, of sectors; with the feature huge_file in 48 bits, and of blocks where the inode's
 * flag says so (kernel documentation, ext4/inodes).
 */
final class SectorCounts {

    private final Scan scan;

    SectorCounts(Scan scan) {
        this.scan = scan;
    }

    private boolean isHuge() {
        return scan.volume.geometry.hasRoCompat(Features.RO_COMPAT_HUGE_FILE);
    }

    /** What an inode counts. */
    long stored(byte[] b, int at) {
        return isHuge() ? InodeRecord.sectorCount(b, at) : InodeRecord.sectorCountLow(b, at);
    }

    /** What it is to count for so many blocks. */
    long of(byte[] b, int at, long blocks) {
        boolean inBlocks = isHuge() && (InodeRecord.flags(b, at) & Format.INODE_HUGE_FILE) != 0;
        return inBlocks ? blocks : blocks * scan.volume.sectorsPerBlock;
    }

    void set(byte[] b, int at, long count) {
        if (isHuge()) {
            InodeRecord.setSectorCount(b, at, count);
        } else {
            InodeRecord.setSectorCountLow(b, at, count);
        }
    }
}
