package dev.powercut.campaign;

import dev.powercut.campaign.RunReport.Exploration;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FileSystemTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search for the first run that fails, seed after seed, on the caller's thread.
 *
 * @param explored what was explored, or null when it was stopped before the first run
 * @param failing the run that failed, or null when none did
 */
public record Search(
        @Nullable Exploration explored, @Nullable RunOutcome failing) {

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
                return new Search(explored, outcome);
            }
        }
        return new Search(explored, null);
    }

    public long states() {
        return explored == null ? 0 : explored.distinctStates();
    }

    public long runs() {
        return explored == null ? 0 : explored.workloads();
    }
}
