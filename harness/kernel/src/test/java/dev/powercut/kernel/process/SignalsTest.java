package dev.powercut.kernel.process;

import static dev.powercut.kernel.process.Rig.writeAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.signal.Signal;
import dev.powercut.kernel.signal.SignalInfo;
import dev.powercut.kernel.signal.SignalSet;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.sim.DeadlockException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Sending, catching, blocking and awaiting signals. */
final class SignalsTest {

    private static final long SECOND = 1_000_000_000L;

    private static void assertFails(Errno errno, Executable call) {
        assertEquals(errno, assertThrows(ErrnoException.class, call).errno());
    }

    private static void everySchedule(Program program) {
        new Rig()
                .everySchedule(
                        program, ran -> assertEquals(0, ran.well().result().status()));
    }

    @Test
    void aSignalThatIsNotCaughtEndsTheProcess() {
        everySchedule(self -> {
            int child = self.fork(one -> {
                one.signals().pause();
                return 0;
            });
            self.signals().kill(child, Signal.SIGTERM);
            WaitResult result = self.waitAny();
            assertTrue(result.signaled());
            assertEquals(Signal.SIGTERM, result.termSignal());
            return 0;
        });
    }

    @Test
    void aHandlerRunsInTheProcessThatTheSignalCameToWithWhoSentIt() {
        everySchedule(self -> {
            IntVariable sender = self.memory().newInt(0);
            self.signals().signal(Signal.SIGUSR1, (same, info) -> sender.set(same, info.processId()));
            int child = self.fork(one -> {
                while (sender.get(one) == 0) {
                    one.yield();
                }
                return sender.get(one);
            });
            self.signals().kill(child, Signal.SIGUSR1);
            assertEquals(self.getpid(), self.waitAny().exitStatus());
            assertEquals(0, sender.get(self));
            return 0;
        });
    }

    @Test
    void anInterruptedCallBeginsAgainWithSaRestartAndElseGivesEintr() {
        for (boolean restarts : new boolean[] {true, false}) {
            everySchedule(self -> {
                int[] ends = self.pipe();
                IntVariable count = self.memory().newInt(0);
                SignalHandler handler = (same, info) -> {
                    count.getAndAdd(same, 1);
                    writeAll(same, ends[1], "x");
                };
                self.signals()
                        .sigaction(
                                Signal.SIGALRM,
                                restarts ? SignalAction.restarting(handler) : SignalAction.handler(handler));
                self.signals().alarm(SECOND);
                if (restarts) {
                    assertEquals(1, self.read(ends[0], new byte[1], 0, 1));
                } else {
                    assertFails(Errno.EINTR, () -> self.read(ends[0], new byte[1], 0, 1));
                }
                assertEquals(1, count.get(self));
                return 0;
            });
        }
    }

    @Test
    void blockedSignalsWaitAndOfStandardOnesOneIsKept() {
        everySchedule(self -> {
            IntVariable count = self.memory().newInt(0);
            self.signals().signal(Signal.SIGUSR1, (same, info) -> count.getAndAdd(same, 1));
            assertEquals(0, self.signals().sigprocmask(Signals.SIG_BLOCK, SignalSet.of(Signal.SIGUSR1)));
            self.signals().raise(Signal.SIGUSR1);
            self.signals().raise(Signal.SIGUSR1);
            self.signals().kill(self.getpid(), Signal.SIGUSR1);
            assertEquals(0, count.get(self));
            assertEquals(SignalSet.of(Signal.SIGUSR1), self.signals().sigpending());
            self.signals().sigprocmask(Signals.SIG_UNBLOCK, SignalSet.of(Signal.SIGUSR1));
            // One of the thread, one of the process.
            assertEquals(2, count.get(self));
            assertFails(Errno.EINVAL, () -> self.signals().sigprocmask(7, 0));
            return 0;
        });
    }

    @Test
    void realTimeSignalsQueueInOrderWithTheirDataAndComeLowestFirst() {
        everySchedule(self -> {
            long set = SignalSet.of(Signal.SIGRTMIN, Signal.SIGRTMIN + 1);
            self.signals().sigprocmask(Signals.SIG_BLOCK, set);
            self.signals().sigqueue(self.getpid(), Signal.SIGRTMIN + 1, 30);
            self.signals().sigqueue(self.getpid(), Signal.SIGRTMIN, 10);
            self.signals().sigqueue(self.getpid(), Signal.SIGRTMIN, 20);
            long[] values = new long[3];
            for (int i = 0; i < 3; i++) {
                SignalInfo info = self.signals().sigwaitinfo(set);
                assertEquals(SignalInfo.QUEUE, info.code());
                values[i] = info.value();
            }
            assertEquals(10, values[0]);
            assertEquals(20, values[1]);
            assertEquals(30, values[2]);
            assertFails(Errno.EAGAIN, () -> self.signals().sigtimedwait(set, SECOND));
            return 0;
        });
    }

