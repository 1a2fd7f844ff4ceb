package dev.powercut.campaign.concurrent;

import dev.powercut.check.concurrent.ConcurrentOutcome;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.WriteLog;
import java.util.List;
import java.util.Objects;

/**
 * What came of a run of several processes.
 *
 * @param programs how many programs were run
 * @param schedules how many schedules of them
 * @param distinct how many of these differ in what happened
 * @param complete whether each program's schedules are all that the plan allows
 * @param work what the schedules did
 * @param crashStates how many distinct crash images were judged, of all schedules together
 * @param gaveUp how many searches for an order of the calls were ended by their budget
 * @param unprepared how many programs could not be set up
 * @param findings one for each sort
 * @param traceHash hash of the hashes of all runs, in hexadecimal digits
 * @param interrupted whether it was stopped before its end
 */
public record ConcurrentResult(
        long programs,
        long schedules,
        long distinct,
        boolean complete,
        Work work,
        long crashStates,
        long gaveUp,
        long unprepared,
        List<ConcurrentFinding> findings,
        String traceHash,
        boolean interrupted) {

    /**
     * What schedules did, all together.
     *
     * @param operations calls of all processes
     * @param logEntries of the write logs, where these were kept
     * @param sectorsWritten by the {@code writes} among them
     */
    public record Work(long operations, long logEntries, long writes, long sectorsWritten, long flushes) {

        static final Work NONE = new Work(0, 0, 0, 0, 0);

        Work plus(ConcurrentOutcome outcome) {
            long called = outcome.calls().stream().mapToLong(List::size).sum();
            long written = 0;
            long sectors = 0;
            long flushed = 0;
            WriteLog log = outcome.log();
            int entries = log == null ? 0 : log.size();
            for (int i = 0; i < entries; i++) {
                switch (Objects.requireNonNull(log).get(i)) {
                    case LogEntry.Write write -> {
                        written++;
                        sectors += write.contents().length;
                    }
                    case LogEntry.Flush flush -> flushed++;
                    case LogEntry.Discard discard -> {}
                    case LogEntry.Mark mark -> {}
                }
            }
            return new Work(
                    operations + called,
                    logEntries + entries,
                    writes + written,
                    sectorsWritten + sectors,
                    flushes + flushed);
        }
    }

    public ConcurrentResult {
        findings = List.copyOf(findings);
    }

    /** How many findings fail the run. */
    public long failing() {
        return findings.stream().filter(finding -> !finding.advisory()).count();
    }
}
