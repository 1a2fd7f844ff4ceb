package dev.powercut.kernel.cache;

import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Cause;

/**
 * The block layer's writing side as a filesystem sees it: writes and flushes, numbered, so that it is always known whether a
 * given write is durable and no flush is issued in vain.
 */
public final class BlockWriter {

    private final BlockDevice device;
    private long written;
    private long durable;
    private long flushCount;

    public BlockWriter(BlockDevice device) {
        this.device = device;
    }

    public BlockDevice device() {
        return device;
    }

    /** Writes sectors. Returns the write's number, for {@link #isDurable}. */
    public long write(long sector, int count, byte[] source, int offsetBytes, Cause cause) {
        device.write(sector, count, source, offsetBytes, cause);
        return ++written;
    }

    /** Number of the latest write, 0 when there was none. */
    public long latest() {
        return written;
    }

    public boolean isDurable(long writeNumber) {
        return writeNumber <= durable;
    }

    /** Flushes the device unless every write is durable already. Returns whether it did. */
    public boolean flush(Cause cause) {
        if (durable == written) {
            return false;
        }
        long upTo = written;
        device.flush(cause);
        durable = upTo;
        flushCount++;
        return true;
    }

    /** How many flushes were issued. */
    public long flushCount() {
        return flushCount;
    }
}
