package dev.powercut.campaign.gate;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.RunConfiguration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the findings of a gate small, by which they get the fingerprints that a plan knows them by. */
@FunctionalInterface
public interface Reduction {

    /** Leaves findings as they are found. */
    Reduction NONE = (target, runs, findings) -> findings;

    /**
     * Makes findings small.
     *
     * @param target name of the target of all of them
     * @param runs gives the run that a finding is told of; null for one that is left as it is
     * @return those of one cause together
     */
    List<FindingReport> of(
            String target, Function<FindingReport, @Nullable RunConfiguration> runs, List<FindingReport> findings);
}
