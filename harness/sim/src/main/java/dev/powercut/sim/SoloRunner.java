package dev.powercut.sim;

import java.util.PriorityQueue;

/**
 * The runner with one task. A wait lets virtual time jump from timer to timer until one of them wakes the task; a wait that
 * no timer can end is a deadlock.
 */
public final class SoloRunner implements Runner {

    private record Timer(long instantNanos, long order, Runnable action) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byInstant = Long.compare(instantNanos, other.instantNanos);
            return byInstant != 0 ? byInstant : Long.compare(order, other.order);
        }
    }

    private final Clock clock;
    private final Task task;
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long timersSet;
    private boolean runnable = true;

    public SoloRunner(Clock clock, Task task) {
        this.clock = clock;
        this.task = task;
    }

    @Override
    public Task current() {
        return task;
    }

    @Override
    public void block(WaitQueue queue) {
        queue.waiting.add(task);
        runnable = false;
        while (!runnable) {
            Timer next = timers.poll();
            if (next == null) {
                queue.waiting.remove(task);
                runnable = true;
                throw new DeadlockException(
                        task + " waits for " + queue.name() + ", and nothing is left that could wake it");
            }
            fire(next);
        }
    }

    @Override
    public void wake(WaitQueue queue) {
        if (queue.waiting.poll() != null) {
            runnable = true;
        }
    }

    @Override
    public void wakeAll(WaitQueue queue) {
        while (!queue.waiting.isEmpty()) {
            wake(queue);
        }
    }

    @Override
    public void sleepUntil(long instantNanos) {
        while (true) {
            Timer next = timers.peek();
            if (next == null || next.instantNanos > instantNanos) {
                clock.advanceTo(instantNanos);
                return;
            }
            timers.poll();
            fire(next);
        }
    }

    @Override
    public void at(long instantNanos, Runnable action) {
        timers.add(new Timer(instantNanos, timersSet++, action));
    }

    @Override
    public void preemptionPoint(String site) {
        // One task: there is nobody to run instead.
    }

    private void fire(Timer timer) {
        clock.advanceTo(timer.instantNanos);
        timer.action.run();
    }
}
