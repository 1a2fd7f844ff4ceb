package dev.powercut.check.tree;

import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import java.util.List;

/** Reads the data of one large file with holes: what lies between them, as SEEK_DATA and SEEK_HOLE tell. */
final class SparseReading {

    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final int PIECE_BYTES = 64 * 1024;

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
        long left = limitBytes;
        long at = nextData(0);
        while (at < sizeBytes) {
            long end = Math.min(sizeBytes, process.lseek(fd, at, SEEK_HOLE));
            while (at < end) {
                int length = (int) Math.min(PIECE_BYTES, end - at);
                left -= length;
                if (left < 0) {
                    throw new UnreadableTreeException(path, null, "there are more bytes of data than the limit allows");
                }
                extents.add(new FileContents.Extent(at, exactly(process, fd, path, at, length)));
                at += length;
            }
            at = nextData(at);
        }
    }

    /** Where the next data begin, or the end of the file when there are no more. */
    private long nextData(long from) {
        try {
            return from >= sizeBytes ? sizeBytes : process.lseek(fd, from, SEEK_DATA);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENXIO) {
                return sizeBytes;
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
