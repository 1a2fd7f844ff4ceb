package dev.powercut.kernel.vfs;

import dev.powercut.kernel.cache.Page;

/** Reading through the page cache. */
final class FileReading {

    private FileReading() {}

    /** The caller holds the inode's lock. */
    static int read(Vfs vfs, OpenFile file, byte[] buffer, int offset, int count, long position) {
        Inode inode = file.inode;
        if (count == 0) {
            return 0;
        }
        int wanted = (int) Math.min(count, Math.max(0, inode.sizeBytes() - position));
        int done = 0;
        while (done < wanted) {
            long at = position + done;
            int inPage = (int) (at % Page.BYTES);
            int length = Math.min(wanted - done, Page.BYTES - inPage);
            Page page = vfs.pages().load(inode, at / Page.BYTES);
            System.arraycopy(page.data(), inPage, buffer, offset + done, length);
            done += length;
        }
        ReadAhead readAhead = vfs.readAhead();
        if (readAhead != null && wanted > 0) {
            readAhead.read(file, position / Page.BYTES, (position + wanted - 1) / Page.BYTES);
        }
        if (!file.leavesAccessTime()) {
            vfs.accessed(file.mount, inode);
        }
        return done;
    }
}
