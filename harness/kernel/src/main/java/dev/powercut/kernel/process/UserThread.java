package dev.powercut.kernel.process;

import dev.powercut.kernel.signal.PendingSignals;
import dev.powercut.kernel.wait.Interruptible;
import dev.powercut.sim.Task;
import dev.powercut.sim.WaitQueue;
import org.jspecify.annotations.Nullable;

/** A thread as the kernel sees it. */
final class UserThread implements Interruptible {

    final UserProcess process;
    final int id;
    final PendingSignals pending = new PendingSignals();

    /** Signals that wait until they are unblocked. */
    long mask;

    /** Signals that the thread waits for by sigwaitinfo. */
    long awaited;

    boolean ended;

    /** System calls, loads and stores so far. */
    long steps;

    /** Numbers its system calls, as causes of what they write. */
    int operations;

    private @Nullable Task task;
    private @Nullable WaitQueue waiting;

    UserThread(UserProcess process, int id, long mask) {
        this.process = process;
        this.id = id;
        this.mask = mask;
    }

    void runsOn(Task own) {
        task = own;
    }

    Task task() {
        if (task == null) {
            throw new IllegalStateException("thread " + id + " has not begun");
        }
        return task;
    }

    @Override
    public boolean isInterrupted() {
        return process.state().mustAct(this);
    }

    @Override
    public void waitsIn(@Nullable WaitQueue queue) {
        waiting = queue;
    }

    /** Lets it look at what has come; returns whether it waited. */
    boolean interrupt() {
        WaitQueue queue = waiting;
        if (queue == null || queue.isEmpty()) {
            return false;
        }
        process.state().runner().wake(queue);
        return true;
    }
}
