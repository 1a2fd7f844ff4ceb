package dev.powercut.kernel.process;

import static dev.powercut.kernel.process.Rig.contents;
import static dev.powercut.kernel.process.Rig.file;
import static dev.powercut.kernel.process.Rig.writeAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.signal.Signal;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileControl;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.DeadlockException;
import dev.powercut.sim.schedule.Carrier;
import dev.powercut.sim.schedule.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Making, ending and awaiting processes, and what a child has of its parent. */
final class ProcessesTest {

    private static void assertFails(Errno errno, Executable call) {
        assertEquals(errno, assertThrows(ErrnoException.class, call).errno());
    }

    @Test
    void waitGivesTheStatusOfTheChild() {
        new Rig()
                .everySchedule(
                        self -> {
                            int child = self.fork(one -> 42);
                            WaitResult result = self.waitpid(child, 0);
                            assertEquals(child, result.processId());
                            assertTrue(result.exited());
                            assertEquals(42, result.exitStatus());
                            assertFails(Errno.ECHILD, self::waitAny);
                            return 7;
                        },
                        ran -> assertEquals(7, ran.well().result().exitStatus()));
    }

    @Test
    void onlyEightBitsOfTheStatusCount() {
        assertEquals(0x34, new Rig().run(self -> 0x1234).well().result().exitStatus());
    }

    @Test
    void aChildThatHasEndedIsAZombieUntilItsParentAsks() {
        new Rig()
                .everySchedule(
                        self -> {
                            int[] ends = self.pipe();
                            int child = self.fork(one -> 3);
                            // The end of file says that the child, which had the other end, is gone.
                            self.close(ends[1]);
                            self.read(ends[0], new byte[1], 0, 1);
                            self.signals().kill(child, 0);
                            assertEquals(
                                    3,
                                    self.waitpid(child, UserProcess.WNOHANG | 0).exitStatus());
                            assertFails(Errno.ESRCH, () -> self.signals().kill(child, 0));
                            return 0;
                        },
                        Rig.Ran::well);
    }

    @Test
    void waitpidWithoutWaitingGivesNobodyWhileTheChildGoesOn() {
        new Rig()
                .everySchedule(
                        self -> {
                            int[] ends = self.pipe();
                            int child = self.fork(one -> {
                                one.read(ends[0], new byte[1], 0, 1);
                                return 0;
                            });
                            assertEquals(new WaitResult(0, 0), self.waitpid(child, UserProcess.WNOHANG));
                            writeAll(self, ends[1], "x");
                            assertEquals(child, self.waitpid(child, 0).processId());
                            return 0;
                        },
                        Rig.Ran::well);
    }

    @Test
    void waitpidTellsChildrenApartByNumberAndGroup() {
        new Rig()
                .everySchedule(
                        self -> {
                            int first = self.fork(one -> 1);
                            int second = self.fork(one -> 2);
                            self.setpgid(second, second);
                            assertFails(Errno.ECHILD, () -> self.waitpid(-9999, 0));
                            assertEquals(2, self.waitpid(-second, 0).exitStatus());
                            assertEquals(first, self.waitpid(0, 0).processId());
                            assertFails(Errno.ECHILD, () -> self.waitpid(first, 0));
                            assertFails(Errno.EINVAL, () -> self.waitpid(-1, 64));
                            assertFails(Errno.ESRCH, () -> self.waitpid(Integer.MIN_VALUE, 0));
                            return 0;
                        },
                        Rig.Ran::well);
    }

    @Test
    void theChildrenOfWhoEndsAreInitsFromThenOn() {
        new Rig()
                .everySchedule(
                        self -> {
                            int[] ends = self.pipe();
                            self.fork("middle", middle -> {
                                int parent = middle.getpid();
                                middle.fork("orphan", orphan -> {
                                    assertTrue(orphan.getppid() == parent || orphan.getppid() == 1);
                                    while (orphan.getppid() == parent) {
                                        orphan.yield();
                                    }
                                    writeAll(orphan, ends[1], "now of " + orphan.getppid());
                                    return 0;
                                });
                                return 0;
                            });
                            self.waitAny();
                            self.close(ends[1]);
                            assertEquals("now of 1", Rig.readAll(self, ends[0]));
                            return 0;
                        },
                        Rig.Ran::well);
    }

    @Test
    void theChildHasACopyOfVariablesAndTheParentKeepsItsOwn() {
        new Rig()
                .everySchedule(
                        self -> {
                            IntVariable count = self.memory().newInt(10);
                            self.fork(child -> {
                                count.set(child, count.get(child) + 1);
                                return count.get(child);
                            });
                            count.set(self, 20);
                            assertEquals(11, self.waitAny().exitStatus());
                            assertEquals(20, count.get(self));
                            return 0;
                        },
                        ran -> {
                            // What the child sees is what was there when it was made.
                            ran.well();
                        });
    }

