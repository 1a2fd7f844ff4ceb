package dev.powercut.sim.disk;

import dev.powercut.sim.Completion;

/**
 * A device of 512-byte sectors. Requests are submitted and complete later; submitted requests may overlap in time, so a
 * caller that needs an order awaits, and one that needs durability flushes after awaiting (or writes with FUA).
 */
public interface BlockDevice {

    long sectorCount();

    /**
     * Submits a request.
     *
     * @throws OutOfRangeException when it goes beyond the device
     */
    Completion submit(Request request);

    default void read(long sector, int count, byte[] target, int offsetBytes) {
        submit(new Request.Read(sector, count, target, offsetBytes)).await();
    }

    /** Writes {@code count} sectors and waits until the device has taken them: not yet durable. */
    default void write(long sector, int count, byte[] source, int offsetBytes, Cause cause) {
        submit(new Request.Write(sector, count, source, offsetBytes, false, cause))
                .await();
    }

    /** Makes all completed writes durable. */
    default void flush(Cause cause) {
        submit(new Request.Flush(cause)).await();
    }

    /** Whether requests within the device may fail: then it takes somebody who sees to it that write errors are told. */
    default boolean mayFail() {
        return false;
    }

    /**
     * How many writes of anything but file data, and flushes, have failed although nobody who waited for them was told so. A filesystem
     * that must not go on after such a failure looks here; elsewhere failures are thrown, and this stays 0.
     */
    default long lostWrites() {
        return 0;
    }

    /** The same for writes of file data. */
    default long lostDataWrites() {
        return 0;
    }

    /**
     * The first sector from {@code sector} on and before {@code end} that may hold anything but zeroes; {@code end} when there
     * is none. A hint for readers of large tables: a device that does not know answers {@code sector}.
     */
    default long skipZeroes(long sector, long end) {
        return sector;
    }
}
