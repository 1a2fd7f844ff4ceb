package dev.powercut.kernel.cache;

import dev.powercut.sim.disk.Site;

/**
 * The ordering that a filesystem's discipline asks of its metadata buffers; {@link MetadataCache} is the true one. A
 * filesystem calls these at named sites only, so that a decorator can leave out, turn round or count single sites.
 */
public interface Ordering {

    /**
     * {@code after} shall not be written before {@code before} is durable. Call it when {@code before} has been changed and
     * {@code after} has not: an edge that would close a cycle first writes and flushes the older side, which is {@code after} as
     * it stands. Does nothing when {@code before} is clean and durable already.
     */
    void orderBefore(BufferSector before, BufferSector after, Site site);

    /**
     * {@code after} shall not be written before all data that {@link BlockWriter} has written so far is durable.
     */
    void dataBefore(BufferSector after, Site site);

    /**
     * Runs {@code action} once {@code sector}, as it is now, is durable: at once when it is so already. Actions run in the order
     * in which they were given.
     */
    void whenDurable(BufferSector sector, Site site, Runnable action);

    /** Makes durable all that has been written, if anything has been since the last flush: a promise needs it. */
    void flush(Site site);
}
