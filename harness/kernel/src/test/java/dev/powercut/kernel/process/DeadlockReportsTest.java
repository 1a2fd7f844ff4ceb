package dev.powercut.kernel.process;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.memory.Protection;
import dev.powercut.kernel.vfs.FileControl;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.kernel.vfs.RecordLock;
import dev.powercut.sim.DeadlockException;
import org.junit.jupiter.api.Test;

/** What a deadlock of processes is told as: each with what it waits for, and whose doing would end it. */
final class DeadlockReportsTest {

    private static String deadlock(Program program) {
        Throwable failure = Rig.failure(new Rig().run(program));
        return String.valueOf(assertInstanceOf(DeadlockException.class, failure).getMessage());
    }

    private static void lock(UserProcess self, int fd, long start) {
        self.fcntl(fd, FileControl.F_SETLKW, new RecordLock(RecordLock.WRITE, 0, start, 10, 0));
    }

    @Test
    void eachWaiterForARecordLockNamesItsOwnRangeAndHolder() {
        String text = deadlock(self -> {
            int fd = self.open("/f", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600);
            for (int i = 0; i < 2; i++) {
                int start = 100 * i;
                self.fork("holder " + i, child -> {
                    lock(child, fd, start);
                    child.signals().pause();
                    return 0;
                });
            }
            self.signals().nanosleep(1_000_000);
            for (int i = 0; i < 2; i++) {
                int start = 100 * i;
                self.fork("waiter " + i, child -> {
                    lock(child, fd, start + 5);
                    return 0;
                });
            }
            self.waitAny();
            return 0;
        });
        assertTrue(
                text.matches(
                        "(?s).*waiter 0\\(5\\) waits for record lock of inode \\d+, bytes 5 to 14, held by task holder 0"
                                + "\\(3\\).*"),
                text);
        assertTrue(
                text.matches("(?s).*waiter 1\\(6\\) waits for record lock of inode \\d+, bytes 105 to 114, held by task"
                        + " holder 1\\(4\\).*"),
                text);
    }

    @Test
    void theHolderOfASharedMutexIsNamedThoughWhoUsedItFirstHasEnded() {
        String text = deadlock(self -> {
            long address = self.memory().mmap(4096, Protection.MAP_SHARED);
            Mutex mutex = new Mutex(address);
            self.fork("first", child -> {
                mutex.lock(child);
                mutex.unlock(child);
                return 0;
            });
            self.waitAny();
            self.fork("holder", child -> {
                mutex.lock(child);
                child.signals().pause();
                return 0;
            });
            self.signals().nanosleep(1_000_000);
            mutex.lock(self);
            return 0;
        });
        assertTrue(text.contains("main(2) waits for shared memory 1 at 0x0, held by task holder(4)"), text);
    }

    @Test
    void aConditionVariableIsHeldByNobodyWhateverItHasCounted() {
        for (int signals = 0; signals < 5; signals++) {
            int count = signals;
            String text = deadlock(self -> {
                Mutex mutex = self.threads().newMutex();
                ConditionVariable condition = self.threads().newCondition();
                for (int i = 0; i < count; i++) {
                    condition.signal(self);
                }
                mutex.lock(self);
                condition.await(self, mutex);
                return 0;
            });
            assertTrue(text.contains("main(2) waits for memory of main(2)"), text);
            assertFalse(text.contains("held by task main"), text);
        }
    }
}
