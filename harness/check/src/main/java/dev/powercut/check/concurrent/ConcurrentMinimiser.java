package dev.powercut.check.concurrent;

import org.jspecify.annotations.Nullable;

/**
 * Makes small what shows a trouble, in the run itself or after a power cut: first fewer processes and operations, then fewer choices
 * of the kernel, then a schedule with as few preemptions as there is. {@link Trials} judges each candidate and keeps the budget,
 * {@link ProgramReduction} reduces what is run, {@link ScheduleReduction} the order in which it is.
 */
public final class ConcurrentMinimiser {

    public static final int DEFAULT_BUDGET = 12_000;

    private final Trials trials;
    private final ProgramReduction program;
    private final ScheduleReduction schedule;

    /**
     * @param setting what the program runs on
     * @param trouble what must still show
     * @param judge cuts the power in each run, when the trouble shows only after that; null when it shows in the run itself
     * @param budget how many runs, at most, or what takes as long
     */
    public ConcurrentMinimiser(
            ConcurrentSetting setting, ConcurrentBench bench, Trouble trouble, @Nullable CrashJudge judge, int budget) {
        trials = new Trials(setting, bench, trouble, judge, budget);
        program = new ProgramReduction(trials);
        schedule = new ScheduleReduction(trials);
    }

    /** The same, which tells somebody of each run when it begins. */
    public ConcurrentMinimiser telling(Runnable each) {
        trials.telling(each);
        return this;
    }

    /** The smallest scenario found; the same if it is not smaller. */
    public ConcurrentScenario minimise(ConcurrentScenario found) {
        ConcurrentScenario best = found;
        ConcurrentScenario before;
        if (trials.cutsPower()) {
            schedule.remember(best);
        } else {
            best = schedule.fewerTurns(best);
        }
        do {
            before = best;
            best = program.fewerProcesses(best);
            best = program.fewerSteps(best);
            best = program.fewerSetUpSteps(best);
            best = program.fewerChoices(best);
            best = schedule.fewerTurns(best);
        } while (!best.equals(before) && !trials.isSpent());
        best = schedule.fewerByChance(program.compact(best));
        best = schedule.fewerTurns(best);
        best = schedule.fewerPreemptions(schedule.fewerByWalking(best));
        return schedule.fewerDecisions(best);
    }
}
