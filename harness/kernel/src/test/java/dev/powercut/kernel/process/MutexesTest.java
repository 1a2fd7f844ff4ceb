package dev.powercut.kernel.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.memory.Protection;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.sim.DeadlockException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who has a mutex after fork, and what is said of one that nobody will give up any more. */
final class MutexesTest {

    private static final String OF_FORK =
            " has locked, which does not exist here: a fork in a process with threads leaves only the calling one,"
                    + " and the locks of the others locked";
    private static final String OF_END = " had locked when it ended, and that stays locked for ever";
    private static final String OF_SHARED = " had locked when it or its process ended, and that stays locked for ever";

    private static Errno errno(Runnable call) {
        return assertThrows(ErrnoException.class, call::run).errno();
    }

    /** pthread_atfork(3) lives on it: the handler takes the mutex before fork, and gives it up on both sides. */
    @Test
    void whatTheForkingThreadHasTheChildHasToo() {
        new Rig()
                .everySchedule(
                        self -> {
                            Mutex mutex = self.threads().newMutex();
                            IntVariable count = self.memory().newInt(0);
                            int other = self.threads().create("other", t -> {
                                mutex.lock(t);
                                count.set(t, count.get(t) + 1);
                                mutex.unlock(t);
                            });
                            int forker = self.threads().create("forker", t -> {
                                mutex.lock(t);
                                t.fork(child -> {
                                    assertEquals(Errno.EDEADLK, errno(() -> mutex.lock(child)));
                                    child.fork(grandchild -> {
                                        mutex.unlock(grandchild);
                                        return 0;
                                    });
                                    assertEquals(0, child.waitAny().status());
                                    mutex.unlock(child);
                                    mutex.lock(child);
                                    mutex.unlock(child);
                                    return count.get(child);
                                });
                                mutex.unlock(t);
                            });
                            self.threads().join(forker);
                            self.threads().join(other);
                            assertTrue(self.waitAny().exitStatus() <= 1);
                            return 0;
                        },
                        ran -> {
                            assertEquals(0, ran.well().result().status());
                            assertEquals(List.of(), ran.kernel().reports());
                        });
    }

    @Test
    void whatIsInSharedMemoryTheParentHasAlone() {
        Rig.Ran ran = new Rig().run(self -> {
            Mutex mutex = new Mutex(self.memory().mmap(4096, Protection.MAP_SHARED));
            mutex.lock(self);
            self.fork(child -> {
                assertFalse(mutex.tryLock(child));
                assertEquals(Errno.EPERM, errno(() -> mutex.unlock(child)));
                mutex.lock(child);
                mutex.unlock(child);
                return 0;
            });
            self.signals().nanosleep(1_000_000);
            mutex.unlock(self);
            assertEquals(0, self.waitAny().status());
            return 0;
        });
        assertEquals(0, ran.well().result().status());
    }

    private static void assertStuck(Rig.Ran ran, String who, String what) {
        DeadlockException deadlock = assertInstanceOf(DeadlockException.class, Rig.failure(ran));
        assertEquals(
                List.of(who + ": waits for a mutex " + what),
                ran.kernel().reports().stream().map(Report::toString).toList());
        assertTrue(deadlock.toString().contains("waits for a mutex " + what), deadlock::toString);
    }

    @Test
    void theForkTrapIsToldAlsoToGrandchildren() {
        for (int depth = 0; depth <= 1; depth++) {
            boolean isDeep = depth == 1;
            Rig.Ran ran = new Rig().run(self -> {
                Mutex mutex = self.threads().newMutex();
                self.threads().create("holder", t -> {
                    mutex.lock(t);
                    t.signals().pause();
                });
                self.signals().nanosleep(1_000);
                self.fork("child", child -> {
                    if (isDeep) {
                        child.fork("grandchild", grandchild -> {
                            mutex.lock(grandchild);
                            return 0;
                        });
                        return child.waitAny().status();
                    }
                    mutex.lock(child);
                    return 0;
                });
                return self.waitAny().status();
            });
            assertStuck(ran, isDeep ? "grandchild(5)" : "child(4)", "that thread 3" + OF_FORK);
        }
    }

    @Test
    void aThreadThatEndedWithAMutexIsNoForkTrap() {
        Rig.Ran ran = new Rig().run(self -> {
            Mutex mutex = self.threads().newMutex();
            self.threads().join(self.threads().create("holder", mutex::lock));
            mutex.lock(self);
            return 0;
        });
        assertStuck(ran, "main(2)", "that thread 3" + OF_END);
    }

    @Test
    void aThreadThatEndsWithAMutexWhileOthersWaitIsToldToo() {
        Rig.Ran ran = new Rig().run(self -> {
            Mutex mutex = self.threads().newMutex();
            self.threads().create("holder", t -> {
                mutex.lock(t);
                t.signals().nanosleep(1_000_000);
            });
            self.signals().nanosleep(1_000);
            mutex.lock(self);
            return 0;
        });
        assertStuck(ran, "main(2)", "that thread 3" + OF_END);
    }

    @Test
    void aProcessThatEndedWithASharedMutexIsNoForkTrap() {
        for (boolean waitsBefore : List.of(false, true)) {
            Rig.Ran ran = new Rig().run(self -> {
                Mutex mutex = new Mutex(self.memory().mmap(4096, Protection.MAP_SHARED));
                self.fork("holder", child -> {
                    mutex.lock(child);
                    child.signals().nanosleep(1_000_000);
                    return 0;
                });
                self.signals().nanosleep(waitsBefore ? 1_000 : 2_000_000);
                mutex.lock(self);
                return 0;
            });
            assertStuck(ran, "main(2)", "in shared memory that thread 3" + OF_SHARED);
        }
    }
}
