package dev.powercut.kernel.process;

import dev.powercut.kernel.SystemCall;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.wait.WaitList;

/**
 * A mutex in memory of processes: an int that is 0, or the number of the thread that has it. Not reentrant, and never given up by
 * itself: when fork copies one that another thread has, the child's copy stays locked for ever, since that thread is not there.
 * Locking such a one is reported, and waits.
 */
public record Mutex(long address) {

    /** Waits until it is free, and takes it. EDEADLK for who has it. */
    public void lock(UserProcess self) {
        Processes processes = self.processes();
        int thread = self.threads().gettid();
        while (!self.memory().compareAndSetInt(address, 0, thread)) {
            int owner = self.memory().rawInt(address);
            if (owner == thread) {
                throw Errno.EDEADLK.exception(self + " locks a mutex twice");
            }
            if (owner != 0) {
                if (processes.futexes().owner(self, owner, address) == null) {
                    processes.report(
                            self,
                            "waits for a mutex that thread " + owner + " has locked, which does not exist here: a fork"
                                    + " in a process with threads leaves only the calling one, and the locks of the others locked");
                }
                await(self, owner);
            }
        }
    }

    private void await(UserProcess self, int owner) {
        WaitList list = self.processes().futexes().list(self, address);
        self.systemCall(SystemCall.FUTEX, () -> {
            if (self.memory().rawInt(address) == owner) {
                list.await();
            }
            return 0;
        });
    }

    /** Takes it if it is free. */
    public boolean tryLock(UserProcess self) {
        return self.memory().compareAndSetInt(address, 0, self.threads().gettid());
    }

    /** Gives it up. EPERM for who does not have it. */
    public void unlock(UserProcess self) {
        if (!self.memory().compareAndSetInt(address, self.threads().gettid(), 0)) {
            throw Errno.EPERM.exception(self + " unlocks a mutex that it does not have");
        }
        self.processes().futexes().list(self, address).wakeOne();
    }
}
