package dev.powercut.check.workload;

import dev.powercut.sim.Choices;
import java.util.List;

/** Gives the operations of a run. */
public interface Workload {

    /** For reports and reproduce lines, for example {@code random}. */
    String name();

    /** The steps, with ascending numbers. Step {@code i} draws from {@code choices.split("op", i)} only. */
    List<Step> steps(Choices choices);
}