    @Test
    void theChildHasCopiesOfDescriptorsAndSharesTheirOffsets() {
        new Rig()
                .everySchedule(
                        self -> {
                            file(self, "/f", "abcdef");
                            int fd = self.open("/f", 0, 0);
                            self.fork(child -> {
                                child.read(fd, new byte[2], 0, 2);
                                child.close(fd);
                                return 0;
                            });
                            self.waitAny();
                            byte[] rest = new byte[10];
                            assertEquals(4, self.read(fd, rest, 0, 10));
                            assertEquals('c', rest[0]);
                            return 0;
                        },
                        Rig.Ran::well);
    }

    @Test
    void theChildHasTheWorkingDirectoryUmaskAndUserOfItsParent() {
        new Rig()
                .run(self -> {
                    self.mkdir("/d", 0777);
                    self.chmod("/d", 0777);
                    self.chdir("/d");
                    self.umask(077);
                    self.setresgid(5, 5, 5);
                    self.setresuid(4, 4, 4);
                    self.fork(child -> {
                        assertEquals("/d", child.getcwd());
                        child.close(child.creat("f", 0666));
                        assertEquals(0600, child.stat("f").mode() & 0777);
                        assertEquals(4, child.stat("f").uid());
                        assertEquals(5, child.stat("f").gid());
                        child.chdir("/");
                        return 0;
                    });
                    assertEquals(0, self.waitAny().status());
                    assertEquals("/d", self.getcwd());
                    return 0;
                })
                .well();
    }

    @Test
    void execClosesWhatIsMarkedAndRunsTheProgramWithItsArguments() {
        new Rig()
                .everySchedule(
                        self -> {
                            file(self, "/f", "abc");
                            int kept = self.open("/f", 0, 0);
                            int closed = self.open("/f", OpenFlags.O_CLOEXEC, 0);
                            IntVariable variable = self.memory().newInt(1);
                            self.fork(child -> {
                                child.exec(
                                        program -> {
                                            assertEquals(List.of("prog", "x"), program.arguments());
                                            assertEquals(0, program.fcntl(kept, FileControl.F_GETFD, 0));
                                            assertFails(
                                                    Errno.EBADF, () -> program.fcntl(closed, FileControl.F_GETFD, 0));
                                            // Its memory is fresh.
                                            variable.get(program);
                                            return 0;
                                        },
                                        "prog",
                                        "x");
                                return 1;
                            });
                            assertEquals(Signal.SIGSEGV, self.waitAny().termSignal());
                            assertEquals(1, variable.get(self));
                            return 0;
                        },
                        Rig.Ran::well);
    }

    @Test
    void execveRunsTheProgramThatAFileNames() {
        Rig rig = new Rig()
                .prepare(processes -> processes.install("hello", self -> {
                    writeAll(self, 1, "hello, " + self.arguments().get(1));
                    return 5;
                }));
        Rig.Ran ran = rig.run(self -> {
            file(self, "/bin", Processes.script("hello"));
            file(self, "/data", "not a program");
            assertFails(Errno.EACCES, () -> self.execve("/bin"));
            self.chmod("/bin", 0755);
            self.chmod("/data", 0755);
            assertFails(Errno.ENOEXEC, () -> self.execve("/data"));
            assertFails(Errno.ENOENT, () -> self.execve("/nothing"));
            self.execve("/bin", "hello", "world");
            return 0;
        });
        assertEquals(5, ran.well().result().exitStatus());
        assertEquals("hello, world", ran.kernel().console().output());
    }

    @Test
    void aCallOnAnotherProcessIsRefusedWithBothNamed() {
        Rig.Ran ran = new Rig().run(self -> {
            self.fork("child", child -> {
                self.getpgid(0);
                return 0;
            });
            self.waitAny();
            return 0;
        });
        Throwable failure = Rig.failure(ran);
        assertInstanceOf(IllegalStateException.class, failure);
        assertEquals(
                "child(3) makes a call on main(2): a body uses the process that it was given", failure.getMessage());
    }

    @Test
    void newSessionsAndGroupsFollowTheRules() {
        new Rig()
                .run(self -> {
                    assertEquals(
                            self.getpid(),
                            self.fork(child -> {
                                        assertEquals(child.getpid(), child.setsid());
                                        assertEquals(child.getpid(), child.getsid(0));
                                        assertEquals(child.getpid(), child.getpgrp());
                                        assertFails(Errno.EPERM, child::setsid);
                                        assertFails(Errno.EPERM, () -> child.setpgid(0, 0));
                                        return 0;
                                    })
                                    - 1);
                    self.waitAny();
                    self.setpgid(0, 0);
                    assertEquals(self.getpid(), self.getpgrp());
                    assertFails(Errno.EPERM, self::setsid);
                    assertFails(Errno.EPERM, () -> self.setpgid(0, 9999));
                    assertFails(Errno.EINVAL, () -> self.setpgid(0, -1));
                    assertFails(Errno.ESRCH, () -> self.setpgid(9999, 0));
                    assertFails(Errno.ESRCH, () -> self.getpgid(9999));
                    return 0;
                })
                .well();
    }

