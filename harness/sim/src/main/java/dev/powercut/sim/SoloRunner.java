package dev.powercut.sim;

/**
 * The runner with one task. A wait lets virtual time jump from timer to timer until one of them wakes the task; a wait that
 * no timer can end is a deadlock.
 */
public final class SoloRunner implements Runner {

    private final Clock clock;
    private final Task task;
    private final Timers timers;
    private boolean runnable = true;

    public SoloRunner(Clock clock, Task task) {
        this.clock = clock;
        this.task = task;
        this.timers = new Timers(clock);
    }

    @Override
    public Task current() {
        return task;
    }

    @Override
    public boolean canSpawn() {
        return false;
    }

    @Override
    public Task spawn(String name, Runnable body) {
        throw new IllegalStateException("this world has one task only; " + name + " needs a world with a scheduler");
    }

    @Override
    public void point(String kind, String resource) {
        // One task: there is nobody to run instead.
    }

    @Override
    public void block(WaitQueue queue) {
        queue.add(task);
        runnable = false;
        while (!runnable) {
            if (!timers.fireNext()) {
                queue.remove(task);
                runnable = true;
                throw new DeadlockException(
                        task + " waits for " + queue.name() + ", and nothing is left that could wake it");
            }
        }
    }

    @Override
    public void wake(WaitQueue queue) {
        if (queue.poll() != null) {
            runnable = true;
        }
    }

    @Override
    public void wakeAll(WaitQueue queue) {
        while (!queue.isEmpty()) {
            wake(queue);
        }
    }

    @Override
    public void locked(Lock lock) {
        // One task: the order of locks cannot hurt it.
    }

    @Override
    public void lockedAtOnce(Lock lock) {}

    @Override
    public void forgetOrder(Lock lock) {}

    @Override
    public void unlocked(Lock lock) {}

    @Override
    public void sleepUntil(long instantNanos) {
        if (instantNanos >= Clock.END_NANOS) {
            block(new WaitQueue("the end of time"));
            return;
        }
        while (timers.fireNextUntil(instantNanos)) {
            // Whatever is due before happens on the way.
        }
        clock.advanceTo(instantNanos);
    }

    @Override
    public void at(long instantNanos, Runnable action) {
        timers.set(instantNanos, action);
    }
}
