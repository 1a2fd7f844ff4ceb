package dev.powercut.sim.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.Runner;
import dev.powercut.sim.WaitQueue;
import dev.powercut.sim.World;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Three tasks with so many points each, counted as the linear extensions of their order: by steps taken. */
    @ParameterizedTest
    @CsvSource({"1,1,1", "2,1,1", "3,0,2"})
    void interleavingsOfThreeTasksAreAsManyAsThereAreLinearExtensions(int one, int two, int three) {
        int[] points = {one, two, three};
        DepthFirst.Result result = new DepthFirst(DepthFirst.Bounds.NONE, OPTIONS)
                .explore(
                        world -> {
                            for (int count : points) {
                                world.runner().spawn("task", () -> steps(world.runner(), count));
                            }
                        },
                        outcome -> true);
        assertEquals(new DepthFirst.Result(extensions(points, 0, new int[3]), true), result);
    }

    /** In how many ways a run can go on in which the main task has taken so many spawns, and each other so many steps. */
    private static long extensions(int[] points, int spawned, int[] taken) {
        long ways = spawned < points.length ? extensions(points, spawned + 1, taken) : 0;
        boolean isOver = spawned == points.length;
        for (int task = 0; task < spawned; task++) {
            // Its start is a step too.
            if (taken[task] <= points[task]) {
                isOver = false;
                taken[task]++;
                ways += extensions(points, spawned, taken);
                taken[task]--;
            }
        }
        return isOver ? 1 : ways;
    }

    @Test
    void timersOfOneInstantWakeInEitherOrder() {
        Set<String> orders = new TreeSet<>();
        StringBuilder[] order = new StringBuilder[1];
        new DepthFirst(DepthFirst.Bounds.NONE, OPTIONS)
                .explore(
                        world -> {
                            order[0] = new StringBuilder();
                            for (String name : List.of("a", "b", "c")) {
                                WaitQueue queue = new WaitQueue(name);
                                world.runner().at(100, () -> world.runner().wake(queue));
                                world.runner().spawn(name, () -> {
                                    world.runner().block(queue);
                                    order[0].append(name);
                                });
                            }
                        },
                        outcome -> orders.add(order[0].toString()) || true);
        assertEquals(new TreeSet<>(List.of("abc", "acb", "bac", "bca", "cab", "cba")), orders);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProgramThatIsNotTheSameEachTimeIsRefused(boolean shrinks) {
        int[] runs = new int[1];
        DepthFirst depthFirst = new DepthFirst(DepthFirst.Bounds.NONE, OPTIONS);
        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> depthFirst.explore(
                        world -> {
                            int tasks = runs[0]++ % 2 == 0 == shrinks ? 3 : 2;
                            for (int i = 0; i < tasks; i++) {
                                world.runner().spawn("task", () -> steps(world.runner(), 1));
                            }
                        },
                        outcome -> true));
        assertTrue(String.valueOf(refused.getMessage()).contains("the same each time"), refused::toString);
    }
}
