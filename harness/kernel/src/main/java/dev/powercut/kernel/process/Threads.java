package dev.powercut.kernel.process;

import dev.powercut.kernel.SystemCall;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.wait.WaitList;
import org.jspecify.annotations.Nullable;

/** Threads of a process: they share its memory, its descriptors and its signals' actions, and each has a mask of its own. */
public final class Threads {

    private final UserProcess process;
    private final WaitList ends;

    Threads(UserProcess process) {
        this.process = process;
        this.ends = process.processes().vfs().waitList("a thread of " + process, () -> null);
    }

    /** Begins a thread; returns its number. */
    public int create(String name, ThreadBody body) {
        return (int) process.systemCall(SystemCall.CLONE, () -> {
            long mask = process.processes().currentOf(process).mask;
            return process.processes().startThread(process, name, body, mask).id;
        });
    }

    /** Waits until a thread has ended. EDEADLK for the calling one. */
    public void join(int thread) {
        process.systemCall(SystemCall.FUTEX, () -> {
            if (process.processes().currentOf(process).id == thread) {
                throw Errno.EDEADLK.exception();
            }
            while (find(thread) != null) {
                ends.await();
            }
            return 0;
        });
    }

    /** The number of the calling thread. */
    public int gettid() {
        process.enter();
        return process.processes().currentOf(process).id;
    }

    /** Ends the calling thread. */
    public void exit() {
        process.enter();
        throw new Unwinding.End();
    }

    /** A mutex in memory of this process; one in shared memory works between processes. */
    public Mutex newMutex() {
        return new Mutex(process.memory().newInt(0).address());
    }

    /** A condition variable in memory of this process. */
    public ConditionVariable newCondition() {
        return new ConditionVariable(process.memory().newInt(0).address());
    }

    @Nullable
    UserThread find(int id) {
        for (UserThread thread : process.state().threads) {
            if (thread.id == id && !thread.ended) {
                return thread;
            }
        }
        return null;
    }

    void changed() {
        ends.wakeAll();
    }
}
