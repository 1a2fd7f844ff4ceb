package dev.powercut.kernel.vfs;

import dev.powercut.kernel.cache.Page;

/**
 * SEEK_DATA and SEEK_HOLE (POSIX.1-2024, lseek). Data is what has space on the disk or waits in a dirty page; the end of the
 * file counts as a hole.
 */
final class HoleSearch {

    private HoleSearch() {}

    static long seek(Vfs vfs, Inode inode, long offsetBytes, boolean wantsData) {
        inode.lock(vfs.runner());
        try {
            if (offsetBytes < 0 || offsetBytes >= inode.sizeBytes()) {
                throw Errno.ENXIO.exception();
            }
            if (!inode.isRegular()) {
                return wantsData ? offsetBytes : inode.sizeBytes();
            }
            long found = wantsData ? data(inode, offsetBytes) : hole(inode, offsetBytes);
            if (wantsData && found >= inode.sizeBytes()) {
                throw Errno.ENXIO.exception();
            }
            return Math.min(found, inode.sizeBytes());
        } finally {
            inode.unlock();
        }
    }

    private static long data(Inode inode, long offsetBytes) {
        long onDisk = inode.fileSystem().nextData(inode, offsetBytes);
        if (inode.pages().dirtyCount() > 0) {
            for (Page page : inode.pages().range(offsetBytes / Page.BYTES, Long.MAX_VALUE)) {
                if (page.isDirty()) {
                    return Math.min(onDisk, Math.max(offsetBytes, page.index() * Page.BYTES));
                }
            }
        }
        return onDisk;
    }

    private static long hole(Inode inode, long offsetBytes) {
        long at = inode.fileSystem().nextHole(inode, offsetBytes);
        while (at < inode.sizeBytes() && inode.pages().dirtyCount() > 0) {
            Page page = inode.pages().get(at / Page.BYTES);
            if (page == null || !page.isDirty()) {
                break;
            }
            at = inode.fileSystem().nextHole(inode, (page.index() + 1) * Page.BYTES);
        }
        return at;
    }
}
