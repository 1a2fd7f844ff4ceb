package dev.powercut.kernel.block;

import dev.powercut.sim.Completion;
import dev.powercut.sim.disk.Request;

/**
 * A request that waits for its turn.
 *
 * @param first first sector; of a flush 0
 * @param end behind the last sector
 */
record Queued(Request request, Completion completion, long first, long end) {

    static Queued of(Request request, Completion completion) {
        return switch (request) {
            case Request.Read read -> new Queued(request, completion, read.sector(), read.sector() + read.count());
            case Request.Write write -> new Queued(request, completion, write.sector(), write.sector() + write.count());
            case Request.Discard discard ->
                new Queued(request, completion, discard.sector(), discard.sector() + discard.count());
            case Request.Flush flush -> new Queued(request, completion, 0, 0);
        };
    }

    boolean isFlush() {
        return request instanceof Request.Flush;
    }

    private boolean isRead() {
        return request instanceof Request.Read;
    }

    /** Whether the order of the two matters. */
    boolean conflicts(Queued other) {
        return first < other.end && other.first < end && !(isRead() && other.isRead());
    }
}
