package dev.powercut.check.ace;

import dev.powercut.check.workload.Step;
import dev.powercut.check.workload.Workload;
import dev.powercut.sim.Choices;
import java.util.List;

/** One workload of an {@link AceSpace}. It draws no choices. */
public final class AceWorkload implements Workload {

    private final int length;
    private final long index;
    private final List<Step> setUp;
    private final List<Step> steps;

    AceWorkload(int length, long index, List<Step> setUp, List<Step> steps) {
        this.length = length;
        this.index = index;
        this.setUp = List.copyOf(setUp);
        this.steps = List.copyOf(steps);
    }

    /** {@code ace:LENGTH:INDEX}. */
    @Override
    public String name() {
        return "ace:" + length + ":" + index;
    }

    public long index() {
        return index;
    }

    @Override
    public List<Step> setUp() {
        return setUp;
    }

    @Override
    public List<Step> steps(Choices choices) {
        return steps;
    }

    public List<Step> steps() {
        return steps;
    }
}
