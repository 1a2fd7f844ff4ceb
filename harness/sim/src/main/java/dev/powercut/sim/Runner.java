package dev.powercut.sim;

/**
 * Decides which task runs. {@link Lock}, {@link Condition}, {@link Semaphore}, {@link Mailbox}, {@link Completion} and sleeping
 * are built on these calls and on nothing else, so that another runner changes no caller.
 */
public interface Runner {

    /** The task that is running now. */
    Task current();

    /** Whether there can be other tasks than the first. */
    default boolean canSpawn() {
        return true;
    }

    /**
     * Makes a task that can run from now on; it starts when the runner picks it.
     *
     * @param name stable, for traces and reports
     * @throws IllegalStateException when this runner has one task only
     */
    Task spawn(String name, Runnable body);

    /**
     * The running task is about to do something that others can see: a point at which it may be preempted.
     *
     * @param kind a stable word for what it will do, such as {@code lock}
     * @param resource a stable name for what it will do it to; operations on different resources do not disturb each other
     */
    void point(String kind, String resource);

    /**
     * The running task waits in {@code queue} until another calls {@link #wake}; the caller re-checks its condition.
     *
     * @throws DeadlockException when nothing can ever wake it
     */
    void block(WaitQueue queue);

    /** Lets the task that has waited longest in {@code queue} run again, if there is one. */
    void wake(WaitQueue queue);

    /** Lets all tasks in {@code queue} run again. */
    void wakeAll(WaitQueue queue);

    /** The running task has taken a lock. */
    void locked(Lock lock);

    /** The running task has taken a lock for which it would not have waited. */
    void lockedAtOnce(Lock lock);

    /** The order in which a lock was taken with others means nothing any more. */
    void forgetOrder(Lock lock);

    /** The running task is about to release a lock. */
    void unlocked(Lock lock);

    /** The running task sleeps until virtual time has reached an instant. */
    void sleepUntil(long instantNanos);

    /** Calls {@code action} when virtual time reaches an instant, in the order of (instant, order of asking). It must not wait. */
    void at(long instantNanos, Runnable action);
}
