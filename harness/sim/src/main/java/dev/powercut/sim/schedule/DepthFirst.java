package dev.powercut.sim.schedule;

import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All schedules of a small program, one after the other: the program is run again and again, and each run differs from the one
 * before at the last decision that has an alternative left. With a bound on preemptions (Musuvathi and Qadeer: "Iterative context
 * bounding for systematic testing of multithreaded programs", PLDI 2007) also for larger ones: most bugs take two at most.
 */
public final class DepthFirst {

    private final Bounds bounds;
    private final SchedulerOptions options;

    /**
     * How far to go.
     *
     * @param preemptions how many a schedule may have
     * @param schedules how many schedules to run at most
     */
    public record Bounds(int preemptions, long schedules) {

        public static final Bounds NONE = new Bounds(Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * What came of it.
     *
     * @param schedules how many were run
     * @param complete whether these are all within the bound on preemptions
     */
    public record Result(long schedules, boolean complete) {}

    public DepthFirst(Bounds bounds, SchedulerOptions options) {
        this.bounds = bounds;
        this.options = options;
    }

    /**
     * Explores a program.
     *
     * @param main the body of its first task; it must do the same each time, but for the schedule
     * @param goesOn given each outcome; false ends the exploration
     * @throws IllegalStateException when it does not do the same each time
     */
    public Result explore(Consumer<World> main, Predicate<Outcome> goesOn) {
        return explore(strategy -> goesOn.test(Scheduler.run(Choices.zero(), strategy, options, main)));
    }

    /**
     * Explores a program that the caller runs.
     *
     * @param run runs it once with the strategy that it is given; false ends the exploration
     * @throws IllegalStateException when it does not do the same each time
     */
    public Result explore(Predicate<Strategy> run) {
        Enumeration enumeration = new Enumeration(bounds.preemptions());
        long schedules = 0;
        do {
            if (schedules == bounds.schedules()) {
                return new Result(schedules, false);
            }
            schedules++;
            boolean goesOn = run.test(enumeration);
            enumeration.requireSame();
            if (!goesOn) {
                return new Result(schedules, false);
            }
        } while (enumeration.advance());
        return new Result(schedules, true);
    }

    /** The decisions of the run that goes on, and those that are still to be tried. */
    private static final class Enumeration implements Strategy {

        private final int mostPreemptions;
        private int[] chosen = new int[32];
        private int[] allowed = new int[32];

        /** The task that each decision has let go on first. */
        private int[] first = new int[32];

        private int known;
        private int decision;
        private int preemptions;

        /** How many decisions are those of the run before, the last one another way. */
        private int repeated;

        /** The first decision that is another one than it was; -1 while there is none. */
        private int other = -1;

        Enumeration(int mostPreemptions) {
            this.mostPreemptions = mostPreemptions;
        }

        @Override
        public int choose(Candidates candidates) {
            int count = candidates.canGoOn() && preemptions == mostPreemptions ? 1 : candidates.count();
            if (count == 1) {
                return 0;
            }
            if (decision == known) {
                push(count, candidates.task(0).index());
            } else if (other < 0
                    && (allowed[decision] != count
                            || first[decision] != candidates.task(0).index())) {
                other = decision;
            }
            if (other >= 0) {
                return 0;
            }
            int choice = chosen[decision++];
            if (choice > 0 && candidates.canGoOn()) {
                preemptions++;
            }
            return choice;
        }

        private void push(int count, int task) {
            if (known == chosen.length) {
                chosen = Arrays.copyOf(chosen, 2 * known);
                allowed = Arrays.copyOf(allowed, 2 * known);
                first = Arrays.copyOf(first, 2 * known);
            }
            first[known] = task;
            chosen[known] = 0;
            allowed[known] = count;
            known++;
        }

        void requireSame() {
            int differs = other < 0 && decision < repeated ? decision : other;
            if (differs >= 0) {
                throw new IllegalStateException("the program does not do the same each time: its decision " + differs
                        + " was another one before, under the same schedule; does anything outlive a run?");
            }
        }

        /** Turns to the next schedule; false when there is none. */
        boolean advance() {
            known = decision;
            while (known > 0 && chosen[known - 1] + 1 == allowed[known - 1]) {
                known--;
            }
            if (known == 0) {
                return false;
            }
            chosen[known - 1]++;
            repeated = known;
            decision = 0;
            preemptions = 0;
            return true;
        }
    }
}
