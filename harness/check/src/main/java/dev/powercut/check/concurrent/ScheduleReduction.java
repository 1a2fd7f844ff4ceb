package dev.powercut.check.concurrent;

import dev.powercut.sim.Choices;
import dev.powercut.sim.schedule.DepthFirst;
import dev.powercut.sim.schedule.Schedule;
import dev.powercut.sim.schedule.SchedulerOptions;
import dev.powercut.sim.schedule.Strategy;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the schedule of one program smaller. All with no preemption are tried, then those with one, and so on (Musuvathi and Qadeer:
 * "Iterative context bounding", PLDI 2007), which finds the smallest if the budget lasts. Before that turns of one task are joined,
 * which makes a long schedule short at little cost; and what comes of it loses each choice that it does not need.
 */
final class ScheduleReduction {

    private static final int SCHEDULES_EACH_BOUND = 2_000;
    private static final int SCHEDULES_BY_CHANCE = 2_000;
    private static final int SCHEDULES_OF_WALK = 4_000;
    private static final int MOST_PREEMPTIONS = 3;

    private final Trials trials;

    ScheduleReduction(Trials trials) {
        this.trials = trials;
    }

    /** Keeps how the tasks take turns in a scenario, to try it on others. */
    void remember(ConcurrentScenario scenario) {
        ConcurrentBench own = trials.bench(scenario);
        trials.turns(Turns.of(
                trials.run(own, scenario, scenario.schedule().strategy()).schedule()));
    }

    /** Joins turns of one task: a task that could go on does so, or begins later. */
    ConcurrentScenario fewerTurns(ConcurrentScenario from) {
        ConcurrentBench own = trials.bench(from);
        ConcurrentOutcome outcome = trials.run(own, from, from.schedule().strategy());
        Turns turns = Turns.of(outcome.schedule());
        ConcurrentScenario best = from;
        for (int turn = 0; turn < turns.count() && !trials.isSpent(); turn++) {
            for (Turns joined : turns.joinedAt(turn)) {
                ConcurrentOutcome other = trials.run(own, best, joined.strategy());
                boolean fewer = Turns.of(other.schedule()).count() < turns.count()
                        && other.schedule().preemptions() <= outcome.schedule().preemptions();
                if (fewer && trials.shows(own, other)) {
                    best = best.with(other.saved());
                    outcome = other;
                    turns = Turns.of(other.schedule());
                    turn = -1;
                    break;
                }
            }
        }
        trials.turns(turns);
        return best;
    }

    /** Schedules that have few preemptions by their nature, of which some may show it too. */
    ConcurrentScenario fewerByChance(ConcurrentScenario from) {
        ConcurrentBench own = trials.bench(from);
        ConcurrentOutcome outcome = trials.run(own, from, from.schedule().strategy());
        ConcurrentScenario best = from;
        int least = outcome.schedule().preemptions();
        int most = trials.after(SCHEDULES_BY_CHANCE);
        for (int i = 0; least > 1 && trials.isBefore(most); i++) {
            Strategy strategy = Strategy.pct(
                    Choices.seeded(i), 1 + i % 4, outcome.schedule().size());
            ConcurrentOutcome other = trials.run(own, best, strategy);
            if (other.schedule().preemptions() < least && trials.shows(own, other)) {
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
    ConcurrentScenario fewerByWalking(ConcurrentScenario from) {
        ConcurrentBench own = trials.bench(from);
        Schedule present = trials.run(own, from, from.schedule().strategy()).schedule();
        ConcurrentScenario best = from;
        Choices choices = Choices.seeded(0);
        int most = trials.after(SCHEDULES_OF_WALK);
        while (present.preemptions() > MOST_PREEMPTIONS && trials.isBefore(most)) {
            ConcurrentOutcome other =
                    trials.run(own, from, Turns.of(present).changed(choices).strategy());
            if (other.schedule().preemptions() <= present.preemptions() && trials.shows(own, other)) {
                best = other.schedule().preemptions() < present.preemptions() ? best.with(other.saved()) : best;
                present = other.schedule();
            }
        }
        return best;
    }

    ConcurrentScenario fewerPreemptions(ConcurrentScenario from) {
        ConcurrentBench own = trials.bench(from);
        int present =
                trials.run(own, from, from.schedule().strategy()).schedule().preemptions();
        for (int bound = 0; bound <= MOST_PREEMPTIONS && bound < present; bound++) {
            List<SavedSchedule> shown = new ArrayList<>();
            int most = trials.after(SCHEDULES_EACH_BOUND);
            new DepthFirst(new DepthFirst.Bounds(bound, SCHEDULES_EACH_BOUND), SchedulerOptions.usual())
                    .explore(strategy -> {
                        ConcurrentOutcome outcome = trials.run(own, from, strategy);
                        if (trials.shows(own, outcome)) {
                            shown.add(outcome.saved());
                        }
                        return shown.isEmpty() && trials.isBefore(most);
                    });
            if (!shown.isEmpty()) {
                return from.with(shown.getFirst());
            }
        }
        return from;
    }

    ConcurrentScenario fewerDecisions(ConcurrentScenario from) {
        ConcurrentScenario best = from;
        ConcurrentBench own = trials.bench(from);
        int preemptions =
                trials.run(own, from, from.schedule().strategy()).schedule().preemptions();
        for (int length = Math.max(1, best.schedule().overrides().size() / 2); length >= 1; length /= 2) {
            int end = best.schedule().overrides().size();
            while (end > 0) {
                int start = Math.max(0, end - length);
                ConcurrentScenario candidate = best.with(best.schedule().without(start, end));
                ConcurrentOutcome outcome =
                        trials.run(own, candidate, candidate.schedule().strategy());
                if (outcome.schedule().preemptions() <= preemptions && trials.shows(own, outcome)) {
                    best = candidate;
                    preemptions = outcome.schedule().preemptions();
                }
                end = start;
            }
        }
        return best;
    }
}
