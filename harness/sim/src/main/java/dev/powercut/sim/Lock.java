package dev.powercut.sim;

import org.jspecify.annotations.Nullable;

/**
 * A mutual-exclusion lock of the simulation, not reentrant. Who has waited longest is woken when it is given up, but has it only when
 * nobody comes in between, as with most real ones. Broken ones, which are planted to be found, extend it.
 */
public class Lock {

    private final Runner runner;
    private final WaitQueue waiters;
    private @Nullable Task holder;

    public Lock(Runner runner, String name) {
        this.runner = runner;
        this.waiters = new WaitQueue(name, () -> holder);
    }

    /** What it protects, as given when it was made. */
    public final String name() {
        return waiters.name();
    }

    public void lock() {
        Task current = runner.current();
        if (holder == current) {
            throw new IllegalStateException(current + " locks " + waiters.name() + " twice");
        }
        runner.point("lock", waiters.name());
        while (holder != null) {
            runner.block(waiters);
        }
        holder = current;
        runner.locked(this);
    }

    /** Takes it if nobody has it now: who never waits for it can take it in any order with other locks. */
    public final boolean tryLock() {
        runner.point("try-lock", waiters.name());
        if (holder != null) {
            return false;
        }
        holder = runner.current();
        runner.lockedAtOnce(this);
        return true;
    }

    public void unlock() {
        requireHeld();
        runner.unlocked(this);
        holder = null;
        runner.wake(waiters);
    }

    public final boolean isHeld() {
        return holder == runner.current();
    }

    /** Whether another task has it. */
    public final boolean isHeldByOther() {
        return holder != null && holder != runner.current();
    }

    /**
     * The order in which it was taken with other locks means nothing any more: what it protects has moved to another place in the
     * order, or is gone, and another lock may have its name.
     */
    public final void forgetOrder() {
        runner.forgetOrder(this);
    }

    final void requireHeld() {
        if (!isHeld()) {
            throw new IllegalStateException(runner.current() + " does not hold " + waiters.name());
        }
    }

    final Runner runner() {
        return runner;
    }
}
