package dev.powercut.sim.schedule;

/** See {@link Strategy#replay}. */
final class Replay implements Strategy {

    private final Schedule schedule;
    private int step;

    Replay(Schedule schedule) {
        this.schedule = schedule;
    }

    @Override
    public int choose(Candidates candidates) {
        if (step == schedule.size()) {
            throw new DivergenceException(step, null, candidate(candidates, 0));
        }
        Step expected = schedule.step(step);
        for (int i = 0; i < candidates.count(); i++) {
            if (candidates.task(i).index() == expected.task()) {
                if (!candidate(candidates, i).equals(expected)) {
                    throw new DivergenceException(step, expected, candidate(candidates, i));
                }
                step++;
                return i;
            }
        }
        throw new DivergenceException(step, expected, candidate(candidates, 0));
    }

    @Override
    public void ended() {
        if (step < schedule.size()) {
            throw new DivergenceException(step, schedule.step(step), null);
        }
    }

    private static Step candidate(Candidates candidates, int index) {
        return new Step(candidates.task(index).index(), candidates.kind(index), candidates.resource(index));
    }
}
