package dev.powercut.sim.schedule;

import dev.powercut.sim.Choices;

/** See {@link Strategy#randomWalk}. */
final class RandomWalk implements Strategy {

    private final Choices choices;

    RandomWalk(Choices choices) {
        this.choices = choices;
    }

    @Override
    public int choose(Candidates candidates) {
        return candidates.count() == 1 ? 0 : choices.choose("schedule.next", candidates.count());
    }

    /** With probability 1 only, but the bound of a report is far beyond any bad luck. */
    @Override
    public boolean isFair() {
        return true;
    }
}
