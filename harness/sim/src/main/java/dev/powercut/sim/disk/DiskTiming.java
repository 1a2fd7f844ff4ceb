package dev.powercut.sim.disk;

import java.util.ArrayList;
import java.util.List;

/**
 * How long a disk with a moving head would take for a log of writes: a simple model, to compare who writes what, not to predict.
 *
 * <p>Requests wait until the next flush, and are then served in one sweep of the head over the disk, from where it is upwards and then
 * from the beginning (an elevator, C-SCAN). A request with FUA is served at once. A request that begins where the head is needs no
 * seek; any other one takes a seek, whose time grows with the square root of the distance, and half a turn on the average.
 *
 * @param shortSeekNanos seek to the next track
 * @param fullSeekNanos seek over the whole disk
 * @param turnNanos one turn of the disk
 * @param sectorNanos transfer of one sector
 */
public record DiskTiming(long shortSeekNanos, long fullSeekNanos, long turnNanos, long sectorNanos) {

    /** A desktop disk of 7,200 turns a minute, 1 to 16 ms of seek, about 100 MiB a second. */
    public static final DiskTiming DESKTOP = new DiskTiming(1_000_000, 16_000_000, 8_333_333, 5_000);

    /**
     * What a log costs.
     *
     * @param requests writes
     * @param sectors sectors in them
     * @param seeks how often the head had to move
     */
    public record Cost(int requests, long sectors, int flushes, int seeks, long nanos) {}

    /** Is told of each request as the disk serves it. */
    @FunctionalInterface
    public interface Head {

        /**
         * @param nanos when the request is done, since the first
         * @param sector where it begins
         */
        void served(long nanos, long sector, int sectorCount);
    }

    /** The cost of the entries of a log from one position to before another. */
    public Cost of(WriteLog log, int from, int to) {
        return of(log, from, to, (nanos, sector, sectorCount) -> {});
    }

    /** The cost as {@link #of(WriteLog, int, int)}, and the way that the head takes. */
    public Cost of(WriteLog log, int from, int to, Head watcher) {
        return new Run(log.base().sectorCount(), watcher).run(log.entries().subList(from, to));
    }

    private final class Run {

        private final long sectorCount;
        private final Head watcher;
        private final List<LogEntry.Write> pending = new ArrayList<>();
        private long head;
        private int requests;
        private long sectors;
        private int flushes;
        private int seeks;
        private long nanos;

        Run(long sectorCount, Head watcher) {
            this.sectorCount = sectorCount;
            this.watcher = watcher;
        }

        Cost run(List<LogEntry> entries) {
            for (LogEntry entry : entries) {
                switch (entry) {
                    case LogEntry.Write write -> {
                        requests++;
                        sectors += write.contents().length;
                        if (write.fua()) {
                            serve(write);
                        } else {
                            pending.add(write);
                        }
                    }
                    case LogEntry.Flush flush -> {
                        flushes++;
                        sweep();
                    }
                    case LogEntry.Discard discard -> {}
                    case LogEntry.Mark mark -> {}
                }
            }
            sweep();
            return new Cost(requests, sectors, flushes, seeks, nanos);
        }

        private void sweep() {
            long start = head;
            pending.sort((a, b) -> {
                int byPass = Boolean.compare(a.sector() < start, b.sector() < start);
                return byPass != 0 ? byPass : Long.compare(a.sector(), b.sector());
            });
            for (LogEntry.Write write : pending) {
                serve(write);
            }
            pending.clear();
        }

        private void serve(LogEntry.Write write) {
            long distance = Math.abs(write.sector() - head);
            if (distance != 0) {
                seeks++;
                double share = Math.sqrt((double) distance / sectorCount);
                nanos += shortSeekNanos + (long) ((fullSeekNanos - shortSeekNanos) * share) + turnNanos / 2;
            }
            nanos += sectorNanos * write.contents().length;
            head = write.sector() + write.contents().length;
            watcher.served(nanos, write.sector(), write.contents().length);
        }
    }
}
