package dev.powercut.kernel.memory;

import dev.powercut.kernel.vfs.Errno;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One mapping: whole pages from {@code start} to before {@code end}. */
final class Region {

    /** How large one mapping can be, whatever the limit: there is something kept for each of its pages. */
    private static final long LARGEST_BYTES = 1L << 34;

    final long start;
    final long end;
    final boolean isShared;
    final Backing backing;

    /** Which page of the backing the first one is. */
    final long backingPage;

    int protection;

    /** Pages that are this process's own, or that it shares with relatives until one stores to them; null for shared regions. */
    private final @Nullable Frame @Nullable [] frames;

    /** Takes over a reference to the backing. */
    Region(long start, long end, int protection, boolean isShared, Backing backing, long backingPage) {
        this(start, end, protection, isShared, backing, backingPage, isShared ? null : new Frame[pages(start, end)]);
    }

    private Region(
            long start,
            long end,
            int protection,
            boolean isShared,
            Backing backing,
            long backingPage,
            @Nullable Frame @Nullable [] frames) {
        this.start = start;
        this.end = end;
        this.protection = protection;
        this.isShared = isShared;
        this.backing = backing;
        this.backingPage = backingPage;
        this.frames = frames;
    }

    /** ENOMEM for what is too large; a negative length is very large, as a size_t. */
    static void requireMappable(long bytes) {
        if (bytes < 0 || bytes > LARGEST_BYTES) {
            throw Errno.ENOMEM.exception("more than " + LARGEST_BYTES + " bytes in one mapping");
        }
    }

    private static int pages(long start, long end) {
        return Math.toIntExact((end - start) / AddressSpace.PAGE_BYTES);
    }

    private int index(long address) {
        return (int) ((address - start) / AddressSpace.PAGE_BYTES);
    }

    /** Copies bytes of one page out. */
    void load(long address, byte[] to, int offset, int count) {
        int index = index(address);
        int inPage = (int) (address % AddressSpace.PAGE_BYTES);
        Frame frame = frames == null ? null : kept(frames, index);
        if (frame == null) {
            backing.load(backingPage + index, inPage, to, offset, count, address);
        } else {
            backing.requirePage(backingPage + index, address);
            System.arraycopy(frame.bytes, inPage, to, offset, count);
        }
    }

    /** Copies bytes into one page: the shared one, or a copy of this process's own. */
    void store(long address, byte[] from, int offset, int count) {
        int index = index(address);
        int inPage = (int) (address % AddressSpace.PAGE_BYTES);
        if (frames == null) {
            backing.store(backingPage + index, inPage, from, offset, count, address);
        } else {
            System.arraycopy(from, offset, own(frames, index, address), inPage, count);
        }
    }

    /** A page's own copy, which is none any more once the page was taken from the file. */
    private @Nullable Frame kept(@Nullable Frame[] mine, int index) {
        Frame frame = mine[index];
        if (frame != null && frame.cut != backing.lastCut(backingPage + index)) {
            frame.owners--;
            mine[index] = null;
            return null;
        }
        return frame;
    }

    private byte[] own(@Nullable Frame[] mine, int index, long address) {
        backing.requirePage(backingPage + index, address);
        Frame frame = kept(mine, index);
        long cut = backing.lastCut(backingPage + index);
        if (frame == null) {
            Frame copy = new Frame(cut);
            backing.load(backingPage + index, 0, copy.bytes, 0, AddressSpace.PAGE_BYTES, address);
            mine[index] = copy;
            return copy.bytes;
        }
        if (frame.owners > 1) {
            frame.owners--;
            Frame copy = new Frame(frame.bytes.clone(), cut);
            mine[index] = copy;
            return copy.bytes;
        }
        return frame.bytes;
    }

    /** The same for a child: shared where it is shared, else copied when one of the two stores. */
    Region fork() {
        backing.share();
        @Nullable Frame[] copied = frames == null ? null : frames.clone();
        if (copied != null) {
            for (Frame frame : copied) {
                if (frame != null) {
                    frame.owners++;
                }
            }
        }
        return new Region(start, end, protection, isShared, backing, backingPage, copied);
    }

    /** The part between two addresses, in place of this. */
    Region part(long from, long to) {
        backing.share();
        @Nullable Frame[] some = frames == null ? null : Arrays.copyOfRange(frames, index(from), index(to));
        return new Region(from, to, protection, isShared, backing, backingPage + index(from), some);
    }

    /** The same from another address on, with other pages behind it or fewer, in place of this. */
    Region moved(long to, long bytes) {
        @Nullable Frame @Nullable [] some = frames == null ? null : Arrays.copyOf(frames, pages(to, to + bytes));
        return new Region(to, to + bytes, protection, isShared, backing, backingPage, some);
    }

    /** What is left of this when its pages have moved away: the backing, once more. */
    Region emptied() {
        backing.share();
        return new Region(start, end, protection, isShared, backing, backingPage);
    }

    /** Gives up the pages between two addresses, which are in no part. */
    void drop(long from, long to) {
        if (frames != null) {
            for (int i = index(from); i < index(to); i++) {
                Frame frame = frames[i];
                if (frame != null) {
                    frame.owners--;
                }
            }
        }
    }

    @Override
    public String toString() {
        return Long.toHexString(start) + "-" + Long.toHexString(end) + (isShared ? " shared " : " private ")
                + backing.identity();
    }
}