    @Test
    void aForkBeyondTheLimitGivesEagain() {
        new Rig()
                .prepare(processes -> processes.limitProcesses(3))
                .run(self -> {
                    self.fork(child -> 0);
                    assertFails(Errno.EAGAIN, () -> self.fork(child -> 0));
                    self.waitAny();
                    self.fork(child -> 0);
                    self.waitAny();
                    return 0;
                })
                .well();
    }

    @Test
    void threadsShareMemoryAndDescriptors() {
        new Rig()
                .everySchedule(
                        self -> {
                            Mutex mutex = self.threads().newMutex();
                            IntVariable count = self.memory().newInt(0);
                            int[] threads = new int[3];
                            for (int i = 0; i < 3; i++) {
                                threads[i] = self.threads().create("worker" + i, same -> {
                                    for (int j = 0; j < 3; j++) {
                                        mutex.lock(same);
                                        count.set(same, count.get(same) + 1);
                                        mutex.unlock(same);
                                    }
                                });
                            }
                            for (int thread : threads) {
                                self.threads().join(thread);
                            }
                            return count.get(self);
                        },
                        ran -> assertEquals(9, ran.well().result().exitStatus()));
    }

    @Test
    void anUnlockedCounterLosesUpdatesInSomeSchedule() {
        boolean[] lost = {false};
        new Rig()
                .everySchedule(
                        self -> {
                            IntVariable count = self.memory().newInt(0);
                            int thread = self.threads().create("other", same -> count.set(same, count.get(same) + 1));
                            count.set(self, count.get(self) + 1);
                            self.threads().join(thread);
                            return count.get(self);
                        },
                        ran -> lost[0] |= ran.well().result().exitStatus() == 1);
        assertTrue(lost[0]);
    }

    @Test
    void conditionVariablesWakeWhoWaits() {
        new Rig()
                .everySchedule(
                        self -> {
                            Mutex mutex = self.threads().newMutex();
                            ConditionVariable changed = self.threads().newCondition();
                            IntVariable ready = self.memory().newInt(0);
                            int thread = self.threads().create("waiter", same -> {
                                mutex.lock(same);
                                while (ready.get(same) == 0) {
                                    changed.await(same, mutex);
                                }
                                ready.set(same, 2);
                                mutex.unlock(same);
                            });
                            mutex.lock(self);
                            ready.set(self, 1);
                            changed.signal(self);
                            mutex.unlock(self);
                            self.threads().join(thread);
                            return ready.get(self);
                        },
                        ran -> assertEquals(2, ran.well().result().exitStatus()));
    }

    @Test
    void theEndOfAProcessEndsItsThreads() {
        new Rig()
                .everySchedule(
                        self -> {
                            int[] ends = self.pipe();
                            self.threads().create("reader", same -> same.read(ends[0], new byte[1], 0, 1));
                            return 4;
                        },
                        ran -> assertEquals(4, ran.well().result().exitStatus()));
    }

    @Test
    void forkInAThreadedProcessLeavesTheLocksOfOthersLockedAndSaysSo() {
        Rig.Ran ran = new Rig().run(self -> {
            Mutex mutex = self.threads().newMutex();
            int[] locked = self.pipe();
            int[] done = self.pipe();
            self.threads().create("holder", same -> {
                mutex.lock(same);
                writeAll(same, locked[1], "x");
                same.read(done[0], new byte[1], 0, 1);
                mutex.unlock(same);
            });
            self.read(locked[0], new byte[1], 0, 1);
            self.fork("child", child -> {
                mutex.lock(child);
                return 0;
            });
            writeAll(self, done[1], "x");
            self.waitAny();
            return 0;
        });
        assertInstanceOf(DeadlockException.class, Rig.failure(ran));
        assertEquals(1, ran.kernel().reports().size());
        Report report = ran.kernel().reports().getFirst();
        assertEquals("child(4)", report.process());
        assertTrue(report.what().contains("thread 3 has locked, which does not exist here"), report.what());
    }

    @Test
    void theSameSeedGivesTheSameTraceOnBothCarriers() {
        Program program = self -> {
            int[] ends = self.pipe();
            for (int i = 0; i < 3; i++) {
                self.fork(child -> {
                    writeAll(child, ends[1], "x".repeat(5000));
                    return 0;
                });
            }
            self.close(ends[1]);
            assertEquals(15_000, Rig.readAll(self, ends[0]).length());
            Rig.waitAll(self, 3);
            file(self, "/f", "abc");
            assertEquals("abc", contents(self, "/f"));
            return 0;
        };
        for (int seed = 1; seed < 5; seed++) {
            Rig.Ran one = new Rig()
                    .on(Carrier.CONTINUATION)
                    .run(Choices.seeded(seed), walk(seed), program)
                    .well();
            Rig.Ran two = new Rig()
                    .on(Carrier.VIRTUAL_THREAD)
                    .run(Choices.seeded(seed), walk(seed), program)
                    .well();
            assertEquals(one.outcome().schedule(), two.outcome().schedule());
            assertEquals(
                    one.outcome().world().trace().hex(),
                    two.outcome().world().trace().hex());
        }
    }

    private static Strategy walk(int seed) {
        return Strategy.randomWalk(Choices.seeded(seed));
    }
}
