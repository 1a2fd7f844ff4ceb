package dev.powercut.kernel.cache;

import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;

/**
 * The cache of a mounted filesystem's metadata blocks, and the true {@link Ordering}.
 */
public final class MetadataCache implements Ordering {

    /** @param blockSizeBytes the filesystem's block size, a multiple of 512 */
    public MetadataCache(MountRequest mount, BlockWriter writer, int blockSizeBytes) {
        throw new UnsupportedOperationException();
    }

    /** The block's buffer, read from the device when it is not cached. */
    public Buffer read(long block, BlockKind kind) {
        throw new UnsupportedOperationException();
    }

    /** A buffer of zeroes for a block just allocated, without reading the device; what was cached of it is dropped. */
    public Buffer fresh(long block, BlockKind kind) {
        throw new UnsupportedOperationException();
    }

    /** The block has been freed: its buffer is dropped, and what was dirty in it is never written; edges from it are satisfied. */
    public void forget(long block) {
        throw new UnsupportedOperationException();
    }

    /** Bytes {@code offsetBytes} to {@code offsetBytes + length - 1} were changed by the current operation, at a site. */
    public void markDirty(Buffer buffer, int offsetBytes, int length, Site site) {
        throw new UnsupportedOperationException();
    }

    /** While a buffer is pinned, it is neither written nor dropped; pins nest. */
    public void pin(Buffer buffer) {
        throw new UnsupportedOperationException();
    }

    public void unpin(Buffer buffer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void orderBefore(BufferSector before, BufferSector after, Site site) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void dataBefore(BufferSector after, Site site) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void whenDurable(BufferSector sector, Site site, Runnable action) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void flush(Site site) {
        throw new UnsupportedOperationException();
    }

    /** Writes a sector, if it is dirty, after all that was ordered before it (with the flushes that this needs). */
    public void write(BufferSector sector, Trigger trigger) {
        throw new UnsupportedOperationException();
    }

    /** Writes all that is dirty and not pinned, in a legal order, with as few flushes as the order allows; the last writes are not flushed. */
    public void writeAll(Trigger trigger) {
        throw new UnsupportedOperationException();
    }

    /** Writes some of what is dirty: how much and which is chosen, in a legal order. The dull choice writes nothing. */
    public void writeSome(Choices choices, Trigger trigger) {
        throw new UnsupportedOperationException();
    }

    /** Whether actions given to {@link #whenDurable} are still waiting. */
    public boolean hasPendingActions() {
        throw new UnsupportedOperationException();
    }
}
