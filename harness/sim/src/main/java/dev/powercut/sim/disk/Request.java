package dev.powercut.sim.disk;

/** What a {@link BlockDevice} can be asked for. Addresses and counts are in sectors. */
public sealed interface Request {

    /** Fills {@code target} from {@code offsetBytes} on; the bytes are there when the request has completed. */
    record Read(long sector, int count, byte[] target, int offsetBytes) implements Request {}

    /**
     * Writes {@code count} sectors. The device takes a copy of the bytes when the request is submitted. Durable at the end of
     * the next flush, or, with {@code fua}, at its own completion.
     */
    record Write(long sector, int count, byte[] source, int offsetBytes, boolean fua, Cause cause) implements Request {}

    /** Durable when complete: every write that had completed before this was submitted. */
    record Flush(Cause cause) implements Request {}

    /** The contents are no longer needed; they read as zeroes afterwards. Durable at the end of the next flush. */
    record Discard(long sector, long count, Cause cause) implements Request {}
}
