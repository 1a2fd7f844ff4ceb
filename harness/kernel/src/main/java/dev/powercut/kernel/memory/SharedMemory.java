package dev.powercut.kernel.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Memory without a file that processes share: MAP_SHARED with MAP_ANONYMOUS. */
final class SharedMemory implements Backing {

    private final long number;
    private final @Nullable Frame[] pages;

    SharedMemory(long number, int pageCount) {
        this.number = number;
        this.pages = new Frame[pageCount];
    }

    /** It does not grow with a mapping of it (mremap(2)). */
    @Override
    public void requirePage(long page, long address) {
        if (page >= pages.length) {
            throw new MemoryFault(MemoryFault.Kind.NO_PAGE, address);
        }
    }

    @Override
    public void load(long page, int inPage, byte[] to, int offset, int count, long address) {
        requirePage(page, address);
        Frame frame = pages[(int) page];
        if (frame == null) {
            Arrays.fill(to, offset, offset + count, (byte) 0);
        } else {
            System.arraycopy(frame.bytes, inPage, to, offset, count);
        }
    }

    @Override
    public void store(long page, int inPage, byte[] from, int offset, int count, long address) {
        requirePage(page, address);
        Frame frame = pages[(int) page];
        if (frame == null) {
            frame = new Frame(0);
            pages[(int) page] = frame;
        }
        System.arraycopy(from, offset, frame.bytes, inPage, count);
    }

    @Override
    public String identity() {
        return "shared memory " + number;
    }
}
