package dev.powercut.campaign.concurrent;

import java.util.List;

/**
 * What came of a run of several processes.
 *
 * @param programs how many programs were run
 * @param schedules how many schedules of them
 * @param distinct how many of these differ in what happened
 * @param complete whether each program's schedules are all that the plan allows
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
        long crashStates,
        long gaveUp,
        long unprepared,
        List<ConcurrentFinding> findings,
        String traceHash,
        boolean interrupted) {

    public ConcurrentResult {
        findings = List.copyOf(findings);
    }

    /** How many findings fail the run. */
    public long failing() {
        return findings.stream().filter(finding -> !finding.advisory()).count();
    }
}
