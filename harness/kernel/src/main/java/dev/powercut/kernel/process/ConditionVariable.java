package dev.powercut.kernel.process;

import dev.powercut.kernel.SystemCall;
import dev.powercut.kernel.wait.WaitList;

/** A condition variable in memory of processes: an int that counts signals. Wake-ups may be spurious. */
public record ConditionVariable(long address) {

    /** Gives the mutex up, waits to be signalled, takes the mutex again. */
    public void await(UserProcess self, Mutex mutex) {
        int before = self.memory().getInt(address);
        mutex.unlock(self);
        WaitList list = self.processes().futexes().list(self, address);
        self.systemCall(SystemCall.FUTEX, () -> {
            if (self.memory().rawInt(address) == before) {
                list.await();
            }
            return 0;
        });
        mutex.lock(self);
    }

    public void signal(UserProcess self) {
        self.memory().getAndAddInt(address, 1);
        self.processes().futexes().list(self, address).wakeOne();
    }

    public void broadcast(UserProcess self) {
        self.memory().getAndAddInt(address, 1);
        self.processes().futexes().list(self, address).wakeAll();
    }
}
