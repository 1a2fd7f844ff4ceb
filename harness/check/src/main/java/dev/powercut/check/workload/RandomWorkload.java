package dev.powercut.check.workload;

import dev.powercut.sim.Choices;
import java.util.List;

/**
 * A generated workload: weighted operations over a small space of names, so that operations meet. Most are valid where they
 * stand, some fail. It ends with a sync and an unmount, an unmount, or nothing at all: power fails with nothing synced.
 */
public final class RandomWorkload implements Workload {

    private final int operationCount;

    /** @param operationCount how many operations, the end not counted */
    public RandomWorkload(int operationCount) {
        this.operationCount = operationCount;
    }

    @Override
    public String name() {
        return "random";
    }

    @Override
    public List<Step> steps(Choices choices) {
        throw new UnsupportedOperationException("" + operationCount);
    }
}
