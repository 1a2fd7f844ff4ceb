package dev.powercut.targets.logfs.fs;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;

/**
 * How much room is left for files. What counts is what is live, wherever it is, and what has been granted and is not written yet; dead
 * blocks do not, since the cleaner can always get them back: the reserve that {@link Geometry#fileBlocks} leaves out sees to that, and it
 * pays for extent blocks. To write what replaces something live needs no room of its own.
 */
final class Space {

    private final SegmentUsage usage;
    private final int blockSizeBytes;
    private final long limitBytes;
    private long grantedBytes;
    private int extentBlocks;

    Space(Geometry geometry, SegmentUsage usage, int extentBlocks, boolean keepsReserve) {
        this.extentBlocks = extentBlocks;
        this.usage = usage;
        this.blockSizeBytes = geometry.blockSizeBytes();
        this.limitBytes = (keepsReserve ? geometry.fileBlocks() : geometry.fileBlocks(0)) * blockSizeBytes;
    }

    /**
     * Grants room for new blocks and new inodes.
     *
     * @throws ErrnoException ENOSPC
     */
    void grant(long blocks, int inodes) {
        long bytes = blocks * blockSizeBytes + (long) inodes * Format.INODE_BYTES;
        if (bytes > freeBytes()) {
            throw Errno.ENOSPC.exception();
        }
        grantedBytes += bytes;
    }

    /** Grants room without asking whether there is any: to recovery, which only repeats what was granted before. */
    void grantAnyway(long blocks, int inodes) {
        grantedBytes += blocks * blockSizeBytes + (long) inodes * Format.INODE_BYTES;
    }

    /** What was granted is live now, or is not needed any more. */
    void giveBack(long blocks, int inodes) {
        grantedBytes -= blocks * blockSizeBytes + (long) inodes * Format.INODE_BYTES;
    }

    /** An extent block has become live (1) or dead (-1): how a file is scattered must not change how much room there is. */
    void countExtentBlock(int sign) {
        extentBlocks += sign;
    }

    int extentBlocks() {
        return extentBlocks;
    }

    private long freeBytes() {
        return limitBytes - usage.liveBytes() + (long) extentBlocks * blockSizeBytes - grantedBytes;
    }

    long freeBlocks() {
        return Math.max(0, freeBytes() / blockSizeBytes);
    }

    long totalBlocks() {
        return limitBytes / blockSizeBytes;
    }
}
