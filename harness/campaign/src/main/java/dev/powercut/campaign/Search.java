package dev.powercut.campaign;

import dev.powercut.campaign.RunReport.Exploration;
import dev.powercut.campaign.ace.AceCampaign;
import dev.powercut.campaign.ace.AceRange;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FileSystemTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search for the first run that fails, on the caller's thread.
 *
 * @param explored what was explored, or null when it was stopped before the first run
 * @param findings what the run that failed found, the gravest first; nothing when none did
 */
public record Search(@Nullable Exploration explored, List<FindingReport> findings) {

    public Search {
        findings = List.copyOf(findings);
    }

    /**
     * Searches from the configuration's seed on.
     *
     * @param states how many distinct states to examine at most; the run that reaches it is done in full
     */
    public static Search of(
            RunConfiguration configuration,
            FileSystemTarget target,
            List<Oracle> oracles,
            long states,
            RunMonitor monitor) {
        Exploration explored = null;
        long seed = configuration.seed();
        while ((explored == null || explored.distinctStates() < states) && !monitor.isStopped()) {
            RunOutcome outcome = new Run(configuration.withSeed(seed++), target, oracles).execute(monitor);
            Exploration one = outcome.exploration();
            explored = explored == null ? one : Summary.sum(explored, one);
            if (outcome.failed()) {
                return new Search(explored, outcome.findings());
            }
        }
        return new Search(explored, List.of());
    }

    /** Searches among the workloads of a part of an enumeration; those beside the first that fails may be run, too. */
    public static Search of(
            RunConfiguration configuration,
            AceRange range,
            FileSystemTarget target,
            List<Oracle> oracles,
            long states,
            RunMonitor monitor) {
        Totals totals = new AceCampaign(configuration, target, oracles, range, 1)
                .run(states, 1, monitor)
                .totals();
        return totals.isEmpty()
                ? new Search(null, List.of())
                : new Search(totals.exploration(), totals.failedRuns() > 0 ? totals.findings() : List.of());
    }

    /** Whether a run failed. */
    public boolean hasFound() {
        return !findings.isEmpty();
    }

    public long states() {
        return explored == null ? 0 : explored.distinctStates();
    }

    public long runs() {
        return explored == null ? 0 : explored.workloads();
    }
}
