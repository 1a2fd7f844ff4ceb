package dev.powercut.sim.disk.fault;

import dev.powercut.sim.Choices;

/**
 * How often something goes wrong.
 *
 * @param choices what it is drawn from
 * @param oneIn once in so many times on the average, at least 2
 */
public record Odds(Choices choices, int oneIn) {

    public Odds {
        if (oneIn < 2) {
            throw new IllegalArgumentException("once in " + oneIn + " times");
        }
    }

    boolean strike(String kind) {
        return choices.chance(kind, 1, oneIn);
    }

    long anyOf(String kind, long first, int count) {
        return first + choices.choose(kind, count);
    }
}
