package dev.powercut.sim.schedule;

import dev.powercut.sim.Choices;
import java.util.Arrays;

/** See {@link Strategy#pct}. */
final class Pct implements Strategy {

    private final Priorities priorities;
    private final long[] changes;
    private long steps;
    private int nextChange;

    Pct(Choices choices, int depth, int expectedSteps) {
        if (depth < 1 || expectedSteps < 1) {
            throw new IllegalArgumentException("PCT with depth " + depth + " and " + expectedSteps + " steps");
        }
        this.changes = new long[depth - 1];
        Choices drawn = choices.split("changes");
        for (int i = 0; i < changes.length; i++) {
            changes[i] = drawn.choose("schedule.change", expectedSteps);
        }
        Arrays.sort(changes);
        this.priorities = new Priorities(choices.split("priorities"), depth);
    }

    @Override
    public int choose(Candidates candidates) {
        int chosen = priorities.highest(candidates);
        while (nextChange < changes.length && changes[nextChange] == steps) {
            // The later the change, the lower the priority that it leaves.
            nextChange++;
            priorities.set(candidates.task(chosen).index(), changes.length - nextChange);
            chosen = priorities.highest(candidates);
        }
        steps++;
        return chosen;
    }
}
