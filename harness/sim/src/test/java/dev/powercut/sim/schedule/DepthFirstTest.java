package dev.powercut.sim.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.Runner;
import dev.powercut.sim.World;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All schedules means all: none twice, none left out. */
final class DepthFirstTest {

    private static final SchedulerOptions OPTIONS = SchedulerOptions.usual();

    /** Two tasks, started by the main one without a choice, that take so many steps each. */
    private static Consumer<World> twoTasks(int stepsOfOne, int stepsOfOther) {
        return world -> {
            Runner runner = world.runner();
            runner.spawn("one", () -> steps(runner, stepsOfOne));
            runner.spawn("other", () -> steps(runner, stepsOfOther));
        };
    }

    private static void steps(Runner runner, int count) {
        for (int i = 0; i < count; i++) {
            runner.point("step", "shared");
        }
    }

    private static long binomial(int n, int k) {
        long result = 1;
        for (int i = 1; i <= k; i++) {
            result = result * (n - k + i) / i;
        }
        return result;
    }

    /**
     * The main task takes its start and the two spawns; each other has its start and its steps. All interleavings are counted as
     * the ways to mix the two tasks' step sequences with what the main task still has to do after the first spawn.
     */
    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "2,1", "2,2", "3,2", "4,4"})
    void everyInterleavingIsRunOnce(int one, int other) {
        Set<String> seen = new LinkedHashSet<>();
        DepthFirst.Result result = new DepthFirst(DepthFirst.Bounds.NONE, OPTIONS)
                .explore(twoTasks(one, other), outcome -> {
                    assertTrue(seen.add(String.join("\n", outcome.schedule().table())), "a schedule comes twice");
                    return true;
                });
        // The second spawn falls before, between or after the first k of the one's steps; then the rest is mixed
        // freely.
        long expected = 0;
        for (int before = 0; before <= one + 1; before++) {
            expected += binomial(one + 1 - before + other + 1, other + 1);
        }
        assertEquals(expected, result.schedules());
        assertEquals(expected, seen.size());
        assertTrue(result.complete());
    }

    @Test
    void withoutPreemptionsOnlyTheOrderOfTheTasksIsLeft() {
        DepthFirst.Result none =
                new DepthFirst(new DepthFirst.Bounds(0, Long.MAX_VALUE), OPTIONS).explore(twoTasks(3, 3), o -> true);
        assertEquals(2, none.schedules());
        DepthFirst.Result one = new DepthFirst(new DepthFirst.Bounds(1, Long.MAX_VALUE), OPTIONS)
                .explore(twoTasks(3, 3), outcome -> {
                    assertTrue(outcome.schedule().preemptions() <= 1);
                    return true;
                });
        assertTrue(one.schedules() > 2 && one.complete());
    }

    @Test
    void aBoundOnSchedulesIsNotCompleteness() {
        DepthFirst.Result result =
                new DepthFirst(new DepthFirst.Bounds(9, 3), OPTIONS).explore(twoTasks(2, 2), o -> true);
        assertEquals(3, result.schedules());
        assertFalse(result.complete());
    }

    /** Two tasks add one without a lock: every result that can be is seen. */
    @Test
    void theLostUpdateIsSeen() {
        Set<Integer> results = new TreeSet<>();
        int[] value = {0};
        new DepthFirst(DepthFirst.Bounds.NONE, OPTIONS)
                .explore(
                        world -> {
                            value[0] = 0;
                            for (String name : new String[] {"one", "other"}) {
                                world.runner().spawn(name, () -> {
                                    world.runner().point("read", "value");
                                    int read = value[0];
                                    world.runner().point("write", "value");
                                    value[0] = read + 1;
                                });
                            }
                        },
                        outcome -> {
                            results.add(value[0]);
                            return true;
                        });
        assertEquals(Set.of(1, 2), results);
    }
}
