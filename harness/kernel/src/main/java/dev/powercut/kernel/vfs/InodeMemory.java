package dev.powercut.kernel.vfs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        Inode left = inode;
        // A removed directory may be the last that keeps a removed one above it.
        while (left != null && left.release() == 0 && left.linkCount() == 0) {
            pages.drop(left);
            left = evict(left);
        }
    }

    /** Returns the directory above, which is to be released. */
    private static @Nullable Inode evict(Inode inode) {
        inode.known = false;
        inode.fileSystem().evict(inode);
        Inode parent = inode.parent;
        inode.parent = null;
        return parent;
    }

    /** Keeps to the limit: evicts what is not in use, longest known first. Call it between operations. */
    void trim() {
        if (known.size() <= LIMIT) {
            return;
        }
        int surplus = known.size() - LIMIT / 2;
        List<Inode> candidates = new ArrayList<>(known);
        for (Inode inode : candidates) {
            if (surplus > 0
                    && inode.known
                    && inode.references() == 0
                    && inode != inode.fileSystem().root()) {
                pages.writeAndDrop(inode);
                Inode parent = evict(inode);
                if (parent != null) {
                    release(parent);
                }
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
