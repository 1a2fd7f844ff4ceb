package dev.powercut.check.workload;

import dev.powercut.sim.Choices;
import java.util.List;

/** Gives the operations of a run. */
public interface Workload {

    /** For reports and reproduce lines, for example {@code random}. */
    String name();

    /**
     * What is done before the recording begins: it is on the disk, cleanly unmounted, when the steps begin. Their numbers come
     * before those of the steps.
     */
    default List<Step> setUp() {
        return List.of();
    }

    /** The steps, with ascending numbers. Step {@code i} draws from {@code choices.split("op", i)} only. */
    List<Step> steps(Choices choices);
}
