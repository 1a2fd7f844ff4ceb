package dev.powercut.kernel.vfs;

import dev.powercut.kernel.cache.Page;
import dev.powercut.sim.disk.Site;

/**
 * Sizes of files, and what lies behind their ends.
 *
 * <p>Invariant: bytes of a page beyond the end of the file are zero in memory. What is on the device there is made zero before
 * the file grows over it: when the file shrinks, or, for a file that an earlier mount left with unknown bytes there, when it
 * grows for the first time.
 */
final class FileSizing {

    private static final Site SHRINK = new Site("vfs.truncate", "bytes behind the new end of the file were cleared");
    private static final Site GROW =
            new Site("vfs.grow", "the file grows over bytes behind its end that may not be zero");

    private final Vfs vfs;

    FileSizing(Vfs vfs) {
        this.vfs = vfs;
    }

    /** truncate(2). The caller holds the inode's lock. */
    void resize(PathContext context, Inode inode, long sizeBytes) {
        long oldSizeBytes = inode.sizeBytes();
        if (sizeBytes > oldSizeBytes) {
            grow(inode, oldSizeBytes, sizeBytes);
        } else if (sizeBytes < oldSizeBytes) {
            shrink(inode, oldSizeBytes, sizeBytes);
        }
        contentsChanged(context, inode);
    }

    private void grow(Inode inode, long oldSizeBytes, long sizeBytes) {
        makeTailSound(inode, Long.MAX_VALUE);
        inode.setSizeBytes(sizeBytes);
        try {
            inode.fileSystem().truncate(inode, oldSizeBytes);
        } catch (ErrnoException failure) {
            inode.setSizeBytes(oldSizeBytes);
            throw failure;
        }
    }

    private void shrink(Inode inode, long oldSizeBytes, long sizeBytes) {
        int inPage = (int) (sizeBytes % Page.BYTES);
        long lastPage = sizeBytes / Page.BYTES;
        if (inPage != 0) {
            Page page = vfs.pages().load(inode, lastPage);
            if (!isZeroFrom(page.data(), inPage)) {
                java.util.Arrays.fill(page.data(), inPage, Page.BYTES, (byte) 0);
                vfs.pages().markDirty(inode, page, SHRINK);
                inode.tailSound = true;
            } else if (lastPage < oldSizeBytes / Page.BYTES) {
                // All of the page was within the file, so what was seen is what the device has.
                inode.tailSound = true;
            }
        }
        vfs.pages().beginCut(inode);
        try {
            vfs.pages().dropFrom(inode, inPage == 0 ? lastPage : lastPage + 1);
            inode.setSizeBytes(sizeBytes);
            inode.cutFrom(inPage == 0 ? lastPage : lastPage + 1);
            inode.fileSystem().truncate(inode, oldSizeBytes);
        } finally {
            vfs.pages().endCut(inode);
        }
    }

    private static boolean isZeroFrom(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The file is about to grow, leaving bytes between its present end and what comes: sees to it that the rest of its last page
     * is zero on the device, unless that page is the one that will be written anyway.
     */
    void makeTailSound(Inode inode, long pageAboutToBeWritten) {
        long lastPage = inode.sizeBytes() / Page.BYTES;
        if (inode.sizeBytes() % Page.BYTES == 0 || inode.tailSound || lastPage == pageAboutToBeWritten) {
            return;
        }
        Page page = vfs.pages().load(inode, lastPage);
        vfs.pages().markDirty(inode, page, GROW);
        inode.tailSound = true;
    }

    /** Contents or size were changed by a program: the times change, and set-user-ID programs lose that bit. */
    void contentsChanged(PathContext context, Inode inode) {
        long nowNanos = vfs.nowNanos();
        inode.setModifiedNanos(nowNanos);
        inode.setChangedNanos(nowNanos);
        if (!context.isSuperUser()) {
            inode.setMode(Permissions.withoutSetId(inode.mode()));
        }
        inode.fileSystem().attributesChanged(inode);
    }
}
