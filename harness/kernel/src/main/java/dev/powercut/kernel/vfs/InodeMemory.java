package dev.powercut.kernel.vfs;

import java.util.ArrayList;
import java.util.List;

/**
 * Which inodes the VFS has seen, and how long they stay. An inode without links is deleted with its last reference; one with
 * links stays in memory until there are too many.
 */
final class InodeMemory {

    /** How many unused inodes may stay; few enough that a long workload meets evicted ones. */
    private static final int LIMIT = 256;

    private final PageMemory pages;
    private final List<Inode> known = new ArrayList<>();

    InodeMemory(PageMemory pages) {
        this.pages = pages;
    }

    /** A directory's entry has been found to lead to an inode. */
    void found(Inode directory, Inode child) {
        know(child);
        if (child.isDirectory() && child.parent != directory) {
            Inode former = child.parent;
            retain(directory);
            child.parent = directory;
            if (former != null) {
                release(former);
            }
        }
    }

    private void know(Inode inode) {
        if (!inode.known) {
            inode.known = true;
            known.add(inode);
        }
    }

    void retain(Inode inode) {
        know(inode);
        inode.retain();
    }

    void release(Inode inode) {
        if (inode.release() == 0 && inode.linkCount() == 0) {
            pages.drop(inode);
            evict(inode);
        }
    }

    private void evict(Inode inode) {
        inode.known = false;
        inode.fileSystem().evict(inode);
        Inode parent = inode.parent;
        if (parent != null) {
            inode.parent = null;
            release(parent);
        }
    }

    /** Keeps to the limit: evicts what is not in use, longest known first. Call it between operations. */
    void trim() {
        if (known.size() <= LIMIT) {
            return;
        }
        int surplus = known.size() - LIMIT / 2;
        List<Inode> candidates = new ArrayList<>(known);
        for (Inode inode : candidates) {
            if (surplus > 0 && inode.known && inode.references() == 0 && inode != inode.fileSystem().root()) {
                pages.writeAndDrop(inode);
                evict(inode);
                surplus--;
            }
        }
        known.removeIf(inode -> !inode.known);
    }

    /** The filesystem is gone. */
    void forget(FileSystem fileSystem) {
        known.removeIf(inode -> inode.fileSystem() == fileSystem);
    }
}
