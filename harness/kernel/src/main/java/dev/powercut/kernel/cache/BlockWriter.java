package dev.powercut.kernel.cache;

import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Request;
import org.jspecify.annotations.Nullable;

/**
 * The block layer's writing side as a filesystem sees it: writes and flushes, numbered, so that it is always known whether a
 * given write is durable and no flush is issued in vain.
 */
public final class BlockWriter {

    /** The kind that the cause of a flush carries: it is no block. */
    public static final BlockKind FLUSH = new BlockKind("flush");

    private final BlockDevice device;
    private final boolean deviceKeepsOrder;
    private long ordered;
    private long written;
    private long dataWritten;
    private long durable;
    private long flushCount;
    // Writes that other tasks wait for just now; a flush does not cover them. No older one than oldestInFlight is among
    // them.
    private int inFlight;
    private long oldestInFlight;
    private @Nullable Runnable afterFlush;

    public BlockWriter(BlockDevice device) {
        this(device, false);
    }

    /**
     * @param deviceKeepsOrder whether writes reach the medium in the order of issue, so that only promises need flushes, and order
     *     needs none
     */
    public BlockWriter(BlockDevice device, boolean deviceKeepsOrder) {
        this.device = device;
        this.deviceKeepsOrder = deviceKeepsOrder;
    }

    public BlockDevice device() {
        return device;
    }

    /** Writes sectors of file data. Returns the write's number, for {@link #isDurable}. */
    public long write(long sector, int count, byte[] source, int offsetBytes, Cause cause) {
        long number = writeMetadata(sector, count, source, offsetBytes, cause);
        dataWritten = Math.max(dataWritten, number);
        return number;
    }

    /**
     * Writes sectors with FUA, durable when this returns; what was written before is not, by this. A device that keeps the order gets an
     * ordinary write, which is only in its place in the order.
     */
    public void writeThrough(long sector, int count, byte[] source, int offsetBytes, Cause cause) {
        if (deviceKeepsOrder) {
            writeMetadata(sector, count, source, offsetBytes, cause);
            return;
        }
        boolean isAlone = durable == written;
        long number = begin();
        try {
            device.submit(new Request.Write(sector, count, source, offsetBytes, true, cause))
                    .await();
        } finally {
            inFlight--;
        }
        if (isAlone) {
            durable = Math.max(durable, number);
        }
    }

    /** Writes sectors of metadata, which {@link Ordering#dataBefore} does not count. The number is {@code latest() + 1}. */
    public long writeMetadata(long sector, int count, byte[] source, int offsetBytes, Cause cause) {
        long number = begin();
        try {
            device.write(sector, count, source, offsetBytes, cause);
        } finally {
            inFlight--;
        }
        return number;
    }

    private long begin() {
        long number = ++written;
        if (inFlight++ == 0) {
            oldestInFlight = number;
        }
        return number;
    }

    /** Number of the latest write, 0 when there was none. */
    public long latest() {
        return written;
    }

    /** Number of the latest write of file data, 0 when there was none. */
    public long latestData() {
        return dataWritten;
    }

    /** Whether a write is durable, or, on a device that keeps the order, goes before whatever is written from now on. */
    public boolean isDurable(long writeNumber) {
        return writeNumber <= Math.max(durable, ordered);
    }

    /** Sees that what was written so far goes before whatever is written from now on: by a flush, where the device needs one. */
    void order(Cause cause) {
        if (!deviceKeepsOrder) {
            flush(cause);
        } else if (ordered < written) {
            ordered = inFlight == 0 ? written : oldestInFlight - 1;
            if (afterFlush != null) {
                afterFlush.run();
            }
        }
    }

    /** Flushes the device unless every write is durable already. Returns whether it did. */
    public boolean flush(Cause cause) {
        if (durable == written) {
            return false;
        }
        long upTo = inFlight == 0 ? written : oldestInFlight - 1;
        device.flush(cause);
        durable = Math.max(durable, upTo);
        flushCount++;
        if (afterFlush != null) {
            afterFlush.run();
        }
        return true;
    }

    /** How many flushes were issued. */
    public long flushCount() {
        return flushCount;
    }

    /** Sets what runs after each flush: the cache's actions that waited for it. */
    void afterFlush(Runnable action) {
        afterFlush = action;
    }
}
