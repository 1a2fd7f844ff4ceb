package dev.powercut.sim.schedule;

import dev.powercut.sim.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param world the world that it ran in, with its clock and trace
 * @param schedule the steps it took
 * @param switches how often another task took over
 * @param failure what ended it early: what a task threw, a {@link dev.powercut.sim.DeadlockException}, a {@link LivelockException} or a
 *     {@link DivergenceException}; null when the main task came to its end
 * @param leaked tasks that were still there when the main task had ended, each with what it waited for; empty after a failure
 * @param starving tasks that a fair strategy kept waiting, each with how long; a report, not a failure
 * @param lockCycles orders in which locks were taken that make a circle: a deadlock in some other schedule; a report, not a failure
 */
public record Outcome(
        World world,
        Schedule schedule,
        long switches,
        @Nullable Throwable failure,
        List<String> leaked,
        List<String> starving,
        List<String> lockCycles) {

    public Outcome {
        leaked = List.copyOf(leaked);
        starving = List.copyOf(starving);
        lockCycles = List.copyOf(lockCycles);
    }
}
