package dev.powercut.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoloRunnerTest {

    private final World world = World.withOneTask(Choices.zero());
    private final Runner runner = world.runner();
    private final Clock clock = world.clock();

    @Test
    void sleepingJumpsTheClock() {
        runner.sleepUntil(3_600_000_000_000L);
        assertEquals(3_600_000_000_000L, clock.nowNanos());
        runner.sleepUntil(5);
        assertEquals(3_600_000_000_000L, clock.nowNanos());
    }

    @Test
    void timersFireInTheOrderOfInstantAndThenOfAsking() {
        List<String> fired = new ArrayList<>();
        runner.at(20, () -> fired.add("b@" + clock.nowNanos()));
        runner.at(10, () -> fired.add("a@" + clock.nowNanos()));
        runner.at(20, () -> fired.add("c@" + clock.nowNanos()));
        runner.at(31, () -> fired.add("late"));
        runner.sleepUntil(30);
        assertEquals(List.of("a@10", "b@20", "c@20"), fired);
        assertEquals(30, clock.nowNanos());
    }

    @Test
    void timersOfOneInstantFireInTheOrderOfAsking() {
        List<Integer> asked = new ArrayList<>();
        List<Integer> fired = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            asked.add(i);
            runner.at(i % 7 == 0 ? 5 : 10, () -> fired.add(number));
        }
        asked.sort((a, b) -> Boolean.compare(a % 7 != 0, b % 7 != 0));
        runner.sleepUntil(10);
        assertEquals(asked, fired);
    }

    @Test
    void timerSetByATimerFiresInTheSameSleep() {
        List<Long> fired = new ArrayList<>();
        runner.at(10, () -> runner.at(15, () -> fired.add(clock.nowNanos())));
        runner.sleepUntil(20);
        assertEquals(List.of(15L), fired);
    }

    @Test
    void timerInThePastFiresAtOnceAndTheClockDoesNotGoBack() {
        clock.charge(100);
        List<Long> fired = new ArrayList<>();
        runner.at(10, () -> fired.add(clock.nowNanos()));
        runner.sleepUntil(100);
        assertEquals(List.of(100L), fired);
    }

    @Test
    void waitingLetsTimePassToTheTimerThatEndsIt() {
        Completion completion = Completion.pending(runner, "disk request");
        runner.at(500, completion::complete);
        runner.at(900, () -> {
            throw new AssertionError("waited too long");
        });
        completion.await();
        assertTrue(completion.isDone());
        assertEquals(500, clock.nowNanos());
    }

    @Test
    void completionThatFailedThrowsWhatMadeItFail() {
        IllegalStateException cause = new IllegalStateException("bad sector");
        Completion failed = Completion.failed(cause);
        assertSame(cause, assertThrows(IllegalStateException.class, failed::await));
        Completion later = Completion.pending(runner, "request");
        runner.at(5, () -> later.fail(cause));
        assertSame(cause, assertThrows(IllegalStateException.class, later::await));
        assertThrows(IllegalStateException.class, later::complete);
    }

    @Test
    void completedCompletionDoesNotWait() {
        Completion.completed().await();
        assertEquals(0, clock.nowNanos());
    }

    @Test
    void waitThatNothingCanEndIsADeadlockThatSaysWhoWaitsForWhat() {
        Completion never = Completion.pending(runner, "answer of server 3");
        runner.at(50, () -> {});
        DeadlockException deadlock = assertThrows(DeadlockException.class, never::await);
        assertEquals(
                "task main waits for answer of server 3, and nothing is left that could wake it",
                deadlock.getMessage());
        assertEquals(50, clock.nowNanos());
        runner.sleepUntil(60);
        assertEquals(60, clock.nowNanos());
    }

    @Test
    void conditionIsAwaitedWithTheLockReleasedAndTakenAgain() {
        Lock lock = new Lock(runner, "queue lock");
        Condition notEmpty = new Condition(lock, "queue not empty");
        List<String> queue = new ArrayList<>();
        runner.at(40, () -> {
            lock.lock();
            queue.add("item");
            notEmpty.signal();
            lock.unlock();
        });
        lock.lock();
        while (queue.isEmpty()) {
            notEmpty.await();
        }
        assertTrue(lock.isHeld());
        lock.unlock();
        assertFalse(lock.isHeld());
        assertEquals(40, clock.nowNanos());
    }

    @Test
    void signalAllWakesToo() {
        Lock lock = new Lock(runner, "lock");
        Condition condition = new Condition(lock, "condition");
        boolean[] ready = {false};
        runner.at(7, () -> {
            lock.lock();
            ready[0] = true;
            condition.signalAll();
            lock.unlock();
        });
        lock.lock();
        while (!ready[0]) {
            condition.await();
        }
        assertEquals(7, clock.nowNanos());
    }

    @Test
    void lockIsNotReentrantAndIsReleasedByItsHolderOnly() {
        Lock lock = new Lock(runner, "inode 12");
        assertEquals(
                "task main does not hold inode 12",
                assertThrows(IllegalStateException.class, lock::unlock).getMessage());
        lock.lock();
        assertEquals(
                "task main locks inode 12 twice",
                assertThrows(IllegalStateException.class, lock::lock).getMessage());
        lock.unlock();
        lock.lock();
        lock.unlock();
        Condition condition = new Condition(lock, "condition");
        assertThrows(IllegalStateException.class, condition::signal);
        assertThrows(IllegalStateException.class, condition::signalAll);
    }

    @Test
    void pointGoesOnWhenThereIsOneTask() {
        runner.point("lock", "anything");
        assertEquals(0, clock.nowNanos());
    }

    @Test
    void timePassesByWhatIsCharged() {
        clock.charge(7);
        clock.charge(0);
        assertEquals(7, clock.nowNanos());
        assertThrows(IllegalArgumentException.class, () -> clock.charge(-1));
    }

    @Test
    void operationOfTheTaskIsWhatItEntered() {
        Task task = runner.current();
        assertTrue(task.operation().isBackground());
        task.enter(17);
        assertEquals(new OperationId(0, 0, 17), task.operation());
        assertEquals("0:0:17", task.operation().toString());
        task.enter(OperationId.BACKGROUND);
        assertEquals(OperationId.background(0), task.operation());
        assertEquals("0:background", task.operation().toString());
    }

    @Test
    void operationsAreOrderedByMachineTaskAndSequence() {
        List<OperationId> ids = List.of(
                new OperationId(0, 0, -1),
                new OperationId(0, 0, 5),
                new OperationId(0, 1, 2),
                new OperationId(1, 0, 0));
        List<OperationId> shuffled = new ArrayList<>(ids.reversed());
        shuffled.sort(null);
        assertEquals(ids, shuffled);
    }

    @Test
    void sequenceNumbersOfAWorldCountUp() {
        assertEquals(0, world.nextSequence());
        assertEquals(1, world.nextSequence());
        assertEquals(2, world.sequence());
    }

    @Test
    void theEndOfTimeNeverComes() {
        Clock clock = new Clock();
        clock.charge(1_000);
        assertEquals(1_500, clock.after(500));
        assertEquals(Clock.END_NANOS, clock.after(Long.MAX_VALUE));
        assertEquals(Clock.END_NANOS, clock.after(Clock.END_NANOS - 1_000));
        assertEquals(Clock.END_NANOS - 1, clock.after(Clock.END_NANOS - 1_001));
        assertThrows(IllegalArgumentException.class, () -> clock.after(-1));
        SoloRunner runner = new SoloRunner(clock, new Task(0, 0, "only"));
        boolean[] fired = new boolean[1];
        runner.at(clock.after(Long.MAX_VALUE), () -> fired[0] = true);
        runner.sleepUntil(3_600_000_000_000L);
        assertThrows(DeadlockException.class, () -> runner.sleepUntil(clock.after(Long.MAX_VALUE)));
        assertFalse(fired[0]);
        assertEquals(3_600_000_000_000L, clock.nowNanos());
    }
}
