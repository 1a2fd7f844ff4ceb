package dev.powercut.sim.schedule;

/**
 * Bounds of a run.
 *
 * @param steps after so many steps it is a livelock
 * @param starvationSteps under a fair strategy, a task that has been ready or waiting for a lock for so many steps is starving
 */
public record Limits(long steps, long starvationSteps) {

    public static final Limits DEFAULT = new Limits(1_000_000, 100_000);

    public Limits {
        if (steps < 1 || starvationSteps < 1) {
            throw new IllegalArgumentException("limits must be at least 1: " + steps + ", " + starvationSteps);
        }
    }

    public Limits withSteps(long others) {
        return new Limits(others, starvationSteps);
    }
}
