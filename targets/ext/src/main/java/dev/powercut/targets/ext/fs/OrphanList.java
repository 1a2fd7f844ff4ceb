package dev.powercut.targets.ext.fs;

import java.util.ArrayList;
import java.util.List;

/**
 * Inodes that a crash must not leave as they are: without a name but still open, or cut short in several steps. Where operations
 * are atomic they are linked from the superblock through the field that later holds the deletion time, and recovery
 * finishes with each. Careful ordering keeps no such list: a check finds them.
 */
final class OrphanList {

    private final Volume volume;
    private final InodeStore inodes;
    private final boolean isKept;
    // The last one is the head.
    private final List<ExtInode> orphans = new ArrayList<>();

    OrphanList(Volume volume, InodeStore inodes) {
        this.volume = volume;
        this.inodes = inodes;
        this.isKept = volume.discipline.operationsAreAtomic();
    }

    /** Puts an inode on the list; the caller stores its record afterwards. */
    void add(ExtInode inode) {
        if (isKept && !inode.isOrphan) {
            inode.isOrphan = true;
            inode.nextOrphan = volume.superblock.lastOrphan();
            volume.superblock.setLastOrphan(inode.ino());
            orphans.add(inode);
        }
    }

    /** Takes an inode off the list; the caller stores its record afterwards. */
    void remove(ExtInode inode) {
        if (!inode.isOrphan) {
            return;
        }
        int at = orphans.lastIndexOf(inode);
        if (at == orphans.size() - 1) {
            volume.superblock.setLastOrphan(inode.nextOrphan);
        } else {
            ExtInode before = orphans.get(at + 1);
            before.nextOrphan = inode.nextOrphan;
            inodes.store(before, Sites.ORPHAN_LIST);
        }
        orphans.remove(at);
        inode.isOrphan = false;
        inode.nextOrphan = 0;
    }
}
