package dev.powercut.check.explore;

import dev.powercut.check.oracle.Failure;
import dev.powercut.check.promises.Promises;
import dev.powercut.check.workload.History;
import dev.powercut.sim.disk.WriteLog;
import org.jspecify.annotations.Nullable;

/**
 * A workload that was run on a freshly formatted filesystem, with everything that went to the disk. Immutable once made.
 *
 * @param log from the formatted image on: mount, workload, and unmount if the workload has one
 * @param history what the workload did; null when the target failed while it ran
 * @param promises what is legal after a cut; null when the history is
 * @param failure how the target failed while the workload ran, or null
 * @param traceHash hash of everything that happened
 */
public record Recording(
        WriteLog log,
        @Nullable History history,
        @Nullable Promises promises,
        @Nullable Failure failure,
        long traceHash) {}
