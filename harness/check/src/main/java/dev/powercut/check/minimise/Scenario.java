package dev.powercut.check.minimise;

import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.check.workload.Step;
import dev.powercut.check.workload.Workload;
import dev.powercut.sim.ChoiceBase;
import dev.powercut.sim.ChoiceOverride;
import dev.powercut.sim.ChoiceRecorder;
import dev.powercut.sim.Choices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be run again to the letter: a workload written out, and the choices that everything else is drawn from.
 *
 * @param steps with ascending numbers
 * @param base where choices come from
 * @param overrides single choices that are others
 */
public record Scenario(List<Step> steps, ChoiceBase base, List<ChoiceOverride> overrides) {

    public Scenario {
        steps = List.copyOf(steps);
        overrides = List.copyOf(overrides);
    }

    /** Steps for which every choice is the dull one. */
    public static Scenario dull(List<Step> steps) {
        return new Scenario(steps, new ChoiceBase.Zero(), List.of());
    }

    public Workload workload() {
        return ScriptWorkload.of("scenario", steps);
    }

    /** Fresh choices for one run. */
    public Choices choices(@Nullable ChoiceRecorder recorder) {
        return Choices.of(base, overrides, recorder);
    }

    public Scenario withSteps(List<Step> others) {
        return new Scenario(others, base, overrides);
    }

    public Scenario withOverrides(List<ChoiceOverride> others) {
        return new Scenario(steps, base, others);
    }

    /** Simpler is less: drawn choices weigh more than steps, these more than what stands in them. */
    int compareSimplicity(Scenario other) {
        int byBase = Boolean.compare(!isDullBase(), !other.isDullBase());
        int byOverrides = byBase != 0 ? byBase : Integer.compare(overrides.size(), other.overrides.size());
        int bySteps = byOverrides != 0 ? byOverrides : Integer.compare(steps.size(), other.steps.size());
        int byValues = bySteps != 0 ? bySteps : Long.compare(sumOfValues(), other.sumOfValues());
        return byValues != 0 ? byValues : Weight.of(steps).compareTo(Weight.of(other.steps));
    }

    boolean isDullBase() {
        return base instanceof ChoiceBase.Zero;
    }

    private long sumOfValues() {
        long sum = 0;
        for (ChoiceOverride override : overrides) {
            sum += override.value();
        }
        return sum;
    }

    /** Names this scenario among the candidates of one search, in which all seeded ones have the same seed. */
    String key() {
        StringBuilder key = new StringBuilder(isDullBase() ? "dull" : "drawn").append('\n');
        for (ChoiceOverride override : overrides) {
            key.append(override.path()).append('#').append(override.index());
            key.append('=').append(override.value()).append('\n');
        }
        for (Step step : steps) {
            key.append(step).append('\n');
        }
        return key.toString();
    }
}
