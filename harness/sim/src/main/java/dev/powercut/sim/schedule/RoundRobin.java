package dev.powercut.sim.schedule;

/** See {@link Strategy#roundRobin}. */
final class RoundRobin implements Strategy {

    @Override
    public int choose(Candidates candidates) {
        return candidates.canGoOn() && candidates.count() > 1 ? 1 : 0;
    }

    @Override
    public boolean isFair() {
        return true;
    }
}
