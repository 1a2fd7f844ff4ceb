package dev.powercut.check.concurrent;

import dev.powercut.check.workload.Step;
import dev.powercut.sim.ChoiceBase;
import dev.powercut.sim.ChoiceOverride;
import dev.powercut.sim.Choices;
import dev.powercut.sim.schedule.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the program smaller: fewer processes, operations, operations before it, choices of the kernel. Where operations are left out,
 * the old schedule means little; so a candidate that does not show the trouble is given some schedules more.
 */
final class ProgramReduction {

    private static final int SCHEDULES_EACH = 48;

    /** A run whose power is cut takes the time of many, so that fewer schedules are tried. */
    private static final int SCHEDULES_EACH_CUT = 6;

    private final Trials trials;

    ProgramReduction(Trials trials) {
        this.trials = trials;
    }

    ConcurrentScenario fewerProcesses(ConcurrentScenario from) {
        ConcurrentScenario best = from;
        for (int process = best.program().processes().size() - 1; process >= 0; process--) {
            List<Step> kept = new ArrayList<>();
            for (Step step : best.program().steps()) {
                if (Program.processOf(step.number()) != process) {
                    kept.add(step);
                }
            }
            if (kept.size() < best.program().steps().size()) {
                ConcurrentScenario shown = shown(best.with(best.program().withSteps(kept)));
                best = shown == null ? best : shown;
            }
        }
        return best;
    }

    ConcurrentScenario fewerSteps(ConcurrentScenario from) {
        ConcurrentScenario best = from;
        for (int length = Math.max(1, best.program().steps().size() / 2); length >= 1; length /= 2) {
            int end = best.program().steps().size();
            while (end > 0 && !trials.isSpent()) {
                int start = Math.max(0, end - length);
                List<Step> kept = new ArrayList<>(best.program().steps());
                kept.subList(start, end).clear();
                ConcurrentScenario shown = shown(best.with(best.program().withSteps(kept)));
                best = shown == null ? best : shown;
                end = start;
            }
        }
        return best;
    }

    ConcurrentScenario fewerSetUpSteps(ConcurrentScenario from) {
        ConcurrentScenario best = from;
        for (int i = best.program().setUp().size() - 1; i >= 0 && !trials.isSpent(); i--) {
            List<Step> kept = new ArrayList<>(best.program().setUp());
            kept.remove(i);
            Program candidate = best.program().withSetUp(kept);
            ConcurrentBench old = trials.setUp(candidate);
            if (old != null) {
                ConcurrentScenario shown = shown(best.with(candidate));
                if (shown == null) {
                    trials.back(old);
                } else {
                    best = shown;
                }
            }
        }
        return best;
    }

    ConcurrentScenario fewerChoices(ConcurrentScenario from) {
        if (from.isDull()) {
            return from;
        }
        ConcurrentScenario dull = shown(from.choosing(List.of()));
        if (dull != null) {
            return dull;
        }
        ConcurrentScenario best = from;
        if (!(from.base() instanceof ChoiceBase.Zero)) {
            ConcurrentScenario written = from.choosing(drawn(from));
            if (!trials.shows(written)) {
                return from;
            }
            best = written;
        }
        for (int length = Math.max(1, best.overrides().size() / 2); length >= 1; length /= 2) {
            int end = best.overrides().size();
            while (end > 0 && !trials.isSpent()) {
                int start = Math.max(0, end - length);
                List<ChoiceOverride> kept = new ArrayList<>(best.overrides());
                kept.subList(start, end).clear();
                ConcurrentScenario shown = shown(best.choosing(kept));
                best = shown == null ? best : shown;
                end = start;
            }
        }
        return best;
    }

    private List<ChoiceOverride> drawn(ConcurrentScenario scenario) {
        List<ChoiceOverride> drawn = new ArrayList<>();
        trials.draw(scenario, (stream, index, kind, bound, value) -> {
            if (value > 0) {
                drawn.add(new ChoiceOverride(stream.path(), index, value));
            }
        });
        return drawn;
    }

    /** Processes that have nothing left to do are left out, where the others do not depend on their numbers. */
    ConcurrentScenario compact(ConcurrentScenario from) {
        List<List<Step>> busy = new ArrayList<>();
        for (List<Step> own : from.program().processes()) {
            if (!own.isEmpty()) {
                List<Step> renumbered = new ArrayList<>();
                for (Step step : own) {
                    int number = (busy.size() + 1) * Program.NUMBERS_EACH + step.number() % Program.NUMBERS_EACH;
                    renumbered.add(new Step(number, step.operation()));
                }
                busy.add(renumbered);
            }
        }
        if (busy.size() == from.program().processes().size()) {
            return from;
        }
        ConcurrentScenario shown = shown(from.with(new Program(from.program().setUp(), busy)));
        return shown == null ? from : shown;
    }

    /** The candidate with a schedule under which it shows the trouble, or null. */
    private @Nullable ConcurrentScenario shown(ConcurrentScenario candidate) {
        if (trials.isSpent()) {
            return null;
        }
        if (trials.shows(candidate)) {
            return candidate;
        }
        ConcurrentBench own = trials.bench(candidate);
        Turns turns = trials.turns();
        if (turns != null) {
            ConcurrentOutcome outcome = trials.run(own, candidate, turns.strategy());
            if (trials.shows(own, outcome)) {
                return candidate.with(outcome.saved());
            }
        }
        int steps = 1;
        int most = trials.cutsPower() ? SCHEDULES_EACH_CUT : SCHEDULES_EACH;
        for (int i = 0; i < most && !trials.isSpent(); i++) {
            Strategy strategy =
                    i == 0 ? Strategy.firstCome() : SchedulePlan.USUAL.strategy(Choices.seeded(i), i, steps);
            ConcurrentOutcome outcome = trials.run(own, candidate, strategy);
            steps = Math.max(1, outcome.schedule().size());
            if (trials.shows(own, outcome)) {
                return candidate.with(outcome.saved());
            }
        }
        return null;
    }
}
