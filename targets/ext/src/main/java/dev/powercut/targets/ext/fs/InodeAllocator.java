package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.targets.ext.format.Bitmap;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;

/**
 * Gives out inodes and takes them back. A file's inode lies in the group of its directory, so that what is used together is
 * close; a directory below the root goes to the group with the fewest directories among those with more than average space,
 * so that groups fill evenly; deeper directories stay near their parent unless its group is crowded (after Orlov's allocator
 * for FFS).
 */
final class InodeAllocator {

    private final Volume volume;
    private final GroupCounts counts;
    private final InodeStore inodes;
    private int awaiting;

    InodeAllocator(Volume volume, GroupCounts counts, InodeStore inodes) {
        this.volume = volume;
        this.counts = counts;
        this.inodes = inodes;
    }

    /**
     * Allocates an inode for a new entry of a directory.
     *
     * @throws ErrnoException ENOSPC
     */
    int allocate(ExtInode parent, boolean isDirectory) {
        while (true) {
            int start = isDirectory ? groupForDirectory(parent) : groupForFile(parent);
            for (int i = 0; i < volume.groupCount; i++) {
                int group = (start + i) % volume.groupCount;
                int bit = counts.freeInodes(group) > 0 ? findFree(group) : -1;
                if (bit >= 0) {
                    return take(group, bit, isDirectory);
                }
            }
            if (awaiting == 0 || !volume.discipline.makeRoom(Sites.INODES_RAN_OUT)) {
                throw Errno.ENOSPC.exception();
            }
        }
    }

    private int findFree(int group) {
        byte[] bits = bitmap(group).data();
        int perGroup = volume.geometry.inodesPerGroup();
        int from = group == 0 ? volume.geometry.firstInode() - 1 : 0;
        int bit = Bitmap.firstClear(bits, 0, from, perGroup);
        while (bit >= 0 && isInUse(group * perGroup + bit + 1)) {
            // The bitmap gives away an inode that somebody uses: leave it alone.
            volume.superblock.noteError();
            bit = Bitmap.firstClear(bits, 0, bit + 1, perGroup);
        }
        if (bit < 0) {
            counts.correctFreeInodes(group, 0);
            volume.superblock.noteError();
        }
        return bit;
    }

    private boolean isInUse(int ino) {
        if (inodes.isInMemory(ino)) {
            return true;
        }
        byte[] b = volume.read(volume.groups.blockOfInode(ino), BlockRole.INODE_TABLE)
                .data();
        int at = volume.geometry.offsetInBlockOfInode(ino);
        return InodeRecord.linkCount(b, at) != 0 && InodeRecord.deletionTimeSeconds(b, at) == 0;
    }

    private int take(int group, int bit, boolean isDirectory) {
        Buffer buffer = bitmap(group);
        Bitmap.set(buffer.data(), 0, bit);
        volume.changed(buffer, bit >>> 3, 1, Sites.INODE_BITMAP);
        counts.addFreeInodes(group, -1);
        if (isDirectory) {
            counts.addDirectories(group, 1);
        }
        return group * volume.geometry.inodesPerGroup() + bit + 1;
    }

    /** The sector of the bitmap that marks an inode. */
    BufferSector markOf(int ino) {
        return bitmap(volume.geometry.groupOfInode(ino)).sectorAt(volume.geometry.indexOfInode(ino) >>> 3);
    }

    /** Takes back an inode whose record is durably empty, and that no entry names. */
    void free(int ino, boolean isDirectory) {
        int group = volume.geometry.groupOfInode(ino);
        int bit = volume.geometry.indexOfInode(ino);
        Buffer buffer = bitmap(group);
        if (!Bitmap.isSet(buffer.data(), 0, bit)) {
            volume.superblock.noteError();
            return;
        }
        Bitmap.clear(buffer.data(), 0, bit);
        volume.changed(buffer, bit >>> 3, 1, Sites.INODE_BITMAP_FREE);
        counts.addFreeInodes(group, 1);
        if (isDirectory) {
            counts.addDirectories(group, -1);
        }
    }

    /** Inodes that wait for a durable write before they are free. */
    void addAwaiting(int inodes) {
        awaiting += inodes;
    }

    long freeInodes() {
        return counts.freeInodes() + awaiting;
    }

    private int groupForFile(ExtInode parent) {
        int own = volume.geometry.groupOfInode(parent.ino());
        if (counts.freeInodes(own) > 0 && counts.freeBlocks(own) > 0) {
            return own;
        }
        // Files of directories in the same group meet again elsewhere: spread by the directory's number, then probe.
        int group = (own + parent.ino()) % volume.groupCount;
        for (int step = 1; step < volume.groupCount; step <<= 1) {
            group = (group + step) % volume.groupCount;
            if (counts.freeInodes(group) > 0 && counts.freeBlocks(group) > 0) {
                return group;
            }
        }
        return own;
    }

    private int groupForDirectory(ExtInode parent) {
        return parent.ino() == Format.ROOT_INODE ? emptiestGroup() : groupNear(parent);
    }

    private int emptiestGroup() {
        long averageInodes = counts.freeInodes() / volume.groupCount;
        long averageBlocks = counts.freeBlocks() / volume.groupCount;
        int best = -1;
        for (int group = 0; group < volume.groupCount; group++) {
            if (counts.freeInodes(group) > 0
                    && counts.freeInodes(group) >= averageInodes
                    && counts.freeBlocks(group) >= averageBlocks
                    && (best < 0 || counts.directories(group) < counts.directories(best))) {
                best = group;
            }
        }
        return Math.max(best, 0);
    }

    private int groupNear(ExtInode parent) {
        long mostDirectories = counts.directories() / volume.groupCount + volume.geometry.inodesPerGroup() / 16 + 1;
        long fewestInodes = counts.freeInodes() / volume.groupCount - volume.geometry.inodesPerGroup() / 4;
        long fewestBlocks = counts.freeBlocks() / volume.groupCount - volume.geometry.blocksPerGroup() / 4;
        int own = volume.geometry.groupOfInode(parent.ino());
        for (int i = 0; i < volume.groupCount; i++) {
            int group = (own + i) % volume.groupCount;
            if (counts.freeInodes(group) > 0
                    && counts.directories(group) < mostDirectories
                    && counts.freeInodes(group) >= fewestInodes
                    && counts.freeBlocks(group) >= fewestBlocks) {
                return group;
            }
        }
        return own;
    }

    private Buffer bitmap(int group) {
        return volume.read(volume.groups.inodeBitmap(group), BlockRole.INODE_BITMAP);
    }
}
