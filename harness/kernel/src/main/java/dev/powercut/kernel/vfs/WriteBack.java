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
        List<Page> pages = new ArrayList<>();
        for (Page page : inode.pages().all()) {
            if (page.isDirty()) {
                pages.add(page);
            }
        }
        int first = drawn.choose("write-back.first-page", pages.size());
        int last = drawn.between("write-back.last-page", first, pages.size() - 1);
        vfs.pages().write(inode, pages.get(first).index(), pages.get(last).index(), new Trigger.WriteBack());
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
                vfs.pages().writeAll(mount.fileSystem, trigger);
                mount.fileSystem.syncAll(trigger);
            }
        }
    }
}
