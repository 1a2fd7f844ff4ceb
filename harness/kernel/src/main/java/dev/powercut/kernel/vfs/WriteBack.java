package dev.powercut.kernel.vfs;

import dev.powercut.kernel.cache.Page;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.Trigger;
import java.util.ArrayList;
import java.util.List;

/**
 * Write-back at moments that the choices pick, as a kernel's flusher threads might: after each system call nothing, some file
 * pages, some metadata, or everything. So data of every age is met on its way to the disk.
 */
final class WriteBack {

    /** How often nothing, pages of one file, metadata of one filesystem, or everything is written. */
    private static final int[] WEIGHTS = {24, 3, 4, 1};

    private final Vfs vfs;
    private final OperationChoices choices;
    private final boolean enabled;

    WriteBack(Vfs vfs, Choices choices, boolean enabled) {
        this.vfs = vfs;
        this.choices = new OperationChoices(vfs.runner(), choices, "write-back");
        this.enabled = enabled;
    }

    void afterCall() {
        if (!enabled) {
            return;
        }
        Choices drawn = choices.next();
        switch (drawn.weighted("write-back.what", WEIGHTS)) {
            case 0 -> {}
            case 1 -> somePages(drawn);
            case 2 -> someMetadata(drawn);
            default -> everything();
        }
    }

    private void somePages(Choices drawn) {
        List<Inode> dirty = vfs.pages().dirtyInodes();
        if (dirty.isEmpty()) {
            return;
        }
        Inode inode = dirty.get(drawn.choose("write-back.inode", dirty.size()));
        List<Page> pages = dirty(inode, 0, Long.MAX_VALUE);
        int first = drawn.choose("write-back.first-page", pages.size());
        int last = drawn.between("write-back.last-page", first, pages.size() - 1);
        write(inode, pages.get(first).index(), pages.get(last).index(), new Trigger.WriteBack());
    }

    /**
     * Writes all dirty pages of a filesystem, file by file in the order in which they became dirty. Waits for files that are being cut
     * off: when pages are dropped, and the filesystem does not know yet, the disk may get neither what they held nor the new size.
     */
    void all(FileSystem fileSystem, Trigger trigger) {
        for (Inode inode : vfs.pages().unwrittenInodes()) {
            if (inode.fileSystem() == fileSystem) {
                write(inode, 0, Long.MAX_VALUE, trigger);
            }
        }
    }

    /** The caller has no inode locked. While a file waits for its turn, it may be cut off, or its last name and user may go. */
    void write(Inode inode, long firstPage, long lastPage, Trigger trigger) {
        if (inode.pages().dirtyCount() == 0 && !vfs.pages().isBeingCut(inode)) {
            return;
        }
        boolean keeps = vfs.holds(LockRule.WRITE_BACK_KEEPS_INODE);
        List<Page> early =
                vfs.holds(LockRule.WRITE_BACK_LOOKS_UNDER_LOCK) ? List.of() : dirty(inode, firstPage, lastPage);
        if (keeps) {
            vfs.inodes().retain(inode);
        }
        inode.lock(vfs.runner());
        try {
            for (Page page : early) {
                inode.pages().putBack(page);
            }
            vfs.pages().write(inode, firstPage, lastPage, trigger);
            if (!keeps) {
                // Whose record this is by now, it cannot know.
                inode.fileSystem().attributesChanged(inode);
            }
        } finally {
            inode.unlock();
            if (keeps) {
                vfs.inodes().release(inode);
            }
        }
    }

    private static List<Page> dirty(Inode inode, long firstPage, long lastPage) {
        List<Page> dirty = new ArrayList<>();
        for (Page page : inode.pages().range(firstPage, lastPage)) {
            if (page.isDirty()) {
                dirty.add(page);
            }
        }
        return dirty;
    }

    private void someMetadata(Choices drawn) {
        List<Mount> mounts = vfs.mounts().all();
        if (mounts.isEmpty()) {
            return;
        }
        Mount mount = mounts.get(drawn.choose("write-back.mount", mounts.size()));
        if (!mount.isReadOnly()) {
            mount.fileSystem.writeBackSome(drawn);
        }
    }

    private void everything() {
        Trigger trigger = new Trigger.WriteBack();
        for (Mount mount : vfs.mounts().all()) {
            if (!mount.isReadOnly()) {
                all(mount.fileSystem, trigger);
                mount.fileSystem.syncAll(trigger);
            }
        }
    }
}
