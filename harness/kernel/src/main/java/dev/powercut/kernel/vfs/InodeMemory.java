package dev.powercut.kernel.vfs;

import dev.powercut.sim.Runner;
import dev.powercut.sim.WaitQueue;
import dev.powercut.sim.disk.Trigger;
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

    private final Runner runner;
    private final PageMemory pages;
    private final LockRules rules;
    private final List<Inode> known = new ArrayList<>();
    private final WaitQueue left = new WaitQueue("an inode to leave memory");

    InodeMemory(Runner runner, PageMemory pages, LockRules rules) {
        this.runner = runner;
        this.pages = pages;
        this.rules = rules;
    }

    /** A directory's entry has been found to lead to an inode. */
    void found(Inode directory, Inode child) {
        know(child);
        if (child.isDirectory() && child.parent != directory) {
            Inode former = child.parent;
            retain(directory);
            child.parent = directory;
            if (former != null) {
                // The tree has another shape now, and with it the order in which directories are locked.
                for (Inode inode : known) {
                    inode.forgetLockOrder();
                }
                release(former);
            }
        }
    }

    /** An inode that was found is leaving memory: waits until it, or another, has left. */
    void awaitLeaving(Inode inode) {
        if (inode.leaving) {
            runner.block(left);
        }
    }

    private void know(Inode inode) {
        if (!inode.known) {
            inode.known = true;
            rules.prepare(inode, runner);
            known.add(inode);
        }
    }

    void retain(Inode inode) {
        know(inode);
        inode.retain();
    }

    void release(Inode inode) {
        Inode unused = inode;
        // A removed directory may be the last that keeps a removed one above it.
        while (unused != null && isLast(unused) && unused.linkCount() == 0) {
            pages.drop(unused);
            unused = evict(unused);
        }
    }

    private boolean isLast(Inode inode) {
        int references = inode.release();
        if (rules.holds(LockRule.LAST_REFERENCE_SEEN_ONCE)) {
            return references == 0;
        }
        runner.point("release", inode.toString());
        return inode.references() == 0;
    }

    /** Returns the directory above, which is to be released. */
    private static @Nullable Inode evict(Inode inode) {
        inode.known = false;
        inode.forgetLockOrder();
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
                    && !inode.leaving
                    && inode != inode.fileSystem().root()) {
                write(inode);
                // While it was written, another task may have found it.
                if (inode.known && inode.references() == 0 && inode.pages().dirtyCount() == 0) {
                    leave(inode);
                }
                surplus--;
            }
        }
        known.removeIf(inode -> !inode.known);
    }

    private void write(Inode inode) {
        if (inode.pages().dirtyCount() > 0) {
            retain(inode);
            inode.lock(runner);
            try {
                pages.write(inode, 0, Long.MAX_VALUE, new Trigger.Eviction());
            } finally {
                inode.unlock();
                release(inode);
            }
        }
    }

    private void leave(Inode inode) {
        inode.leaving = true;
        Inode parent;
        try {
            pages.drop(inode);
            parent = evict(inode);
        } finally {
            inode.leaving = false;
            runner.wakeAll(left);
        }
        if (parent != null) {
            release(parent);
        }
    }

    /** The filesystem is gone. */
    void forget(FileSystem fileSystem) {
        known.removeIf(inode -> inode.fileSystem() == fileSystem);
    }
}
