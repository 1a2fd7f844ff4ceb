package dev.powercut.sim;

/**
 * Decides which task runs. {@link Lock}, {@link Condition}, {@link Completion} and sleeping are built on these calls and
 * on nothing else, so that another runner changes no caller.
 */
public interface Runner {

    /** The task that is running now. */
    Task current();

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

    /** The running task sleeps until virtual time has reached an instant. */
    void sleepUntil(long instantNanos);

    /** Calls {@code action} when virtual time reaches an instant, in the order of (instant, order of asking). */
    void at(long instantNanos, Runnable action);

    /** A point at which the running task may be preempted; the name is stable and enters the trace when it is. */
    void preemptionPoint(String site);
}
