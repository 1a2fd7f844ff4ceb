package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.targets.ext.format.Bitmap;
import dev.powercut.targets.ext.format.BlockRole;

/**
 * Gives out blocks and takes them back. A block is near its goal: right at it when that is free, else after it in the same
 * group, else in the next group with space. Space for data that is written later is reserved as a number, so that a later
 * {@link #allocate} cannot fail on a sound image.
 */
final class BlockAllocator {

    private final Volume volume;
    private final GroupCounts counts;
    private final HeldBlocks held;
    private long reserved;
    private long awaiting;

    BlockAllocator(Volume volume, GroupCounts counts) {
        this.volume = volume;
        this.counts = counts;
        this.held = new HeldBlocks(volume.geometry);
    }

    /**
     * Makes sure that a user may allocate so many blocks now, waiting for blocks that are being freed when that helps.
     *
     * @throws ErrnoException ENOSPC
     */
    void require(long blocks, int uid) {
        while (blocks > 0 && counts.freeBlocks() - held.count() - reserved - volume.superblock.keptFrom(uid) < blocks) {
            if (awaiting + held.count() == 0 || !volume.discipline.makeRoom(Sites.SPACE_RAN_OUT)) {
                throw Errno.ENOSPC.exception();
            }
        }
    }

    /** Keeps free blocks, which {@link #require} has found, for later allocation. */
    void reserve(long blocks) {
        reserved += blocks;
    }

    /** Reserved blocks are allocated now, or not needed any more. */
    void release(long blocks) {
        reserved -= blocks;
    }

    /** Free for a user who may use all: what is free or will be once it is durably freed, without what is reserved. */
    long freeBlocks() {
        return Math.max(0, counts.freeBlocks() + awaiting - reserved);
    }

    /** What has been marked as free so far is going to be so durably. */
    void closeHeld() {
        held.close();
    }

    /** All that was marked as free until the last {@link #closeHeld} is so durably. */
    void releaseHeld() {
        held.release();
    }

    /** Blocks that wait for a durable write before they are free. */
    void addAwaiting(long blocks) {
        awaiting += blocks;
    }

    /** Allocates a block at or near a goal, which may be any number; the caller has made sure that there is one. */
    int allocate(int goal) {
        boolean valid = volume.geometry.isBlock(goal);
        int start = valid ? volume.geometry.groupOfBlock(goal) : 0;
        int index = valid ? volume.geometry.indexOfBlock(goal) : 0;
        for (int i = 0; i < volume.groupCount; i++) {
            int group = (start + i) % volume.groupCount;
            if (counts.freeBlocks(group) > held.count(group)) {
                int bit = findFree(group, i == 0 ? index : 0);
                if (bit >= 0) {
                    return take(group, bit);
                }
                // The descriptor promised what the bitmap does not have.
                counts.correctFreeBlocks(group, held.count(group));
                volume.superblock.noteError();
            }
        }
        throw volume.corrupt("the bitmaps have fewer free blocks than the descriptors say");
    }

    /** A free bit from {@code from} on, else any other of the group, else -1. */
    private int findFree(int group, int from) {
        byte[] bits = bitmap(group).data();
        int end = volume.geometry.blocksInGroup(group);
        int bit = findFree(group, bits, from, end);
        return bit >= 0 ? bit : findFree(group, bits, 0, from);
    }

    private int findFree(int group, byte[] bits, int from, int to) {
        int first = volume.geometry.firstBlockOfGroup(group);
        int bit = Bitmap.firstClear(bits, 0, from, to);
        while (bit >= 0 && (held.contains(group, bit) || volume.groups.roleOf(first + bit) != BlockRole.DATA)) {
            if (!held.contains(group, bit)) {
                // The bitmap gives away a bitmap or a table: never hand it out.
                volume.superblock.noteError();
            }
            bit = Bitmap.firstClear(bits, 0, bit + 1, to);
        }
        return bit;
    }

    private int take(int group, int bit) {
        Buffer buffer = bitmap(group);
        Bitmap.set(buffer.data(), 0, bit);
        volume.changed(buffer, bit >>> 3, 1, Sites.BLOCK_BITMAP);
        counts.addFreeBlocks(group, -1);
        return volume.geometry.firstBlockOfGroup(group) + bit;
    }

    /** The sector of the bitmap that marks a block. */
    BufferSector markOf(int block) {
        return bitmap(volume.geometry.groupOfBlock(block)).sectorAt(volume.geometry.indexOfBlock(block) >>> 3);
    }

    /** Takes back blocks to which nothing points any more, durably. */
    void free(int first, int count) {
        for (int block = first; block < first + count; block++) {
            int group = volume.geometry.groupOfBlock(block);
            int bit = volume.geometry.indexOfBlock(block);
            Buffer buffer = bitmap(group);
            if (!Bitmap.isSet(buffer.data(), 0, bit)) {
                // Free already: two files owned it.
                volume.superblock.noteError();
                continue;
            }
            Bitmap.clear(buffer.data(), 0, bit);
            volume.changed(buffer, bit >>> 3, 1, Sites.BLOCK_BITMAP_FREE);
            counts.addFreeBlocks(group, 1);
            if (volume.discipline.holdsFreedBlocks()) {
                held.add(group, bit);
            }
        }
    }

    private Buffer bitmap(int group) {
        return volume.read(volume.groups.blockBitmap(group), BlockRole.BLOCK_BITMAP);
    }
}
