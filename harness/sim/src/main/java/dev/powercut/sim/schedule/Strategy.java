package dev.powercut.sim.schedule;

import dev.powercut.sim.Choices;

/** Decides which task runs next. One object serves one run. */
public interface Strategy {

    /**
     * Picks the candidate that takes the next step. Asked before each step, also when there is one candidate only.
     *
     * @return its index
     */
    int choose(Candidates candidates);

    /**
     * Told of each step that is taken, right before.
     *
     * @param candidates as they were when it was chosen; valid during the call
     * @param chosen its index among them
     */
    default void taking(Candidates candidates, int chosen) {}

    /** Told that nothing is left to choose from, as the run comes to its own end: not when something that a task throws ends it. */
    default void ended() {}

    /** Whether every task that can run does so after a bounded number of steps; starvation under such a strategy is reported. */
    default boolean isFair() {
        return false;
    }

    /** Each task runs until it waits or ends; then the one that has been ready longest. */
    static Strategy firstCome() {
        return candidates -> 0;
    }

    /** At each point the task that has been ready longest takes over. */
    static Strategy roundRobin() {
        return new RoundRobin();
    }

    /** At each point each candidate with the same probability; the dull choice goes on with the running task. */
    static Strategy randomWalk(Choices choices) {
        return new RandomWalk(choices);
    }

    /**
     * Probabilistic concurrency testing (Burckhardt et al., "A randomized scheduler with probabilistic guarantees of finding bugs",
     * ASPLOS 2010): random priorities, which fall at {@code depth - 1} random steps. Finds a bug of that depth in a program of n tasks
     * and k steps with a probability of at least 1/(n k^(depth-1)).
     *
     * @param depth how many orderings the bug takes, at least 1
     * @param steps about how many steps the program has, at least 1; an earlier run tells
     */
    static Strategy pct(Choices choices, int depth, int steps) {
        return new Pct(choices, depth, steps);
    }

    /**
     * Partial-order sampling (Yuan, Yang, Gu: "Partial order aware concurrency sampling", CAV 2018): each pending step has a random
     * priority; when one is taken, those that race with it draw anew.
     */
    static Strategy pos(Choices choices) {
        return new Pos(choices);
    }

    /**
     * The steps of an earlier run; whatever else that run depended on must be the same, too.
     *
     * @throws DivergenceException from the run, at the first step that is another one, or where the run ends before its last
     */
    static Strategy replay(Schedule schedule) {
        return new Replay(schedule);
    }
}
