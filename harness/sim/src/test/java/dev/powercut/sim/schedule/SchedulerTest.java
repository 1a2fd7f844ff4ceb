package dev.powercut.sim.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.Choices;
import dev.powercut.sim.Condition;
import dev.powercut.sim.DeadlockException;
import dev.powercut.sim.Lock;
import dev.powercut.sim.Mailbox;
import dev.powercut.sim.Runner;
import dev.powercut.sim.Semaphore;
import dev.powercut.sim.WaitQueue;
import dev.powercut.sim.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What programs of several tasks may rely on, on either carrier. */
final class SchedulerTest {

    private static Outcome run(Carrier carrier, Strategy strategy, Consumer<World> main) {
        return Scheduler.run(
                Choices.seeded(1), strategy, SchedulerOptions.usual().with(carrier), main);
    }

    private static List<Strategy> strategies(long seed) {
        Choices choices = Choices.seeded(seed);
        return List.of(
                Strategy.firstCome(),
                Strategy.roundRobin(),
                Strategy.randomWalk(choices.split("walk")),
                Strategy.pct(choices.split("pct"), 3, 100),
                Strategy.pos(choices.split("pos")));
    }

    /** Three workers pass messages through two mailboxes, count under a lock, wait for a condition, and sleep. */
    private static void pipeline(World world, List<String> log) {
        Runner runner = world.runner();
        Mailbox<Integer> first = new Mailbox<>(runner, "first", 2);
        Mailbox<Integer> second = new Mailbox<>(runner, "second", 1);
        Lock lock = new Lock(runner, "count");
        Condition allDone = new Condition(lock, "all done");
        Semaphore slots = new Semaphore(runner, "slots", 2);
        int[] done = {0};
        for (int worker = 0; worker < 3; worker++) {
            int number = worker;
            runner.spawn("worker " + worker, () -> {
                slots.acquire();
                second.send(first.receive() * 10);
                runner.sleepUntil(world.clock().nowNanos() + 1_000L * (3 - number));
                slots.release();
                lock.lock();
                done[0]++;
                allDone.signal();
                lock.unlock();
            });
        }
        runner.spawn("source", () -> {
            for (int i = 1; i <= 3; i++) {
                first.send(i);
            }
        });
        for (int i = 0; i < 3; i++) {
            log.add("received " + second.receive());
        }
        lock.lock();
        while (done[0] < 3) {
            allDone.await();
        }
        lock.unlock();
        log.add("all done at " + world.clock().nowNanos());
    }

    @ParameterizedTest
    @EnumSource
    void everyStrategyBringsAProgramToItsEnd(Carrier carrier) {
        for (long seed = 1; seed <= 20; seed++) {
            for (Strategy strategy : strategies(seed)) {
                List<String> log = new ArrayList<>();
                Outcome outcome = run(carrier, strategy, world -> pipeline(world, log));
                assertNull(outcome.failure());
                assertEquals(List.of(), outcome.leaked());
                assertEquals(4, log.size());
                assertTrue(log.containsAll(List.of("received 10", "received 20", "received 30")), log.toString());
            }
        }
    }

    @Test
    void sameScheduleGivesTheSameTraceOnBothCarriers() {
        for (long seed = 1; seed <= 20; seed++) {
            for (int i = 0; i < strategies(seed).size(); i++) {
                List<String> here = new ArrayList<>();
                List<String> there = new ArrayList<>();
                Outcome one = run(Carrier.CONTINUATION, strategies(seed).get(i), world -> pipeline(world, here));
                Outcome other = run(Carrier.VIRTUAL_THREAD, strategies(seed).get(i), world -> pipeline(world, there));
                assertEquals(one.schedule(), other.schedule());
                assertEquals(one.world().trace().hash(), other.world().trace().hash());
                assertEquals(one.switches(), other.switches());
                assertEquals(here, there);
            }
        }
    }

    @Test
    void theSeedDecidesTheSchedule() {
        Outcome one = run(Carrier.best(), strategies(1).get(2), world -> pipeline(world, new ArrayList<>()));
        Outcome again = run(Carrier.best(), strategies(1).get(2), world -> pipeline(world, new ArrayList<>()));
        Outcome other = run(Carrier.best(), strategies(2).get(2), world -> pipeline(world, new ArrayList<>()));
        assertEquals(one.schedule(), again.schedule());
        assertNotEquals(one.schedule(), other.schedule());
    }

