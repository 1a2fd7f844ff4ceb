package dev.powercut.kernel.process;

import dev.powercut.kernel.SystemCall;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.wait.WaitList;
import org.jspecify.annotations.Nullable;

/**
 * A mutex in memory of processes: an int that is 0, or says which thread has it. Not reentrant, not robust, and never given up by
 * itself. A child by fork has what the forking thread had; what other threads had stays locked for ever in the child, since these
 * are not there, as does what a thread had that has ended. Locking such a one is reported, and waits.
 */
public record Mutex(long address) {

    /** Waits until it is free, and takes it. EDEADLK for who has it. */
    public void lock(UserProcess self) {
        Futexes futexes = self.processes().futexes();
        int own = futexes.mark(self, address);
        boolean isReported = false;
        while (!self.memory().compareAndSetInt(address, 0, own)) {
            int owner = self.memory().rawInt(address);
            if (owner == own) {
                throw Errno.EDEADLK.exception(self + " locks a mutex twice");
            }
            if (owner != 0) {
                String lost = futexes.lost(self, owner, address);
                if (lost != null && !isReported) {
                    isReported = true;
                    self.processes().report(self, "waits for " + lost);
                }
                await(self, owner, lost);
            }
        }
    }

    private void await(UserProcess self, int owner, @Nullable String lost) {
        WaitList list = self.processes().futexes().list(self, address);
        self.systemCall(SystemCall.FUTEX, () -> {
            if (self.memory().rawInt(address) == owner) {
                if (lost == null) {
                    self.processes().futexes().awaitOwner(self, address);
                } else {
                    list.await(lost);
                }
            }
            return 0;
        });
    }

    /** Takes it if it is free. */
    public boolean tryLock(UserProcess self) {
        return self.memory()
                .compareAndSetInt(address, 0, self.processes().futexes().mark(self, address));
    }

    /** Gives it up. EPERM for who does not have it. */
    public void unlock(UserProcess self) {
        Futexes futexes = self.processes().futexes();
        if (!self.memory().compareAndSetInt(address, futexes.mark(self, address), 0)) {
            throw Errno.EPERM.exception(self + " unlocks a mutex that it does not have");
        }
        futexes.list(self, address).wakeOne();
    }
}
