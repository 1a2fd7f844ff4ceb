package dev.powercut.check.concurrent;

import dev.powercut.sim.ChoiceBase;
import dev.powercut.sim.ChoiceOverride;
import dev.powercut.sim.ChoiceRecorder;
import dev.powercut.sim.Choices;
import dev.powercut.sim.schedule.Candidates;
import dev.powercut.sim.schedule.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as a few choices: at each point at which several tasks could take the next step, the dull choice is the one that is running,
 * or has been ready longest; only the others are kept.
 *
 * @param overrides the choices that were not dull
 */
public record SavedSchedule(List<ChoiceOverride> overrides) {

    /** The stream that a schedule draws from, below the root. */
    public static final String STREAM = "schedule";

    public SavedSchedule {
        overrides = List.copyOf(overrides);
    }

    /** Takes the decisions again. */
    public Strategy strategy() {
        return strategy(null);
    }

    /** The same, telling of each decision. */
    public Strategy strategy(@Nullable ChoiceRecorder recorder) {
        return Strategy.randomWalk(
                Choices.of(new ChoiceBase.Zero(), overrides, recorder).split(STREAM));
    }

    public SavedSchedule without(int from, int to) {
        List<ChoiceOverride> kept = new ArrayList<>(overrides);
        kept.subList(from, to).clear();
        return new SavedSchedule(kept);
    }

    /** Writes down what another strategy decides. */
    static final class Recorder implements Strategy {

        private final Strategy strategy;
        private final List<ChoiceOverride> noted = new ArrayList<>();
        private int decisions;

        Recorder(Strategy strategy) {
            this.strategy = strategy;
        }

        @Override
        public int choose(Candidates candidates) {
            int chosen = strategy.choose(candidates);
            if (candidates.count() > 1) {
                if (chosen > 0) {
                    noted.add(new ChoiceOverride(STREAM, decisions, chosen));
                }
                decisions++;
            }
            return chosen;
        }

        @Override
        public void taking(Candidates candidates, int chosen) {
            strategy.taking(candidates, chosen);
        }

        @Override
        public boolean isFair() {
            return strategy.isFair();
        }

        SavedSchedule saved() {
            return new SavedSchedule(noted);
        }
    }
}
