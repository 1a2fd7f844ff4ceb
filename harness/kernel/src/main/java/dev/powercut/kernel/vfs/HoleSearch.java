package dev.powercut.kernel.vfs;

/**
 * SEEK_DATA and SEEK_HOLE (POSIX.1-2024, lseek). Data is what has space on the disk or space reserved; the end of the file
 * counts as a hole.
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
            FileSystem fileSystem = inode.fileSystem();
            long found = wantsData ? fileSystem.nextData(inode, offsetBytes) : fileSystem.nextHole(inode, offsetBytes);
            if (wantsData && found >= inode.sizeBytes()) {
                throw Errno.ENXIO.exception();
            }
            return Math.min(found, inode.sizeBytes());
        } finally {
            inode.unlock();
        }
    }
}
