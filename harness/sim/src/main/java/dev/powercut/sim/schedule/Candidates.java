package dev.powercut.sim.schedule;

import dev.powercut.sim.Task;

/**
 * The tasks that can take the next step, each with the step that it would take. First of all the task that is running, if it can
 * go on; then the others, those that have been ready longest first.
 */
public interface Candidates {

    int count();

    /** Whether candidate 0 is the task that took the last step: then choosing any other is a preemption. */
    boolean canGoOn();

    Task task(int index);

    /** What kind of step it would take: {@code start}, {@code lock}, {@code resume} … */
    String kind(int index);

    /** To what it would do it; empty when to nothing that others see. */
    String resource(int index);
}
