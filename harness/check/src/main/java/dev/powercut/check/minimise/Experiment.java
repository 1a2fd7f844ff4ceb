package dev.powercut.check.minimise;

import dev.powercut.sim.ChoiceOverride;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs scenarios, to see whether they still show the finding that is being made small. A pure function of the scenario. */
public interface Experiment {

    /** What a scenario shows of the finding, or null when the finding does not show. */
    @Nullable
    Sighting run(Scenario scenario);

    /** Every choice of a scenario that is not the dull one, such that all others may be dull. */
    List<ChoiceOverride> drawn(Scenario scenario);

    /** What all runs so far have cost, in crash states judged; 0 where that is not counted. */
    default long cost() {
        return 0;
    }

    /**
     * The finding showed.
     *
     * @param lastStep number of the last step that had begun when it did
     */
    record Sighting(int lastStep) {}
}
