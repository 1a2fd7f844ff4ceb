package dev.powercut.check.minimise;

import dev.powercut.sim.ChoiceBase;
import dev.powercut.sim.ChoiceOverride;
import java.util.ArrayList;
import java.util.List;

/** Makes choices dull: all, then stretches of those drawn, then single ones, and lowers what has to stay. */
final class ChoiceReduction {

    private final Search search;

    ChoiceReduction(Search search) {
        this.search = search;
    }

    void reduce() {
        if (search.takes(Scenario.dull(search.best().steps()))) {
            return;
        }
        if (!search.best().isDullBase()) {
            Scenario best = search.best();
            // Written out it is the same run; only if it were not, what follows would have to go without.
            search.takes(new Scenario(
                    best.steps(), new ChoiceBase.Zero(), search.experiment().drawn(best)));
        }
        for (int length = Math.max(1, search.best().overrides().size() / 2); length >= 1; length /= 2) {
            dropStretches(length);
        }
        for (int i = 0; i < search.best().overrides().size(); i++) {
            lower(i);
        }
    }

    private void dropStretches(int length) {
        int end = search.best().overrides().size();
        while (end > 0 && !search.isSpent()) {
            int from = Math.max(0, end - length);
            List<ChoiceOverride> kept = new ArrayList<>(search.best().overrides());
            kept.subList(from, end).clear();
            search.takes(search.best().withOverrides(kept));
            end = from;
        }
    }

    /** Halves the way to the lowest value that still shows it, as if lower values were never better than higher ones. */
    private void lower(int index) {
        int low = 0;
        while (search.best().overrides().get(index).value() - low > 1 && !search.isSpent()) {
            int middle = low + (search.best().overrides().get(index).value() - low) / 2;
            if (!search.takes(search.best().withOverrides(lowered(index, middle)))) {
                low = middle;
            }
        }
    }

    private List<ChoiceOverride> lowered(int index, int value) {
        List<ChoiceOverride> overrides = new ArrayList<>(search.best().overrides());
        ChoiceOverride old = overrides.get(index);
        overrides.set(index, new ChoiceOverride(old.path(), old.index(), value));
        return overrides;
    }
}
