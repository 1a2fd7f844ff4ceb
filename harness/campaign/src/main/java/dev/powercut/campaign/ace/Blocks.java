package dev.powercut.campaign.ace;

import dev.powercut.campaign.Totals;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hands out blocks of neighbouring workloads in their order, and adds up what comes back in the same order, however late a block
 * is. Safe for several threads.
 */
final class Blocks {

    /** Block borders are multiples of this, wherever a part begins. */
    private static final int SIZE = 64;

    /** Workloads {@code from} to {@code end}, without the latter. */
    record Block(long from, long end) {}

    private final long end;
    private final long states;
    private final long failedRuns;
    private final Totals totals = new Totals();
    private final TreeMap<Long, Totals> early = new TreeMap<>();
    private long handedOut;
    private long added;
    private boolean full;

    /**
     * @param states once so many distinct states have been examined, no more is handed out or added up
     * @param failedRuns the same when so many workloads have failed
     */
    Blocks(AceRange range, long states, long failedRuns) {
        this.states = states;
        this.failedRuns = failedRuns;
        this.handedOut = range.from();
        this.added = range.from();
        this.end = range.end();
    }

    synchronized @Nullable Block take() {
        if (full || handedOut >= end) {
            return null;
        }
        Block block = new Block(handedOut, Math.min(end, (handedOut / SIZE + 1) * SIZE));
        handedOut = block.end;
        return block;
    }

    /** Takes in what came of a block. Returns up to which workload everything has been added up. */
    synchronized long give(Block block, Totals what) {
        early.put(block.from, what);
        Totals next = early.remove(added);
        while (next != null && !full) {
            totals.add(next);
            full = totals.states() >= states || totals.failedRuns() >= failedRuns;
            added = Math.min(end, (added / SIZE + 1) * SIZE);
            next = early.remove(added);
        }
        return added;
    }

    /** What has been added up without a gap. */
    synchronized AceOutcome outcome() {
        return new AceOutcome(totals, added);
    }
}
