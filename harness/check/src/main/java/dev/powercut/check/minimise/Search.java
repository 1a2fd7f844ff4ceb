package dev.powercut.check.minimise;

import java.util.Set;
import java.util.TreeSet;

/** One search: the best scenario so far, and what has been tried. */
final class Search {

    private final Experiment experiment;
    private final int budget;
    private final Set<String> tried = new TreeSet<>();
    private Scenario best;
    private int lastStep;
    private int candidates;

    Search(Experiment experiment, int budget, Scenario start, int lastStep) {
        this.experiment = experiment;
        this.budget = budget;
        this.best = start;
        this.lastStep = lastStep;
        tried.add(start.key());
    }

    Scenario best() {
        return best;
    }

    /** Number of the last step that had begun when the best scenario showed the finding. */
    int lastStep() {
        return lastStep;
    }

    int candidates() {
        return candidates;
    }

    boolean isSpent() {
        return candidates >= budget || experiment.cost() >= Minimiser.MOST_COST;
    }

    Experiment experiment() {
        return experiment;
    }

    /** Runs a candidate that is simpler than the best and has not been run yet; true when it shows the finding and so is the best. */
    boolean takes(Scenario candidate) {
        if (candidate.compareSimplicity(best) >= 0 || isSpent() || !tried.add(candidate.key())) {
            return false;
        }
        candidates++;
        Experiment.Sighting sighting = experiment.run(candidate);
        if (sighting == null) {
            return false;
        }
        best = candidate;
        lastStep = sighting.lastStep();
        return true;
    }
}
