package dev.powercut.check.concurrent;

import dev.powercut.check.workload.History;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.sim.schedule.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one run.
 *
 * @param troubles what is wrong with it, the worst first
 * @param saved the schedule, to run it again
 * @param schedule its steps
 * @param calls what each process called
 * @param history an order that explains the calls; null when there is none, or it was not found
 * @param log what was written; null when that was not asked for
 * @param gaveUp whether the search for such an order was ended by its budget
 * @param states how many states that search looked at
 * @param traceHash hash of everything that happened
 */
public record ConcurrentOutcome(
        List<Trouble> troubles,
        SavedSchedule saved,
        Schedule schedule,
        List<List<Call>> calls,
        @Nullable History history,
        @Nullable WriteLog log,
        boolean gaveUp,
        int states,
        long traceHash) {

    public ConcurrentOutcome {
        troubles = List.copyOf(troubles);
        calls = List.copyOf(calls);
    }

    /** The trouble of one sort, or null. */
    public @Nullable Trouble trouble(Trouble like) {
        for (Trouble trouble : troubles) {
            if (trouble.isSameSort(like)) {
                return trouble;
            }
        }
        return null;
    }
}
