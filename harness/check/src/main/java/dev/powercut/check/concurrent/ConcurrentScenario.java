package dev.powercut.check.concurrent;

import dev.powercut.sim.ChoiceBase;
import dev.powercut.sim.ChoiceOverride;
import dev.powercut.sim.ChoiceRecorder;
import dev.powercut.sim.Choices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be run again to the letter: a program, what the kernel chooses of its own, and a schedule.
 *
 * @param base where the kernel's choices come from
 * @param overrides single ones of these that are others
 */
public record ConcurrentScenario(
        Program program, ChoiceBase base, List<ChoiceOverride> overrides, SavedSchedule schedule) {

    public ConcurrentScenario {
        overrides = List.copyOf(overrides);
    }

    /** Fresh choices for one run. */
    public Choices choices(@Nullable ChoiceRecorder recorder) {
        return Choices.of(base, overrides, recorder);
    }

    ConcurrentScenario with(Program other) {
        return new ConcurrentScenario(other, base, overrides, schedule);
    }

    ConcurrentScenario with(SavedSchedule other) {
        return new ConcurrentScenario(program, base, overrides, other);
    }

    ConcurrentScenario choosing(List<ChoiceOverride> others) {
        return new ConcurrentScenario(program, new ChoiceBase.Zero(), others, schedule);
    }

    boolean isDull() {
        return base instanceof ChoiceBase.Zero && overrides.isEmpty();
    }
}