    @Test
    void sigchldTellsOfChildrenAndWhereItIsIgnoredTheyLeaveNoStatus() {
        everySchedule(self -> {
            long set = SignalSet.of(Signal.SIGCHLD);
            self.signals().sigprocmask(Signals.SIG_BLOCK, set);
            int child = self.fork(one -> 9);
            SignalInfo info = self.signals().sigwaitinfo(set);
            assertEquals(child, info.processId());
            assertEquals(SignalInfo.CLD_EXITED, info.code());
            assertEquals(9, self.waitpid(child, UserProcess.WNOHANG).exitStatus());
            self.signals().sigaction(Signal.SIGCHLD, SignalAction.ignore());
            self.fork(one -> 9);
            assertFails(Errno.ECHILD, self::waitAny);
            return 0;
        });
    }

    @Test
    void stoppedChildrenAreSeenByWaitAndGoOn() {
        everySchedule(self -> {
            int[] ends = self.pipe();
            int child = self.fork(one -> {
                one.read(ends[0], new byte[1], 0, 1);
                return 3;
            });
            self.signals().kill(child, Signal.SIGSTOP);
            WaitResult stopped = self.waitpid(child, UserProcess.WUNTRACED);
            assertTrue(stopped.stopped());
            assertEquals(Signal.SIGSTOP, stopped.stopSignal());
            writeAll(self, ends[1], "x");
            assertEquals(0, self.waitpid(child, UserProcess.WNOHANG).processId());
            self.signals().kill(child, Signal.SIGCONT);
            WaitResult next = self.waitpid(child, UserProcess.WCONTINUED);
            assertEquals(3, (next.continued() ? self.waitpid(child, 0) : next).exitStatus());
            return 0;
        });
    }

    /** A program that says when it is ready, tells of SIGHUP and SIGCONT, waits, and tells of its end. */
    private static Program job(int[] ends, int[] ready) {
        return job -> {
            job.close(ends[0]);
            long both = SignalSet.of(Signal.SIGHUP, Signal.SIGCONT);
            SignalHandler hungUp = (same, info) -> writeAll(same, ends[1], "H");
            SignalHandler continued = (same, info) -> writeAll(same, ends[1], "C");
            job.signals().sigaction(Signal.SIGHUP, SignalAction.handler(hungUp).blocking(both));
            job.signals()
                    .sigaction(Signal.SIGCONT, SignalAction.handler(continued).blocking(both));
            writeAll(job, ready[1], "!");
            try {
                job.signals().nanosleep(1_000_000_000);
            } catch (ErrnoException handled) {
                assertEquals(Errno.EINTR, handled.errno());
            }
            writeAll(job, ends[1], ".");
            return 0;
        };
    }

    private static String allOf(UserProcess self, int fd) {
        StringBuilder all = new StringBuilder();
        byte[] buffer = new byte[16];
        for (int count = self.read(fd, buffer, 0, 16); count > 0; count = self.read(fd, buffer, 0, 16)) {
            all.append(new String(buffer, 0, count, java.nio.charset.StandardCharsets.UTF_8));
        }
        return all.toString();
    }

    private static void stopInGroup(UserProcess shell, int pid, int group, int[] ready) {
        shell.setpgid(pid, group);
        shell.read(ready[0], new byte[1], 0, 1);
        shell.signals().kill(pid, Signal.SIGSTOP);
        assertTrue(shell.waitpid(pid, UserProcess.WUNTRACED).stopped());
    }

    @Test
    void aGroupThatIsOrphanedByItsLastParentWhileAMemberHasStoppedIsHungUpAndGoesOn() {
        everySchedule(self -> {
            int[] ends = self.pipe();
            int[] ready = self.pipe();
            self.fork("shell", shell -> {
                int job = shell.fork("job", job(ends, ready));
                stopInGroup(shell, job, job, ready);
                return 0;
            });
            self.close(ends[1]);
            self.waitAny();
            assertEquals("HC.", allOf(self, ends[0]));
            return 0;
        });
    }

    @Test
    void aGroupThatIsOrphanedByItsOwnLeaderIsHungUpToo() {
        everySchedule(self -> {
            int[] ends = self.pipe();
            int[] ready = self.pipe();
            int leader = self.fork("leader", first -> {
                first.setpgid(0, 0);
                stopInGroup(first, first.fork("job", job(ends, ready)), 0, ready);
                return 0;
            });
            self.close(ends[1]);
            self.waitpid(leader, 0);
            assertEquals("HC.", allOf(self, ends[0]));
            return 0;
        });
    }

