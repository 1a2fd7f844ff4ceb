package dev.powercut.kernel.process;

import dev.powercut.kernel.signal.PendingSignals;
import dev.powercut.kernel.signal.Signal;
import dev.powercut.kernel.signal.SignalInfo;
import dev.powercut.kernel.wait.Interruptible;
import dev.powercut.sim.Task;
import dev.powercut.sim.WaitQueue;
import org.jspecify.annotations.Nullable;

/** A thread as the kernel sees it. */
final class UserThread implements Interruptible {

    final UserProcess process;

    /** The first thread of a process has the process's number; so has the one that execs. */
    int id;

    /**
     * What mutexes in the process's own memory know it by: the number that it began with. A child has a replica of the thread that
     * forks, which keeps it, and so has the mutexes that the thread had.
     */
    int handle;

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

    /** Who waits for it to end, as only one may. */
    @Nullable
    UserThread joinedBy;

    /** Nobody may wait for it to end. */
    boolean detached;

    private @Nullable Task task;
    private @Nullable WaitQueue waiting;

    UserThread(UserProcess process, int id, int handle, long mask) {
        this.process = process;
        this.id = id;
        this.handle = handle;
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
    public void writesToNobody() {
        SignalInfo pipe = new SignalInfo(
                Signal.SIGPIPE,
                SignalInfo.USER,
                process.getpid(),
                process.context().realUid(),
                0,
                0);
        process.state().signals.raise(pipe, this);
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
