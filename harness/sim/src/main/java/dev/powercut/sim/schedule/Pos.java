package dev.powercut.sim.schedule;

import dev.powercut.sim.Choices;

/** See {@link Strategy#pos}. */
final class Pos implements Strategy {

    private final Priorities priorities;

    Pos(Choices choices) {
        this.priorities = new Priorities(choices, 0);
    }

    @Override
    public int choose(Candidates candidates) {
        return priorities.highest(candidates);
    }

    @Override
    public void taking(Candidates candidates, int chosen) {
        String resource = candidates.resource(chosen);
        for (int i = 0; i < candidates.count(); i++) {
            boolean races = !resource.isEmpty() && resource.equals(candidates.resource(i));
            if (i == chosen || races) {
                priorities.forget(candidates.task(i).index());
            }
        }
    }

    /** A step that races with none keeps its priority, and may wait for long while others draw anew. */
    @Override
    public boolean isFair() {
        return false;
    }
}