    @ParameterizedTest
    @EnumSource
    void dullChoicesNeverPreempt(Carrier carrier) {
        Outcome outcome =
                run(carrier, Strategy.randomWalk(Choices.zero()), world -> pipeline(world, new ArrayList<>()));
        assertEquals(0, outcome.schedule().preemptions());
        assertEquals(
                run(carrier, Strategy.firstCome(), world -> pipeline(world, new ArrayList<>()))
                        .schedule(),
                outcome.schedule());
    }

    @ParameterizedTest
    @EnumSource
    void replayTakesTheSameSteps(Carrier carrier) {
        for (long seed = 1; seed <= 20; seed++) {
            Outcome first = run(carrier, strategies(seed).get(2), world -> pipeline(world, new ArrayList<>()));
            Outcome replayed =
                    run(carrier, Strategy.replay(first.schedule()), world -> pipeline(world, new ArrayList<>()));
            assertNull(replayed.failure());
            assertEquals(first.world().trace().hash(), replayed.world().trace().hash());
        }
    }

    @ParameterizedTest
    @EnumSource
    void replayOfAnotherProgramSaysWhereItDiffers(Carrier carrier) {
        Outcome first = run(carrier, Strategy.firstCome(), world -> locksTwo(world, "a", "b"));
        Outcome replayed = run(carrier, Strategy.replay(first.schedule()), world -> locksTwo(world, "a", "c"));
        DivergenceException diverged = assertInstanceOf(DivergenceException.class, replayed.failure());
        assertEquals(2, diverged.step());
        assertTrue(String.valueOf(diverged.getMessage()).contains("'task 0: lock b'"), diverged.getMessage());
        assertTrue(String.valueOf(diverged.getMessage()).contains("'task 0: lock c'"), diverged.getMessage());
    }

    private static void locksTwo(World world, String one, String other) {
        for (String name : List.of(one, other)) {
            Lock lock = new Lock(world.runner(), name);
            lock.lock();
            lock.unlock();
        }
    }

    @ParameterizedTest
    @EnumSource
    void divergenceHasBothStepsAndBothStacks(Carrier carrier) {
        SchedulerOptions options = SchedulerOptions.usual().with(carrier).recordingStacks();
        Outcome one = Scheduler.run(Choices.zero(), Strategy.roundRobin(), options, world -> locksTwo(world, "a", "b"));
        Outcome other =
                Scheduler.run(Choices.zero(), Strategy.roundRobin(), options, world -> locksTwo(world, "a", "c"));
        Divergence divergence = Divergence.between(one.schedule(), other.schedule());
        String text = String.join("\n", divergence == null ? List.of() : divergence.lines());
        assertTrue(text.contains("from step 2 on"), text);
        assertTrue(text.contains("lock b") && text.contains("lock c"), text);
        assertEquals(2, text.split("SchedulerTest.locksTwo", -1).length - 1, text);
        assertNull(Divergence.between(one.schedule(), one.schedule()));
    }

    @ParameterizedTest
    @EnumSource
    void deadlockNamesWhoWaitsForWhatAndWhoHasIt(Carrier carrier) {
        List<String> ended = new ArrayList<>();
        Outcome outcome = run(carrier, Strategy.roundRobin(), world -> {
            Lock left = new Lock(world.runner(), "left fork");
            Lock right = new Lock(world.runner(), "right fork");
            world.runner().spawn("plato", () -> eat(world.runner(), left, right, ended));
            world.runner().spawn("kant", () -> eat(world.runner(), right, left, ended));
            new Mailbox<String>(world.runner(), "bell", 1).receive();
        });
        String message = String.valueOf(
                assertInstanceOf(DeadlockException.class, outcome.failure()).getMessage());
        assertTrue(message.contains("task main waits for message in bell"), message);
        assertTrue(message.contains("task plato waits for right fork, held by task kant"), message);
        assertTrue(message.contains("task kant waits for left fork, held by task plato"), message);
        assertTrue(message.contains("SchedulerTest.eat"), message);
        assertEquals(2, ended.size(), "bodies of a run that is over are ended, their finally blocks run");
    }

