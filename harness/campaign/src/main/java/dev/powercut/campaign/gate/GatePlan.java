package dev.powercut.campaign.gate;

import dev.powercut.campaign.Campaign;
import dev.powercut.campaign.Named;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.ace.AceCampaign;
import dev.powercut.campaign.ace.AceRange;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FileSystemTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gate is to do.
 *
 * @param name what it was read from, as the user knows it
 * @param cases folder of the saved cases to replay, or null for none
 * @param explorations in the order in which to do them, at least one, names unique
 * @param known findings that are known, and do not fail the gate
 */
public record GatePlan(String name, @Nullable Path cases, List<PlannedExploration> explorations, List<Known> known) {

    public GatePlan {
        explorations = List.copyOf(explorations);
        known = List.copyOf(known);
    }

    /** One under which every finding of some weight fails the gate. */
    public GatePlan(String name, @Nullable Path cases, List<PlannedExploration> explorations) {
        this(name, cases, explorations, List.of());
    }

    /**
     * A finding that is known.
     *
     * @param fingerprint as reports have it of the finding made small
     * @param why it may stay, such as the number of the ticket
     */
    public record Known(String target, String fingerprint, String why) {}

    /**
     * One configuration to explore.
     *
     * @param name short, unique in the plan
     * @param run what each run does; its seed is the first one
     * @param states how many distinct states to examine in all
     * @param range of which workloads to run each when all sequences of core operations are tried, until the budget is spent; else null
     */
    public record PlannedExploration(
            String name,
            RunConfiguration run,
            long states,
            @Nullable AceRange range) {

        /**
         * Sees that it can be done, without doing it.
         *
         * @throws UsageException when it names something that there is not, or asks for what cannot be done
         */
        public void validate(FileSystemTarget target, List<Oracle> oracles) {
            if (range == null) {
                new Campaign(run, target, oracles, 1).validate();
            } else {
                new AceCampaign(run, target, oracles, range, 1).validate();
            }
        }
    }

    /** How many distinct states there are to examine. */
    public long states() {
        return explorations.stream().mapToLong(PlannedExploration::states).sum();
    }

    /**
     * The part of the plan that is about some targets.
     *
     * @throws UsageException when it has nothing about one of them
     */
    public GatePlan ofTargets(List<String> targets) {
        List<String> planned = explorations.stream()
                .map(exploration -> exploration.run().target())
                .distinct()
                .toList();
        for (String target : targets) {
            if (!planned.contains(target)) {
                throw new UsageException(
                        name + ": " + Named.unknown("target", target, planned).getMessage() + " in this plan");
            }
        }
        return new GatePlan(
                name,
                cases,
                explorations.stream()
                        .filter(exploration ->
                                targets.contains(exploration.run().target()))
                        .toList(),
                known.stream().filter(one -> targets.contains(one.target())).toList());
    }

    /** The same with another budget in all, shared as before. */
    public GatePlan withStates(long states) {
        double scale = (double) states / states();
        List<PlannedExploration> scaled = new ArrayList<>();
        long plannedSoFar = 0;
        long scaledSoFar = 0;
        for (PlannedExploration exploration : explorations) {
            plannedSoFar += exploration.states();
            long share = Math.max(1, Math.round(plannedSoFar * scale) - scaledSoFar);
            scaledSoFar += share;
            scaled.add(new PlannedExploration(exploration.name(), exploration.run(), share, exploration.range()));
        }
        return new GatePlan(name, cases, scaled, known);
    }
}
