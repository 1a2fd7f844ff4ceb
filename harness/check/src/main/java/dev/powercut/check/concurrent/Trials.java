package dev.powercut.check.concurrent;

import dev.powercut.check.concurrent.ConcurrentBench.Recording;
import dev.powercut.sim.ChoiceRecorder;
import dev.powercut.sim.schedule.Strategy;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs candidates, says whether they show the trouble, in the run itself or after a power cut, and counts what that takes. It keeps
 * what the next candidate is tried with: the bench that is set up for it, and how the tasks took turns when the trouble showed last.
 */
final class Trials {

    /** So many crash images take about as long as one run. */
    private static final int IMAGES_OF_RUN = 4;

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

    Trials(ConcurrentSetting setting, ConcurrentBench bench, Trouble trouble, @Nullable CrashJudge judge, int budget) {
        this.setting = setting;
        this.bench = bench;
        this.trouble = trouble;
        this.judge = judge;
        this.budget = budget;
    }

    void telling(Runnable each) {
        onRun = each;
    }

    /** Whether the trouble shows only after the power was cut. */
    boolean cutsPower() {
        return judge != null;
    }

    @Nullable
    Turns turns() {
        return turns;
    }

    void turns(Turns shown) {
        turns = shown;
    }

    ConcurrentBench bench(ConcurrentScenario scenario) {
        return bench.with(scenario.program());
    }

    /** Sets a bench up for programs that begin like this one; returns the one before, or null when it cannot be set up so. */
    @Nullable
    ConcurrentBench setUp(Program program) {
        ConcurrentBench old = bench;
        ConcurrentBench prepared = ConcurrentBench.of(setting, program);
        if (prepared == null) {
            return null;
        }
        bench = prepared;
        return old;
    }

    void back(ConcurrentBench old) {
        bench = old;
    }

    /** The number of runs after which so many more are done, or the budget is. */
    int after(int more) {
        return Math.min(budget, runs + more);
    }

    /** Whether there are runs to do before that number, as {@link #after} says it. */
    boolean isBefore(int most) {
        return runs < most;
    }

    /** The rest is for schedules with few preemptions: a small program is worth little without one. */
    boolean isSpent() {
        return runs >= budget / 2;
    }

    boolean shows(ConcurrentScenario candidate) {
        ConcurrentBench own = bench(candidate);
        return shows(own, run(own, candidate, candidate.schedule().strategy()));
    }

    ConcurrentOutcome run(ConcurrentBench own, ConcurrentScenario scenario, Strategy strategy) {
        runs++;
        onRun.run();
        return own.run(scenario.choices(null), strategy, judge == null ? Recording.NOTHING : Recording.LOG);
    }

    boolean shows(ConcurrentBench own, ConcurrentOutcome outcome) {
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

    /** The scenario's run, of which nothing but what it draws is of interest. */
    void draw(ConcurrentScenario scenario, ChoiceRecorder recorder) {
        onRun.run();
        bench(scenario).run(scenario.choices(recorder), scenario.schedule());
        runs++;
    }
}
