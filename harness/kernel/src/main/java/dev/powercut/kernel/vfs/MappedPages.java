package dev.powercut.kernel.vfs;

import dev.powercut.kernel.cache.Page;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;

/** Loads from and stores to files that processes have mapped: the pages are those of the page cache. */
public final class MappedPages {

    private static final Site STORE = new Site("vfs.mmap", "a program stored to a mapping of the file");

    private final Vfs vfs;

    MappedPages(Vfs vfs) {
        this.vfs = vfs;
    }

    /** A file has been mapped: it counts as read. */
    public void opened(OpenFile file) {
        file.inode.lock(vfs.runner());
        try {
            if (!file.leavesAccessTime()) {
                vfs.accessed(file.mount, file.inode);
            }
        } finally {
            file.inode.unlock();
        }
    }

    /** Copies bytes of a page out; false when the file has no such page. */
    public boolean load(OpenFile file, long page, int inPage, byte[] to, int offset, int count) {
        Inode inode = file.inode;
        inode.lock(vfs.runner());
        try {
            if (page * Page.BYTES >= inode.sizeBytes()) {
                return false;
            }
            System.arraycopy(vfs.pages().load(inode, page).data(), inPage, to, offset, count);
            return true;
        } finally {
            inode.unlock();
        }
    }

    /**
     * Copies bytes into a page; false when the file has no such page. What lies behind the end of the file in its last page is not
     * kept.
     *
     * @throws ErrnoException when the file can have no space there
     */
    public boolean store(
            PathContext context, OpenFile file, long page, int inPage, byte[] from, int offset, int count) {
        Inode inode = file.inode;
        inode.lock(vfs.runner());
        try {
            long position = page * Page.BYTES + inPage;
            if (page * Page.BYTES >= inode.sizeBytes()) {
                return false;
            }
            int kept = (int) Math.min(count, inode.sizeBytes() - position);
            if (kept > 0) {
                inode.fileSystem().reserve(inode, position, position + kept, context.uid);
                Page stored = vfs.pages().load(inode, page);
                boolean wasClean = !stored.isDirty();
                System.arraycopy(from, offset, stored.data(), inPage, kept);
                vfs.pages().markDirty(inode, stored, STORE);
                if (wasClean) {
                    inode.setModifiedNanos(vfs.nowNanos());
                    inode.setChangedNanos(vfs.nowNanos());
                    inode.fileSystem().attributesChanged(inode);
                }
            }
            return true;
        } finally {
            inode.unlock();
        }
    }

    /** msync with MS_SYNC: what was stored to some pages is durable, and what it takes to read it back. EIO as of fsync. */
    public void sync(OpenFile file, long firstPage, long lastPage) {
        if (file.mount.hasNothingToSync()) {
            return;
        }
        Trigger trigger = new Trigger.Fsync(vfs.runner().current().operation());
        Inode inode = file.inode;
        inode.lock(vfs.runner());
        try {
            vfs.pages().write(inode, firstPage, lastPage, trigger);
            inode.fileSystem().syncInode(inode, true, trigger);
        } finally {
            inode.unlock();
        }
        file.requireNoWriteErrors();
    }
}
