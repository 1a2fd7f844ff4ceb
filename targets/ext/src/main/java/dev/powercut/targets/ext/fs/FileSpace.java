package dev.powercut.targets.ext.fs;

import dev.powercut.check.image.BlockSet;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.targets.ext.format.BlockMap;

/**
 * Delayed allocation: bytes that are dirtied in the page cache get their blocks when they are written out, but the space is
 * reserved before, exactly: each file block without a block, and each indirect block that will be needed on the way.
 */
final class FileSpace {

    private final Volume volume;
    private final BlockMap map;
    private final BlockTree tree;
    private final BlockAllocator allocator;

    FileSpace(Volume volume, BlockTree tree, BlockAllocator allocator) {
        this.volume = volume;
        this.map = volume.map;
        this.tree = tree;
        this.allocator = allocator;
    }

    /**
     * Reserves what bytes {@code offsetBytes} to {@code endBytes - 1} need; all or nothing.
     *
     * @throws ErrnoException ENOSPC, EFBIG
     */
    void reserve(ExtInode inode, long offsetBytes, long endBytes, int uid) {
        if (endBytes > maxSizeBytes()) {
            throw Errno.EFBIG.exception();
        } else if (offsetBytes >= endBytes) {
            return;
        }
        long first = offsetBytes / volume.blockSizeBytes;
        long last = (endBytes - 1) / volume.blockSizeBytes;
        Reservation reservation = inode.reservation;
        long before = reservation.size();
        BlockSet added = new BlockSet();
        BlockSet addedNodes = new BlockSet();
        try {
            for (long fileBlock = first; fileBlock <= last; fileBlock++) {
                if (added.size() > allocator.freeBlocks()) {
                    // More than there can ever be room for, which need not all be counted.
                    throw Errno.ENOSPC.exception();
                }
                if (!reservation.data.contains(fileBlock) && tree.find(inode, fileBlock) == 0) {
                    reservation.data.add(fileBlock);
                    added.add(fileBlock);
                    addNodes(inode, fileBlock, addedNodes);
                }
            }
            allocator.require(reservation.size() - before, uid);
        } catch (ErrnoException e) {
            for (int i = 0; i < added.size(); i++) {
                reservation.data.remove(added.get(i));
            }
            for (int i = 0; i < addedNodes.size(); i++) {
                reservation.nodes.remove(addedNodes.get(i));
            }
            throw e;
        }
        allocator.reserve(reservation.size() - before);
    }

    /** The largest size that a file can have here. */
    long maxSizeBytes() {
        return volume.superblock.canHoldLargeFiles()
                ? volume.maxFileSizeBytes
                : Math.min(volume.maxFileSizeBytes, Integer.MAX_VALUE);
    }

    private void addNodes(ExtInode inode, long fileBlock, BlockSet added) {
        int missing = tree.missingNodes(inode, fileBlock);
        for (int level = 1; level <= missing; level++) {
            long key = tree.nodeKey(fileBlock, level);
            if (inode.reservation.nodes.add(key)) {
                added.add(key);
            }
        }
    }

    /** A reserved file block is allocated now, or was found not to be needed. */
    void consume(ExtInode inode, long fileBlock) {
        if (inode.reservation.data.remove(fileBlock)) {
            allocator.release(1);
        }
    }

    /** Gives back what is reserved from a file block on. */
    void releaseFrom(ExtInode inode, long firstFileBlock) {
        release(inode, firstFileBlock, Long.MAX_VALUE);
    }

    /** Gives back what is reserved from a file block to before another. */
    void release(ExtInode inode, long firstFileBlock, long endFileBlock) {
        Reservation reservation = inode.reservation;
        if (reservation.size() == 0) {
            return;
        }
        int removed = reservation.data.removeRange(firstFileBlock, endFileBlock);
        int nodes = reservation.nodes.size();
        if (removed == 0 && reservation.data.size() > 0) {
            return;
        }
        reservation.nodes.clear();
        BlockSet again = new BlockSet();
        for (int i = 0; i < reservation.data.size(); i++) {
            addNodes(inode, reservation.data.get(i), again);
        }
        allocator.release(removed + nodes - reservation.nodes.size());
    }

    /** What a directory needs to grow by one block: the block and the nodes on the way. */
    int blocksToAppend(ExtInode directory, long fileBlock) {
        if (fileBlock >= map.reachableBlocks()) {
            throw Errno.ENOSPC.exception();
        }
        return 1 + tree.missingNodes(directory, fileBlock);
    }
}