    @Test
    void aGroupOfWhichNoneHasStoppedOrThatHasAnotherParentHearsOfNothing() {
        everySchedule(self -> {
            int[] ends = self.pipe();
            int[] ready = self.pipe();
            self.fork("shell", shell -> {
                int job = shell.fork("job", job(ends, ready));
                shell.setpgid(job, job);
                shell.read(ready[0], new byte[1], 0, 1);
                return 0;
            });
            self.waitAny();
            int stopped = self.fork("job", job(ends, ready));
            stopInGroup(self, stopped, stopped, ready);
            int other = self.fork("other", one -> 0);
            self.waitpid(other, 0);
            self.close(ends[1]);
            self.signals().kill(stopped, Signal.SIGKILL);
            assertEquals(".", allOf(self, ends[0]));
            return 0;
        });
    }

    @Test
    void stopsOfTheTerminalDoNothingToAnOrphanedGroup() {
        everySchedule(self -> {
            // Its parent is init.
            self.signals().raise(Signal.SIGTSTP);
            int job = self.fork("job", one -> {
                one.setpgid(0, 0);
                one.signals().raise(Signal.SIGTTIN);
                return 5;
            });
            assertEquals(
                    Signal.SIGTTIN, self.waitpid(job, UserProcess.WUNTRACED).stopSignal());
            self.signals().kill(job, Signal.SIGCONT);
            assertEquals(5, self.waitpid(job, 0).exitStatus());
            return 0;
        });
    }

    @Test
    void sigsuspendLetsInWhatWasBlockedAndNothingIsLost() {
        everySchedule(self -> {
            IntVariable seen = self.memory().newInt(0);
            self.signals().signal(Signal.SIGUSR1, (same, info) -> seen.set(same, 1));
            long before = self.signals().sigprocmask(Signals.SIG_BLOCK, SignalSet.of(Signal.SIGUSR1));
            int parent = self.getpid();
            self.fork(child -> {
                child.signals().kill(parent, Signal.SIGUSR1);
                return 0;
            });
            while (seen.get(self) == 0) {
                assertFails(Errno.EINTR, () -> self.signals().sigsuspend(before));
            }
            self.waitAny();
            return 0;
        });
    }

    @Test
    void alarmsComeAtTheirTimeAndCanBeTakenBack() {
        everySchedule(self -> {
            IntVariable seen = self.memory().newInt(0);
            self.signals().signal(Signal.SIGALRM, (same, info) -> seen.getAndAdd(same, 1));
            assertEquals(0, self.signals().alarm(5 * SECOND));
            long left = self.signals().alarm(SECOND);
            assertTrue(left > 4 * SECOND && left <= 5 * SECOND);
            long before = self.world().clock().nowNanos();
            assertFails(Errno.EINTR, () -> self.signals().nanosleep(10 * SECOND));
            long slept = self.world().clock().nowNanos() - before;
            assertTrue(slept > SECOND / 2 && slept < 2 * SECOND, () -> "slept " + slept);
            self.signals().alarm(SECOND);
            self.signals().alarm(0);
            self.signals().nanosleep(10 * SECOND);
            assertEquals(1, seen.get(self));
            return 0;
        });
    }

    @Test
    void killFollowsTheRulesOfPermissionAndGroups() {
        everySchedule(self -> {
            int[] hold = self.pipe();
            Program waits = one -> {
                one.close(hold[1]);
                one.read(hold[0], new byte[1], 0, 1);
                return 0;
            };
            int root = self.fork(waits);
            int user = self.fork(one -> {
                one.setresuid(1000, 1000, 1000);
                assertFails(Errno.EPERM, () -> one.signals().kill(root, 0));
                assertFails(Errno.EPERM, () -> one.signals().kill(root, Signal.SIGKILL));
                return 0;
            });
            assertEquals(0, self.waitpid(user, 0).status());
            assertFails(Errno.ESRCH, () -> self.signals().kill(9999, 0));
            assertFails(Errno.EINVAL, () -> self.signals().kill(root, 65));
            assertFails(Errno.EINVAL, () -> self.signals().kill(root, -1));
            int other = self.fork(waits);
            self.setpgid(root, root);
            self.setpgid(other, root);
            self.signals().kill(-root, Signal.SIGTERM);
            assertEquals(Signal.SIGTERM, self.waitAny().termSignal());
            assertEquals(Signal.SIGTERM, self.waitAny().termSignal());
            assertFails(Errno.ESRCH, () -> self.signals().kill(-root, 0));
            return 0;
        });
    }