    private static void eat(Runner runner, Lock one, Lock other, List<String> ended) {
        try {
            one.lock();
            runner.sleepUntil(1_000);
            other.lock();
            other.unlock();
            one.unlock();
        } finally {
            ended.add("done");
        }
    }

    /** As two renames do it: between them, one lock or the other may come first, and no schedule makes a deadlock of it. */
    @ParameterizedTest
    @EnumSource
    void circleUnderACommonLockIsNone(Carrier carrier) {
        for (boolean guarded : new boolean[] {true, false}) {
            Outcome outcome = run(carrier, Strategy.firstCome(), world -> {
                Lock table = new Lock(world.runner(), "table");
                Lock left = new Lock(world.runner(), "left fork");
                Lock right = new Lock(world.runner(), "right fork");
                eatUnder(table, left, right);
                eatUnder(table, right, left);
                if (!guarded) {
                    eat(world.runner(), left, right, new ArrayList<>());
                }
            });
            assertNull(outcome.failure());
            assertEquals(guarded ? 0 : 1, outcome.lockCycles().size(), outcome.lockCycles()::toString);
        }
    }

    private static void eatUnder(Lock gate, Lock one, Lock other) {
        gate.lock();
        one.lock();
        other.lock();
        other.unlock();
        one.unlock();
        gate.unlock();
    }

    @ParameterizedTest
    @EnumSource
    void locksTakenInACircleAreReportedWithoutADeadlock(Carrier carrier) {
        Outcome outcome = run(carrier, Strategy.firstCome(), world -> {
            Lock left = new Lock(world.runner(), "left fork");
            Lock right = new Lock(world.runner(), "right fork");
            world.runner().spawn("plato", () -> eat(world.runner(), left, right, new ArrayList<>()));
            world.runner().sleepUntil(10_000);
            world.runner().spawn("kant", () -> eat(world.runner(), right, left, new ArrayList<>()));
        });
        assertNull(outcome.failure());
        assertEquals(
                List.of("locks are taken in a circle: left fork inside right fork by task kant at step 11;"
                        + " right fork inside left fork by task plato at step 5"),
                outcome.lockCycles());
        Outcome ordered = run(carrier, Strategy.firstCome(), world -> locksTwo(world, "a", "b"));
        assertEquals(List.of(), ordered.lockCycles());
    }

    @ParameterizedTest
    @EnumSource
    void tasksLeftBehindAreReported(Carrier carrier) {
        Outcome outcome = run(carrier, Strategy.firstCome(), world -> {
            Mailbox<String> letters = new Mailbox<>(world.runner(), "letters", 1);
            world.runner().spawn("reader", letters::receive);
        });
        assertNull(outcome.failure());
        assertEquals(List.of("task reader waits for message in letters"), outcome.leaked());
    }

    @ParameterizedTest
    @EnumSource
    void endlessProgramIsALivelock(Carrier carrier) {
        Outcome outcome = Scheduler.run(
                Choices.zero(),
                Strategy.firstCome(),
                SchedulerOptions.usual().with(carrier).with(Limits.DEFAULT.withSteps(1_000)),
                world -> {
                    while (true) {
                        world.runner().point("poll", "flag");
                    }
                });
        LivelockException livelock = assertInstanceOf(LivelockException.class, outcome.failure());
        assertTrue(String.valueOf(livelock.getMessage()).contains("task main: poll flag"), livelock.getMessage());
        assertEquals(1_000, outcome.schedule().size());
    }

