package dev.powercut.kernel.cache;

/** One sector of a {@link Buffer}: what is dirty or clean, and what can be ordered. */
public final class BufferSector {

    private final Buffer buffer;
    private final int index;

    BufferSector(Buffer buffer, int index) {
        this.buffer = buffer;
        this.index = index;
    }

    public Buffer buffer() {
        return buffer;
    }

    /** Index within the block, from 0. */
    public int index() {
        return index;
    }

    /** Whether it holds changes that have not been written. */
    public boolean isDirty() {
        throw new UnsupportedOperationException();
    }
}