    @Test
    void sigkillAndSigstopCannotBeCaughtOrBlocked() {
        everySchedule(self -> {
            assertFails(Errno.EINVAL, () -> self.signals().sigaction(Signal.SIGKILL, SignalAction.ignore()));
            assertFails(Errno.EINVAL, () -> self.signals().sigaction(Signal.SIGSTOP, SignalAction.ignore()));
            assertFails(Errno.EINVAL, () -> self.signals().sigaction(0, SignalAction.ignore()));
            self.signals().sigprocmask(Signals.SIG_SETMASK, SignalSet.FULL);
            int child = self.fork(one -> {
                one.signals().pause();
                return 0;
            });
            self.signals().kill(child, Signal.SIGKILL);
            assertEquals(Signal.SIGKILL, self.waitAny().termSignal());
            return 0;
        });
    }

    @Test
    void whoWaitsForAMutexHearsOfNoSignal() {
        everySchedule(self -> {
            Mutex mutex = self.threads().newMutex();
            IntVariable seen = self.memory().newInt(0);
            mutex.lock(self);
            int thread = self.threads().create("waiter", same -> {
                mutex.lock(same);
                mutex.unlock(same);
            });
            self.signals().sigaction(Signal.SIGUSR1, SignalAction.handler((same, info) -> seen.set(same, 1)));
            self.signals().killThread(thread, Signal.SIGUSR1);
            self.signals().nanosleep(SECOND);
            assertEquals(1, seen.get(self));
            mutex.unlock(self);
            self.threads().join(thread);
            return 0;
        });
    }

    @Test
    void initIsNotEndedBySignals() {
        everySchedule(self -> {
            self.signals().kill(1, Signal.SIGTERM);
            return 0;
        });
    }

    @Test
    void handlersBlockTheirOwnSignalUnlessAskedNotToAndRunOnceWhenAsked() {
        everySchedule(self -> {
            IntVariable depth = self.memory().newInt(0);
            IntVariable deepest = self.memory().newInt(0);
            SignalHandler nested = (same, info) -> {
                depth.getAndAdd(same, 1);
                deepest.set(same, Math.max(deepest.get(same), depth.get(same)));
                if (deepest.get(same) < 2 && depth.get(same) == 1) {
                    same.signals().raise(Signal.SIGUSR1);
                    if (deepest.get(same) < 2) {
                        deepest.set(same, -1);
                    }
                }
                depth.getAndAdd(same, -1);
            };
            self.signals()
                    .sigaction(Signal.SIGUSR1, SignalAction.handler(nested).with(SignalAction.SA_NODEFER));
            self.signals().raise(Signal.SIGUSR1);
            assertEquals(2, deepest.get(self));
            IntVariable runs = self.memory().newInt(0);
            self.signals()
                    .sigaction(
                            Signal.SIGUSR2,
                            SignalAction.handler((same, info) -> runs.getAndAdd(same, 1))
                                    .with(SignalAction.SA_RESETHAND));
            int child = self.fork(one -> {
                one.signals().raise(Signal.SIGUSR2);
                one.signals().raise(Signal.SIGUSR2);
                return 0;
            });
            assertEquals(Signal.SIGUSR2, self.waitpid(child, 0).termSignal());
            return 0;
        });
    }

    /** Linux saturates too: what would end when time does never ends. */
    @Test
    void theLongestTimesLastForEverAndNotNoTime() {
        Rig.Ran ran = new Rig().run(self -> {
            int sleeper = self.fork("sleeper", c -> {
                c.signals().nanosleep(Long.MAX_VALUE);
                return 7;
            });
            int waiter = self.fork("waiter", c -> {
                c.signals().alarm(Long.MAX_VALUE);
                c.signals().nanosleep(3_600_000_000_000L);
                assertTrue(c.signals().alarm(0) > 4_000_000_000_000_000_000L);
                c.signals().sigprocmask(Signals.SIG_BLOCK, SignalSet.of(10));
                assertEquals(
                        10,
                        c.signals()
                                .sigtimedwait(SignalSet.of(10), Long.MAX_VALUE)
                                .signal());
                return 0;
            });
            self.signals().nanosleep(4_000_000_000_000L);
            assertEquals(0, self.waitpid(-1, UserProcess.WNOHANG).processId());
            self.signals().kill(waiter, 10);
            assertEquals(0, self.waitpid(waiter, 0).status());
            self.signals().kill(sleeper, 9);
            assertEquals(9, self.waitpid(sleeper, 0).termSignal());
            return 0;
        });
        assertEquals(0, ran.well().result().status());
    }

    @Test
    void whoAllSleepForEverAreADeadlockAndNotTheEndOfTime() {
        Rig.Ran ran = new Rig().run(self -> {
            self.signals().nanosleep(Long.MAX_VALUE - 1);
            return 0;
        });
        assertInstanceOf(DeadlockException.class, Rig.failure(ran));
    }
}