    @ParameterizedTest
    @EnumSource
    void whatATaskThrowsEndsTheRun(Carrier carrier) {
        IllegalStateException thrown = new IllegalStateException("broken");
        List<String> log = new ArrayList<>();
        Outcome outcome = run(carrier, Strategy.firstCome(), world -> {
            Mailbox<String> letters = new Mailbox<>(world.runner(), "letters", 1);
            world.runner().spawn("faulty", () -> {
                throw thrown;
            });
            try {
                letters.receive();
                log.add("not reached");
            } finally {
                log.add("ended");
            }
        });
        assertSame(thrown, outcome.failure());
        assertEquals(List.of("ended"), log);
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsForALockForTooLongStarves(Carrier carrier) {
        Outcome outcome = Scheduler.run(
                Choices.zero(),
                Strategy.roundRobin(),
                SchedulerOptions.usual().with(carrier).with(new Limits(100_000, 1_000)),
                world -> {
                    Runner runner = world.runner();
                    Lock lock = new Lock(runner, "door");
                    runner.spawn("meek", () -> {
                        lock.lock();
                        lock.unlock();
                    });
                    lock.lock();
                    for (int i = 0; i < 3_000; i++) {
                        runner.point("work", "own");
                    }
                    lock.unlock();
                });
        assertNull(outcome.failure());
        assertEquals(1, outcome.starving().size(), outcome.starving().toString());
        assertTrue(
                outcome.starving().getFirst().startsWith("task meek has waited"),
                outcome.starving().toString());
    }

    @ParameterizedTest
    @EnumSource
    void idleTimeCostsNothing(Carrier carrier) {
        long hour = 3_600_000_000_000L;
        Outcome outcome =
                run(carrier, Strategy.firstCome(), world -> world.runner().sleepUntil(hour));
        assertEquals(hour, outcome.world().clock().nowNanos());
        assertEquals(2, outcome.schedule().size());
    }

    @ParameterizedTest
    @EnumSource
    void aHundredThousandTasksRun(Carrier carrier) {
        int[] sum = {0};
        Outcome outcome = run(carrier, Strategy.firstCome(), world -> {
            Semaphore gate = new Semaphore(world.runner(), "gate", 0);
            for (int i = 0; i < 100_000; i++) {
                world.runner().spawn("t", () -> {
                    gate.acquire();
                    sum[0]++;
                    gate.release();
                });
            }
            world.runner().sleepUntil(1);
            gate.release();
        });
        assertNull(outcome.failure());
        assertEquals(100_000, sum[0]);
    }

    @Test
    void scheduleIsATableWithAColumnForEachTask() {
        Outcome outcome = run(Carrier.best(), Strategy.roundRobin(), world -> {
            Lock lock = new Lock(world.runner(), "door");
            world.runner().spawn("other", () -> {
                lock.lock();
                lock.unlock();
            });
            lock.lock();
            lock.unlock();
        });
        assertEquals(
                List.of(
                        "  step  main         other",
                        "     0  start",
                        "     1  spawn other",
                        "     2               start",
                        "     3  lock door",
                        "     4               lock door"),
                outcome.schedule().table());
    }

    @ParameterizedTest
    @EnumSource
    void replayOfAProgramThatEndsEarlierSaysSo(Carrier carrier) {
        Outcome first = run(carrier, Strategy.firstCome(), world -> points(world, 5));
        Outcome replayed = run(carrier, Strategy.replay(first.schedule()), world -> points(world, 3));
        DivergenceException diverged = assertInstanceOf(DivergenceException.class, replayed.failure());
        assertEquals(4, diverged.step());
        assertTrue(String.valueOf(diverged.getMessage()).endsWith("but now the run ends"), diverged::toString);
    }

    private static void points(World world, int count) {
        for (int i = 0; i < count; i++) {
            world.runner().point("step", "shared");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHundredThousandTasksThatWaitForEverAreEndedAndToldInShort(Carrier carrier) {
        Consumer<World> program = world -> {
            WaitQueue never = new WaitQueue("never");
            for (int i = 0; i < 100_000; i++) {
                world.runner().spawn("task " + i, () -> world.runner().block(never));
            }
        };
        Outcome left = run(carrier, Strategy.firstCome(), program);
        assertEquals(100_000, left.leaked().size());
        Outcome stuck = run(carrier, Strategy.firstCome(), world -> {
            program.accept(world);
            Lock lock = new Lock(world.runner(), "held");
            world.runner().spawn("holder", () -> {
                lock.lock();
                world.runner().block(new WaitQueue("never"));
            });
            world.runner().sleepUntil(10);
            lock.lock();
        });
        String text = String.valueOf(
                assertInstanceOf(DeadlockException.class, stuck.failure()).getMessage());
        assertTrue(text.startsWith(
                "deadlock: nothing can run and no timer is set\n  task main waits for held, held by task holder"));
        assertTrue(text.endsWith("and 99902 more tasks wait"), () -> text.substring(text.length() - 100));
    }
}
