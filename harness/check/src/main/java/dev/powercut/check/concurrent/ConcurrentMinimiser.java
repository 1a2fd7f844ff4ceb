package dev.powercut.check.concurrent;

import dev.powercut.check.concurrent.ConcurrentBench.Recording;
import dev.powercut.check.workload.Step;
import dev.powercut.sim.ChoiceBase;
import dev.powercut.sim.ChoiceOverride;
import dev.powercut.sim.Choices;
import dev.powercut.sim.schedule.DepthFirst;
import dev.powercut.sim.schedule.Schedule;
import dev.powercut.sim.schedule.SchedulerOptions;
import dev.powercut.sim.schedule.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes small what shows a trouble, in the run itself or after a power cut: first fewer processes and operations, then fewer choices
 * of the kernel, then a schedule with as few preemptions as there is. Where operations are left out, the old schedule means little;
 * so a candidate that does not show it is given some schedules more.
 *
 * <p>For the schedule, all with no preemption are tried, then those with one, and so on (Musuvathi and Qadeer: "Iterative context
 * bounding", PLDI 2007), which finds the smallest if the budget lasts. Before that turns of one task are joined, which makes a long
 * schedule short at little cost; and what comes of it loses each choice that it does not need.
 */
public final class ConcurrentMinimiser {

    public static final int DEFAULT_BUDGET = 12_000;

    private static final int SCHEDULES_EACH = 48;
    private static final int SCHEDULES_EACH_BOUND = 2_000;
    private static final int SCHEDULES_BY_CHANCE = 2_000;
    private static final int SCHEDULES_OF_WALK = 4_000;
    private static final int MOST_PREEMPTIONS = 3;

    /** So many crash images take about as long as one run. */
    private static final int IMAGES_OF_RUN = 4;

    /** A run whose power is cut takes the time of many, so that fewer schedules are tried. */
    private static final int SCHEDULES_EACH_CUT = 6;

    private final ConcurrentSetting setting;
    private final Trouble trouble;
    private final @Nullable CrashJudge judge;
    private final int budget;
    private ConcurrentBench bench;
    private int runs;
    private Runnable onRun = () -> {};

    /** Of the program whose power was cut last, whether its runs show it, by their traces. */
    private final Map<Long, Boolean> judgedRuns = new TreeMap<>();

    private @Nullable Program judgedProgram;

    /** How the tasks took turns when it showed last: that means more to another program than single decisions do. */
    private @Nullable Turns turns;

    /**
     * @param setting what the program runs on
     * @param trouble what must still show
     * @param judge cuts the power in each run, when the trouble shows only after that; null when it shows in the run itself
     * @param budget how many runs, at most, or what takes as long
     */
    public ConcurrentMinimiser(
            ConcurrentSetting setting, ConcurrentBench bench, Trouble trouble, @Nullable CrashJudge judge, int budget) {
        this.setting = setting;
        this.bench = bench;
        this.trouble = trouble;
        this.judge = judge;
        this.budget = budget;
    }

    /** The same, which tells somebody of each run when it begins. */
    public ConcurrentMinimiser telling(Runnable each) {
        onRun = each;
        return this;
    }

    /** The smallest scenario found; the same if it is not smaller. */
    public ConcurrentScenario minimise(ConcurrentScenario found) {
        ConcurrentScenario best = found;
        ConcurrentScenario before;
        if (judge == null) {
            best = fewerTurns(best);
        } else {
            turns = Turns.of(run(bench, best, best.schedule().strategy()).schedule());
        }
        do {
            before = best;
            best = fewerProcesses(best);
            best = fewerSteps(best);
            best = fewerSetUpSteps(best);
            best = fewerChoices(best);
            best = fewerTurns(best);
        } while (!best.equals(before) && !isSpent());
        best = fewerByChance(compact(best));
        best = fewerTurns(best);
        best = fewerPreemptions(fewerByWalking(best));
        return fewerDecisions(best);
    }

    /** The rest is for schedules with few preemptions: a small program is worth little without one. */
    private boolean isSpent() {
        return runs >= budget / 2;
    }

    private boolean shows(ConcurrentScenario candidate) {
        ConcurrentBench own = bench.with(candidate.program());
        return shows(own, run(own, candidate, candidate.schedule().strategy()));
    }

    private ConcurrentOutcome run(ConcurrentBench own, ConcurrentScenario scenario, Strategy strategy) {
        runs++;
        onRun.run();
        return own.run(scenario.choices(null), strategy, judge == null ? Recording.NOTHING : Recording.LOG);
    }

    private boolean shows(ConcurrentBench own, ConcurrentOutcome outcome) {
        if (judge == null || outcome.trouble(trouble) != null) {
            return outcome.trouble(trouble) != null;
        }
        if (!own.program().equals(judgedProgram)) {
            judgedProgram = own.program();
            judgedRuns.clear();
        }
        Boolean known = judgedRuns.get(outcome.traceHash());
        if (known == null) {
            known = showsAfterCut(judge, own, outcome);
            judgedRuns.put(outcome.traceHash(), known);
        }
        return known;
    }

    private boolean showsAfterCut(CrashJudge judge, ConcurrentBench own, ConcurrentOutcome outcome) {
        CrashJudge.Judged judged = judge.judge(own, outcome);
        if (judged == null) {
            return false;
        }
        runs += judged.verdict().imagesExamined() / IMAGES_OF_RUN;
        for (Trouble found : CrashJudge.troubles(judged.verdict())) {
            if (found.isSameSort(trouble)) {
                return true;
            }
        }
        return false;
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
        if (turns != null) {
            ConcurrentOutcome outcome = run(own, candidate, turns.strategy());
            if (shows(own, outcome)) {
                return candidate.with(outcome.saved());
            }
        }
        int steps = 1;
        int most = judge == null ? SCHEDULES_EACH : SCHEDULES_EACH_CUT;
        for (int i = 0; i < most && !isSpent(); i++) {
            Strategy strategy =
                    i == 0 ? Strategy.firstCome() : SchedulePlan.USUAL.strategy(Choices.seeded(i), i, steps);
            ConcurrentOutcome outcome = run(own, candidate, strategy);
            steps = Math.max(1, outcome.schedule().size());
            if (shows(own, outcome)) {
                return candidate.with(outcome.saved());
            }
        }
        return null;
    }

    private ConcurrentScenario fewerProcesses(ConcurrentScenario from) {
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
        onRun.run();
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

    /** Joins turns of one task: a task that could go on does so, or begins later. */
    private ConcurrentScenario fewerTurns(ConcurrentScenario from) {
        ConcurrentBench own = bench.with(from.program());
        ConcurrentOutcome outcome = run(own, from, from.schedule().strategy());
        turns = Turns.of(outcome.schedule());
        ConcurrentScenario best = from;
        for (int turn = 0; turn < turns.count() && !isSpent(); turn++) {
            for (Turns joined : turns.joinedAt(turn)) {
                ConcurrentOutcome other = run(own, best, joined.strategy());
                boolean fewer = Turns.of(other.schedule()).count() < turns.count()
                        && other.schedule().preemptions() <= outcome.schedule().preemptions();
                if (fewer && shows(own, other)) {
                    best = best.with(other.saved());
                    outcome = other;
                    turns = Turns.of(other.schedule());
                    turn = -1;
                    break;
                }
            }
        }
        return best;
    }

    /** Schedules that have few preemptions by their nature, of which some may show it too. */
    private ConcurrentScenario fewerByChance(ConcurrentScenario from) {
        ConcurrentBench own = bench.with(from.program());
        ConcurrentOutcome outcome = run(own, from, from.schedule().strategy());
        ConcurrentScenario best = from;
        int least = outcome.schedule().preemptions();
        int most = Math.min(budget, runs + SCHEDULES_BY_CHANCE);
        for (int i = 0; least > 1 && runs < most; i++) {
            Strategy strategy = Strategy.pct(
                    Choices.seeded(i), 1 + i % 4, outcome.schedule().size());
            ConcurrentOutcome other = run(own, best, strategy);
            if (other.schedule().preemptions() < least && shows(own, other)) {
                best = best.with(other.saved());
                least = other.schedule().preemptions();
            }
        }
        return best;
    }

    /**
     * Walks from schedule to schedule that shows it, each much like the one before and with no more preemptions: so it gets out of where
     * no single change makes it smaller.
     */
    private ConcurrentScenario fewerByWalking(ConcurrentScenario from) {
        ConcurrentBench own = bench.with(from.program());
        Schedule present = run(own, from, from.schedule().strategy()).schedule();
        ConcurrentScenario best = from;
        Choices choices = Choices.seeded(0);
        int most = Math.min(budget, runs + SCHEDULES_OF_WALK);
        while (present.preemptions() > MOST_PREEMPTIONS && runs < most) {
            ConcurrentOutcome other =
                    run(own, from, Turns.of(present).changed(choices).strategy());
            if (other.schedule().preemptions() <= present.preemptions() && shows(own, other)) {
                best = other.schedule().preemptions() < present.preemptions() ? best.with(other.saved()) : best;
                present = other.schedule();
            }
        }
        return best;
    }

    private ConcurrentScenario fewerPreemptions(ConcurrentScenario from) {
        ConcurrentBench own = bench.with(from.program());
        int present = run(own, from, from.schedule().strategy()).schedule().preemptions();
        for (int bound = 0; bound <= MOST_PREEMPTIONS && bound < present; bound++) {
            List<SavedSchedule> shown = new ArrayList<>();
            int most = Math.min(budget, runs + SCHEDULES_EACH_BOUND);
            new DepthFirst(new DepthFirst.Bounds(bound, SCHEDULES_EACH_BOUND), SchedulerOptions.usual())
                    .explore(strategy -> {
                        ConcurrentOutcome outcome = run(own, from, strategy);
                        if (shows(own, outcome)) {
                            shown.add(outcome.saved());
                        }
                        return shown.isEmpty() && runs < most;
                    });
            if (!shown.isEmpty()) {
                return from.with(shown.getFirst());
            }
        }
        return from;
    }

    private ConcurrentScenario fewerDecisions(ConcurrentScenario from) {
        ConcurrentScenario best = from;
        ConcurrentBench own = bench.with(from.program());
        int preemptions = run(own, from, from.schedule().strategy()).schedule().preemptions();
        for (int length = Math.max(1, best.schedule().overrides().size() / 2); length >= 1; length /= 2) {
            int end = best.schedule().overrides().size();
            while (end > 0) {
                int start = Math.max(0, end - length);
                ConcurrentScenario candidate = best.with(best.schedule().without(start, end));
                ConcurrentOutcome outcome =
                        run(own, candidate, candidate.schedule().strategy());
                if (outcome.schedule().preemptions() <= preemptions && shows(own, outcome)) {
                    best = candidate;
                    preemptions = outcome.schedule().preemptions();
                }
                end = start;
            }
        }
        return best;
    }
}
