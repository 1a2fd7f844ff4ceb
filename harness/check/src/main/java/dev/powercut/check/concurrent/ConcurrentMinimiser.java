package dev.powercut.check.concurrent;

import dev.powercut.check.concurrent.ConcurrentBench.Recording;
import dev.powercut.check.workload.Step;
import dev.powercut.sim.ChoiceBase;
import dev.powercut.sim.ChoiceOverride;
import dev.powercut.sim.Choices;
import dev.powercut.sim.schedule.DepthFirst;
import dev.powercut.sim.schedule.SchedulerOptions;
import dev.powercut.sim.schedule.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes small what shows a trouble: first fewer operations, then fewer choices of the kernel, then a schedule with as few preemptions as
 * there is. Where operations are left out, the old schedule means little; so a candidate that does not show it is given some
 * schedules more.
 *
 * <p>For the schedule, all with no preemption are tried, then those with one, and so on (Musuvathi and Qadeer: "Iterative context
 * bounding", PLDI 2007), which finds the smallest if the budget lasts; and what comes of that loses each choice that it does
 * not need.
 */
public final class ConcurrentMinimiser {

    public static final int DEFAULT_BUDGET = 12_000;

    private static final int SCHEDULES_EACH = 48;
    private static final int SCHEDULES_EACH_BOUND = 2_000;
    private static final int MOST_PREEMPTIONS = 3;

    private final ConcurrentSetting setting;
    private final Trouble trouble;
    private final int budget;
    private ConcurrentBench bench;
    private int runs;

    /**
     * @param setting what the program runs on
     * @param trouble what must still show
     * @param budget how many runs, at most
     */
    public ConcurrentMinimiser(ConcurrentSetting setting, ConcurrentBench bench, Trouble trouble, int budget) {
        this.setting = setting;
        this.bench = bench;
        this.trouble = trouble;
        this.budget = budget;
    }

    /** The smallest scenario found; the same if it is not smaller. */
    public ConcurrentScenario minimise(ConcurrentScenario found) {
        ConcurrentScenario best = found;
        ConcurrentScenario before;
        do {
            before = best;
            best = fewerSteps(best);
            best = fewerSetUpSteps(best);
            best = fewerChoices(best);
        } while (!best.equals(before) && !isSpent());
        best = compact(best);
        best = fewerPreemptions(best);
        return fewerDecisions(best);
    }

    /** How many runs it took. */
    public int runs() {
        return runs;
    }

    private boolean isSpent() {
        return runs >= budget;
    }

    private boolean shows(ConcurrentScenario candidate) {
        runs++;
        return shows(bench.with(candidate.program()).run(candidate.choices(null), candidate.schedule()));
    }

    private boolean shows(ConcurrentOutcome outcome) {
        return outcome.trouble(trouble) != null;
    }

    /** The candidate with a schedule under which it shows the trouble, or null. */
    private @Nullable ConcurrentScenario shown(ConcurrentScenario candidate) {
        if (isSpent()) {
            return null;
        }
        if (shows(candidate)) {
            return candidate;
        }
        ConcurrentBench own = bench.with(candidate.program());
        int steps = 1;
        for (int i = 0; i < SCHEDULES_EACH && !isSpent(); i++) {
            Strategy strategy =
                    i == 0 ? Strategy.firstCome() : SchedulePlan.USUAL.strategy(Choices.seeded(i), i, steps);
            ConcurrentOutcome outcome = own.run(candidate.choices(null), strategy, Recording.NOTHING);
            runs++;
            steps = Math.max(1, outcome.schedule().size());
            if (shows(outcome)) {
                return candidate.with(outcome.saved());
            }
        }
        return null;
    }

    private ConcurrentScenario fewerSteps(ConcurrentScenario from) {
        ConcurrentScenario best = from;
        for (int length = Math.max(1, best.program().steps().size() / 2); length >= 1; length /= 2) {
            int end = best.program().steps().size();
            while (end > 0 && !isSpent()) {
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

    private ConcurrentScenario fewerSetUpSteps(ConcurrentScenario from) {
        ConcurrentScenario best = from;
        for (int i = best.program().setUp().size() - 1; i >= 0 && !isSpent(); i--) {
            List<Step> kept = new ArrayList<>(best.program().setUp());
            kept.remove(i);
            ConcurrentBench old = bench;
            Program candidate = best.program().withSetUp(kept);
            ConcurrentBench prepared = ConcurrentBench.of(setting, candidate);
            if (prepared != null) {
                bench = prepared;
                ConcurrentScenario shown = shown(best.with(candidate));
                if (shown == null) {
                    bench = old;
                } else {
                    best = shown;
                }
            }
        }
        return best;
    }

    private ConcurrentScenario fewerChoices(ConcurrentScenario from) {
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
            if (!shows(written)) {
                return from;
            }
            best = written;
        }
        for (int length = Math.max(1, best.overrides().size() / 2); length >= 1; length /= 2) {
            int end = best.overrides().size();
            while (end > 0 && !isSpent()) {
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
        bench.with(scenario.program())
                .run(
                        scenario.choices((stream, index, kind, bound, value) -> {
                            if (value > 0) {
                                drawn.add(new ChoiceOverride(stream.path(), index, value));
                            }
                        }),
                        scenario.schedule());
        runs++;
        return drawn;
    }

    /** Processes that have nothing left to do are left out, where the others do not depend on their numbers. */
    private ConcurrentScenario compact(ConcurrentScenario from) {
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

    private ConcurrentScenario fewerPreemptions(ConcurrentScenario from) {
        ConcurrentBench own = bench.with(from.program());
        int present = own.run(from.choices(null), from.schedule()).schedule().preemptions();
        for (int bound = 0; bound <= MOST_PREEMPTIONS && bound < present; bound++) {
            List<SavedSchedule> shown = new ArrayList<>();
            new DepthFirst(new DepthFirst.Bounds(bound, SCHEDULES_EACH_BOUND), SchedulerOptions.usual())
                    .explore(strategy -> {
                        ConcurrentOutcome outcome = own.run(from.choices(null), strategy, Recording.NOTHING);
                        runs++;
                        if (shows(outcome)) {
                            shown.add(outcome.saved());
                        }
                        return shown.isEmpty();
                    });
            if (!shown.isEmpty()) {
                return from.with(shown.getFirst());
            }
        }
        return from;
    }

    private ConcurrentScenario fewerDecisions(ConcurrentScenario from) {
        ConcurrentScenario best = from;
        int preemptions = Integer.MAX_VALUE;
        for (int length = Math.max(1, best.schedule().overrides().size() / 2); length >= 1; length /= 2) {
            int end = best.schedule().overrides().size();
            while (end > 0) {
                int start = Math.max(0, end - length);
                ConcurrentScenario candidate = best.with(best.schedule().without(start, end));
                ConcurrentOutcome outcome =
                        bench.with(candidate.program()).run(candidate.choices(null), candidate.schedule());
                runs++;
                if (shows(outcome) && outcome.schedule().preemptions() <= preemptions) {
                    best = candidate;
                    preemptions = outcome.schedule().preemptions();
                }
                end = start;
            }
        }
        return best;
    }
}
