package dev.powercut.kernel.process;

import dev.powercut.kernel.SystemCall;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.wait.WaitList;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Threads of a process: they share its memory, its descriptors and its signals' actions, and each has a mask of its own. */
public final class Threads {

    private final UserProcess process;
    private final WaitList ends;

    /** The numbers of threads that have ended and that nobody has joined. */
    private final Set<Integer> unjoined = new TreeSet<>();

    Threads(UserProcess process) {
        this.process = process;
        this.ends = process.processes().vfs().waitList("a thread of " + process, () -> null);
    }

    /** Begins a thread; returns its number. EAGAIN when there are too many, EFAULT for no body. */
    public int create(String name, ThreadBody body) {
        return (int) process.systemCall(SystemCall.CLONE, () -> {
            UserProcess.requireThere(body);
            long mask = process.processes().currentOf(process).mask;
            return process.processes().startThread(process, name, body, mask).id;
        });
    }

    /**
     * Waits until a thread has ended, once for each. EDEADLK for the calling one, and when that one waits for this; EINVAL when it is
     * detached, or another thread waits for it; ESRCH when there is none, or it was waited for before.
     */
    public void join(int thread) {
        process.systemCall(SystemCall.FUTEX, () -> {
            UserThread self = process.processes().currentOf(process);
            UserThread other = find(thread);
            if (other == null && !unjoined.remove(thread)) {
                throw Errno.ESRCH.exception("no thread " + thread);
            }
            if (other != null) {
                await(self, other);
            }
            return 0;
        });
    }

    private void await(UserThread self, UserThread other) {
        if (other == self || self.joinedBy == other) {
            throw Errno.EDEADLK.exception();
        }
        if (other.detached || other.joinedBy != null) {
            throw Errno.EINVAL.exception("thread " + other.id + " is detached, or awaited by another");
        }
        int id = other.id;
        other.joinedBy = self;
        try {
            while (find(id) == other) {
                ends.await();
            }
        } finally {
            other.joinedBy = null;
        }
        unjoined.remove(id);
    }

    /** Nobody will join a thread. EINVAL when it is detached already, ESRCH when there is none. */
    public void detach(int thread) {
        process.systemCall(SystemCall.FUTEX, () -> {
            UserThread other = find(thread);
            if (other == null) {
                if (!unjoined.remove(thread)) {
                    throw Errno.ESRCH.exception("no thread " + thread);
                }
            } else if (other.detached) {
                throw Errno.EINVAL.exception("thread " + thread + " is detached already");
            } else {
                other.detached = true;
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

    /** Whether a number is a thread's, which may have ended and not been joined. */
    boolean isKnown(int id) {
        if (unjoined.contains(id)) {
            return true;
        }
        for (UserThread thread : process.state().threads) {
            if (thread.id == id || thread.handle == id) {
                return true;
            }
        }
        return false;
    }

    void ended(UserThread thread) {
        if (!thread.detached) {
            unjoined.add(thread.id);
        }
        ends.wakeAll();
    }

    /** exec: the threads of the program before are nobody's. */
    void forget() {
        unjoined.clear();
    }
}
