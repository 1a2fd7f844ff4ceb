package dev.powercut.sim.disk;

/** One entry of a {@link WriteLog}. Sequence numbers are world-wide: they order the entries of all disks and all marks. */
public sealed interface LogEntry {

    long sequence();

    /** Sectors were written; pending until the next flush of the device, unless {@code fua}. */
    record Write(long sequence, long sector, Sector[] contents, boolean fua, Cause cause) implements LogEntry {
        @Override
        public String toString() {
            return "write " + contents.length + " sectors at " + sector + (fua ? " FUA" : "");
        }
    }

    /** Everything written before became durable. */
    record Flush(long sequence, Cause cause) implements LogEntry {}

    /** Sectors were discarded: zero from now on. */
    record Discard(long sequence, long sector, long count, Cause cause) implements LogEntry {}

    /** Something happened outside of the device that matters to judging, such as the return of a system call. */
    record Mark(long sequence, Event event) implements LogEntry {}

    /** What a mark stands for; workloads and foreign logs define their own. */
    interface Event {
        /** Stable text for hashes and for people. */
        String text();
    }
}
