package dev.powercut.check.tree;

import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import java.util.List;

/**
 * Reads the data of one large file with holes. Where the filesystem tells its holes (SEEK_DATA and SEEK_HOLE of POSIX.1-2024),
 * only what is between them is read; else all of it, up to a limit, and pieces of zeroes are dropped.
 */
final class SparseReading {

    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final int PIECE_BYTES = 64 * 1024;

    /** The largest file that is read through when the filesystem does not tell its holes. */
    private static final long READ_THROUGH_BYTES = 1L << 30;

    private final Process process;
    private final int fd;
    private final String path;
    private final long sizeBytes;

    SparseReading(Process process, int fd, String path, long sizeBytes) {
        this.process = process;
        this.fd = fd;
        this.path = path;
        this.sizeBytes = sizeBytes;
    }

    /** Adds the extents that hold data, at most {@code limitBytes} of them. */
    void into(List<FileContents.Extent> extents, long limitBytes) {
        if (!tellsHoles() && sizeBytes > READ_THROUGH_BYTES) {
            throw new UnreadableTreeException(
                    path, null, sizeBytes + " bytes are too many to read through without knowing the holes");
        }
        long left = limitBytes;
        long at = nextData(0);
        while (at >= 0 && at < sizeBytes) {
            long end = tellsHoles() ? process.lseek(fd, at, SEEK_HOLE) : sizeBytes;
            while (at < end) {
                int length = (int) Math.min(PIECE_BYTES, end - at);
                byte[] piece = exactly(process, fd, path, at, length);
                FileContents.Extent extent = new FileContents.Extent(at, piece);
                if (FileContents.of(at + length, List.of(extent)).firstNonZero(at, at + length) >= 0) {
                    left -= length;
                    if (left < 0) {
                        throw new UnreadableTreeException(path, null, "there are too many bytes of data");
                    }
                    extents.add(extent);
                }
                at += length;
            }
            at = nextData(at);
        }
    }

    private boolean tellsHoles() {
        try {
            process.lseek(fd, 0, SEEK_HOLE);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EINVAL) {
                return false;
            }
            throw e;
        }
    }

    /** Where the next data begin, or -1 when there are no more. */
    private long nextData(long from) {
        if (from >= sizeBytes) {
            return -1;
        }
        try {
            return process.lseek(fd, from, SEEK_DATA);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EINVAL) {
                return from;
            }
            if (e.errno() == Errno.ENXIO) {
                return -1;
            }
            throw e;
        }
    }

    static byte[] exactly(Process process, int fd, String path, long offset, int length) {
        byte[] bytes = new byte[length];
        int done = 0;
        while (done < length) {
            int count = process.pread(fd, bytes, done, length - done, offset + done);
            if (count <= 0) {
                throw new UnreadableTreeException(path, null, "ends at byte " + (offset + done) + ", before its size");
            }
            done += count;
        }
        return bytes;
    }
}
