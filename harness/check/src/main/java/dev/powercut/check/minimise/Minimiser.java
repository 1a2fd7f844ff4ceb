package dev.powercut.check.minimise;

import org.jspecify.annotations.Nullable;

/** Makes a scenario small as long as an experiment shows the finding. */
public final class Minimiser {

    /** Enough for a workload of some hundred operations to come to an end by itself. */
    public static final int DEFAULT_BUDGET = 2_000;

    /**
     * Crash states judged at most, as candidates of a device that does very much to what is in flight have thousands each: half a minute or
     * so of a core. Workloads of some hundred operations with their prefixes come to an end by a tenth of it.
     */
    public static final long MOST_COST = 500_000;

    private final Experiment experiment;
    private final int budget;

    /** @param budget how many scenarios to run at most */
    public Minimiser(Experiment experiment, int budget) {
        this.experiment = experiment;
        this.budget = budget;
    }

    /** The smallest scenario found, or null when the one given does not show the finding at all. */
    public @Nullable Minimised minimise(Scenario scenario) {
        Experiment.Sighting sighting = experiment.run(scenario);
        if (sighting == null) {
            return null;
        }
        Search search = new Search(experiment, budget, scenario, sighting.lastStep());
        Scenario before;
        do {
            before = search.best();
            new StepReduction(search).reduce();
            new ChoiceReduction(search).reduce();
            new WriteBackReduction(search).reduce();
            new PathReduction(search).reduce();
            new ArgumentReduction(search).reduce();
            if (search.best().equals(before)) {
                new Replacement(search).reduce();
            }
        } while (!search.best().equals(before) && !search.isSpent());
        search.takes(Renumbering.of(search.best()));
        return new Minimised(search.best(), search.candidates() + 1, search.isSpent());
    }
}
