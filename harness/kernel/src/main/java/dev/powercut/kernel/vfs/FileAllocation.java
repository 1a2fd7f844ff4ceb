package dev.powercut.kernel.vfs;

import dev.powercut.kernel.cache.Page;
import dev.powercut.sim.disk.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * fallocate(2): space for a range of a file, a hole in it, or zeroes.
 *
 * <p>Space is given by zeroes that are written as any others, so that a filesystem needs no notion of blocks that have not been
 * written. Deliberately not modelled: space beyond the end of a file (FALLOC_FL_KEEP_SIZE with a range that goes on behind it),
 * and to remove or insert a range: EOPNOTSUPP.
 */
final class FileAllocation {

    static final int KEEP_SIZE = 1;
    static final int PUNCH_HOLE = 2;
    static final int ZERO_RANGE = 0x10;

    private static final Site ALLOCATE = new Site("vfs.fallocate", "zeroes were written to take up space");
    private static final Site PUNCH = new Site("vfs.punch", "a part of a block was cleared at the edge of a new hole");

    private final Vfs vfs;
    private final FileSizing sizing;

    FileAllocation(Vfs vfs, FileSizing sizing) {
        this.vfs = vfs;
        this.sizing = sizing;
    }

    void fallocate(PathContext context, OpenFile file, int mode, long offset, long length) {
        if (offset < 0 || length <= 0) {
            throw Errno.EINVAL.exception();
        }
        requireKnown(mode);
        if (!file.isWritable()) {
            throw Errno.EBADF.exception();
        }
        if (file.special != null) {
            throw file.special instanceof Pipe ? Errno.ESPIPE.exception() : Errno.ENODEV.exception();
        }
        Inode inode = file.inode;
        if (offset > Long.MAX_VALUE - length
                || offset + length > inode.fileSystem().limits().maxFileSizeBytes()) {
            throw Errno.EFBIG.exception();
        }
        inode.lock(vfs.runner());
        try {
            if ((mode & PUNCH_HOLE) != 0) {
                punch(inode, offset, offset + length);
            } else {
                fill(context, inode, offset, offset + length, mode);
            }
            sizing.contentsChanged(context, inode);
        } finally {
            inode.unlock();
        }
    }

    private static void requireKnown(int mode) {
        boolean punches = (mode & PUNCH_HOLE) != 0;
        if ((mode & ~(KEEP_SIZE | PUNCH_HOLE | ZERO_RANGE)) != 0
                || punches && ((mode & KEEP_SIZE) == 0 || (mode & ZERO_RANGE) != 0)) {
            throw Errno.EOPNOTSUPP.exception("mode 0x" + Integer.toHexString(mode));
        }
    }

    private void fill(PathContext context, Inode inode, long offset, long end, int mode) {
        if ((mode & KEEP_SIZE) != 0 && end > inode.sizeBytes()) {
            throw Errno.EOPNOTSUPP.exception("no space behind the end of a file");
        }
        boolean zeroes = (mode & ZERO_RANGE) != 0;
        List<Range> ranges = zeroes ? List.of(new Range(offset, end)) : holes(inode, offset, end);
        inode.fileSystem().reserve(inode, offset, end, context.uid);
        if (end > inode.sizeBytes()) {
            sizing.makeTailSound(inode, offset > inode.sizeBytes() ? offset / Page.BYTES : -1);
        }
        for (Range range : ranges) {
            long next;
            for (long at = range.offset; at < range.end; at = next) {
                next = Math.min(range.end, (at / Page.BYTES + 1) * Page.BYTES);
                write(inode, at, next, zeroes);
            }
        }
    }

    private record Range(long offset, long end) {}

    private static List<Range> holes(Inode inode, long offset, long end) {
        List<Range> holes = new ArrayList<>();
        long at = offset;
        while (at < end) {
            long hole = at >= inode.sizeBytes() ? at : inode.fileSystem().nextHole(inode, at);
            if (hole >= end) {
                break;
            }
            long data = hole >= inode.sizeBytes() ? end : inode.fileSystem().nextData(inode, hole);
            // From the end of the file on there is nothing, though the rest of its last block may be there.
            at = data >= inode.sizeBytes() ? end : data;
            holes.add(new Range(hole, Math.min(at, end)));
        }
        return holes;
    }

    /** Dirties a range that lies in one page. */
    private void write(Inode inode, long offset, long end, boolean zeroes) {
        Page page = vfs.pages().load(inode, offset / Page.BYTES);
        if (zeroes) {
            int from = (int) (offset % Page.BYTES);
            Arrays.fill(page.data(), from, from + (int) (end - offset), (byte) 0);
        }
        vfs.pages().markDirty(inode, page, ALLOCATE);
        // At once, since the page may be written back before the next one is there.
        inode.setSizeBytes(Math.max(inode.sizeBytes(), end));
    }

    private void punch(Inode inode, long offset, long end) {
        long size = inode.sizeBytes();
        if (offset >= size) {
            return;
        }
        int blockBytes = inode.fileSystem().statistics().blockSizeBytes();
        // What of the last block lies behind the end is zero.
        long holeEnd = end >= size ? Math.ceilDiv(size, blockBytes) * blockBytes : end;
        inode.fileSystem().punchHole(inode, offset, holeEnd);
        long to = Math.min(end, size);
        long firstWhole = Math.ceilDiv(offset, Page.BYTES);
        long endWhole = to == size ? Math.ceilDiv(size, Page.BYTES) : to / Page.BYTES;
        vfs.pages().drop(inode, firstWhole, endWhole);
        if (firstWhole > endWhole) {
            clear(inode, offset, to);
        } else {
            clear(inode, offset, Math.min(to, firstWhole * Page.BYTES));
            clear(inode, Math.max(offset, endWhole * Page.BYTES), to);
        }
    }

    /** Clears a range that lies in one page. */
    private void clear(Inode inode, long offset, long end) {
        if (offset >= end) {
            return;
        }
        int from = (int) (offset % Page.BYTES);
        int to = from + (int) (end - offset);
        Page page = vfs.pages().load(inode, offset / Page.BYTES);
        for (int i = from; i < to; i++) {
            if (page.data()[i] != 0) {
                Arrays.fill(page.data(), from, to, (byte) 0);
                vfs.pages().markDirty(inode, page, PUNCH);
                return;
            }
        }
    }
}
