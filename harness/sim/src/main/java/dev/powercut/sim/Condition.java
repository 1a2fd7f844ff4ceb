package dev.powercut.sim;

/** A condition variable of the simulation, bound to a {@link Lock}; wake-ups may be spurious, so wait in a loop. */
public final class Condition {

    private final Lock lock;
    private final WaitQueue waiters;

    public Condition(Lock lock, String name) {
        this.lock = lock;
        this.waiters = new WaitQueue(name);
    }

    /** Releases the lock, waits to be signalled, takes the lock again. */
    public void await() {
        lock.runner().point("await", waiters.name());
        lock.unlock();
        lock.runner().block(waiters);
        lock.lock();
    }

    public void signal() {
        lock.requireHeld();
        lock.runner().point("signal", waiters.name());
        lock.runner().wake(waiters);
    }

    public void signalAll() {
        lock.requireHeld();
        lock.runner().point("signal-all", waiters.name());
        lock.runner().wakeAll(waiters);
    }
}
