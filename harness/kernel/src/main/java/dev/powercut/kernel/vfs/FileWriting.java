package dev.powercut.kernel.vfs;

import dev.powercut.kernel.cache.Page;
import dev.powercut.sim.disk.Site;

/** Writing into the page cache. Space is reserved before a page is dirtied, so that writing back cannot run out of it. */
final class FileWriting {

    private static final Site WRITE = new Site("vfs.write", "a program wrote into the file");

    private final Vfs vfs;
    private final FileSizing sizing;

    FileWriting(Vfs vfs, FileSizing sizing) {
        this.vfs = vfs;
        this.sizing = sizing;
    }

    /** The caller holds the inode's lock. Returns how many bytes found room. */
    int write(PathContext context, Inode inode, byte[] buffer, int offset, int count, long position) {
        if (count == 0) {
            return 0;
        }
        int granted = reserve(context, inode, position, count);
        if (position > inode.sizeBytes()) {
            sizing.makeTailSound(inode, position / Page.BYTES);
        }
        int done = 0;
        while (done < granted) {
            done += writePart(inode, buffer, offset + done, granted - done, position + done);
        }
        sizing.contentsChanged(context, inode);
        return granted;
    }

    private int writePart(Inode inode, byte[] buffer, int offset, int left, long position) {
        int inPage = (int) (position % Page.BYTES);
        int length = Math.min(left, Page.BYTES - inPage);
        long index = position / Page.BYTES;
        Page page = vfs.pages().find(inode, index);
        if (page == null) {
            // What is overwritten as a whole need not be read.
            boolean whole = inPage == 0 && (length == Page.BYTES || position + length >= inode.sizeBytes());
            page = whole ? vfs.pages().add(inode, index) : vfs.pages().load(inode, index);
        }
        System.arraycopy(buffer, offset, page.data(), inPage, length);
        vfs.pages().markDirty(inode, page, WRITE);
        // At once, since the page may be written back before the next one is there.
        if (position + length > inode.sizeBytes()) {
            inode.setSizeBytes(position + length);
        }
        return length;
    }

    /** How many bytes of a write have room: all, or as many as fit when the space or the largest file size ends in between. */
    private int reserve(PathContext context, Inode inode, long position, int count) {
        long end = position > Long.MAX_VALUE - count ? Long.MAX_VALUE : position + count;
        if (end == position) {
            throw Errno.EFBIG.exception();
        }
        FileSystem fileSystem = inode.fileSystem();
        try {
            fileSystem.reserve(inode, position, end, context.uid);
            return (int) (end - position);
        } catch (ErrnoException noRoom) {
            if (noRoom.errno() != Errno.ENOSPC && noRoom.errno() != Errno.EFBIG) {
                throw noRoom;
            }
            return reserveByBlocks(context, inode, position, end, noRoom);
        }
    }

    private int reserveByBlocks(PathContext context, Inode inode, long position, long end, ErrnoException noRoom) {
        int blockSizeBytes = inode.fileSystem().statistics().blockSizeBytes();
        long reserved = position;
        while (reserved < end) {
            long next = reserved + Math.min(end - reserved, blockSizeBytes - reserved % blockSizeBytes);
            try {
                inode.fileSystem().reserve(inode, reserved, next, context.uid);
            } catch (ErrnoException full) {
                if (full.errno() != Errno.ENOSPC && full.errno() != Errno.EFBIG) {
                    throw full;
                }
                break;
            }
            reserved = next;
        }
        if (reserved == position) {
            throw noRoom;
        }
        return (int) (reserved - position);
    }
}
