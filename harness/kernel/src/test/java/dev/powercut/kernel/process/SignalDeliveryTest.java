package dev.powercut.kernel.process;

import static dev.powercut.kernel.process.Rig.writeAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.signal.Signal;
import dev.powercut.kernel.signal.SignalInfo;
import dev.powercut.kernel.signal.SignalSet;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileControl;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.kernel.vfs.RecordLock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** In which order signals are acted upon and what they tell: each row was seen on Linux 6.18. */
final class SignalDeliveryTest {

    private static final long MILLI = 1_000_000L;

    private static void everySchedule(Program program) {
        new Rig()
                .everySchedule(
                        program, ran -> assertEquals(0, ran.well().result().status()));
    }

    private static void assertFails(Errno errno, Executable call) {
        assertEquals(errno, assertThrows(ErrnoException.class, call).errno());
    }

    /** What handlers of three signals see that come at once: where each begins and ends. */
    private static String handlers(UserProcess self, long mask) {
        StringBuilder seen = new StringBuilder();
        long set = SignalSet.of(Signal.SIGHUP, Signal.SIGUSR1, Signal.SIGUSR2);
        for (int signal : new int[] {Signal.SIGHUP, Signal.SIGUSR1, Signal.SIGUSR2}) {
            SignalAction action = SignalAction.handler((same, info) -> {
                seen.append('<').append(info.signal());
                same.getpgid(0);
                seen.append('>');
            });
            self.signals().sigaction(signal, action.blocking(mask));
        }
        self.signals().sigprocmask(Signals.SIG_BLOCK, set);
        self.signals().kill(self.getpid(), Signal.SIGUSR2);
        self.signals().kill(self.getpid(), Signal.SIGUSR1);
        self.signals().kill(self.getpid(), Signal.SIGHUP);
        self.signals().sigprocmask(Signals.SIG_UNBLOCK, set);
        return seen.toString();
    }

    @Test
    void handlersOfSignalsThatComeAtOnceRunTheHighestFirstUnlessTheyBlockEachOther() {
        everySchedule(self -> {
            assertEquals("<12><10><1>", handlers(self, SignalSet.EMPTY));
            assertEquals("<1><10><12>", handlers(self, SignalSet.FULL));
            return 0;
        });
    }

    @Test
    void queuedSignalsOfOneNumberAreHandledOneAfterTheOther() {
        everySchedule(self -> {
            List<Long> seen = new ArrayList<>();
            int low = Signal.SIGRTMIN;
            SignalAction action = SignalAction.handler((same, info) -> seen.add(info.value()));
            self.signals().sigaction(low, action);
            self.signals().sigaction(low + 1, action);
            self.signals().sigprocmask(Signals.SIG_BLOCK, SignalSet.of(low, low + 1));
            self.signals().sigqueue(self.getpid(), low + 1, 30);
            self.signals().sigqueue(self.getpid(), low, 10);
            self.signals().sigqueue(self.getpid(), low, 20);
            self.signals().sigprocmask(Signals.SIG_UNBLOCK, SignalSet.of(low, low + 1));
            assertEquals(List.of(30L, 10L, 20L), seen);
            return 0;
        });
    }

    @ParameterizedTest
    @CsvSource({"false, false, false", "true, false, true", "false, true, false", "true, true, true"})
    void theFirstSignalDeliveredDecidesWhetherACallBeginsAgain(boolean first, boolean second, boolean restarts) {
        everySchedule(self -> {
            int[] ends = self.pipe();
            int child = self.fork(one -> {
                SignalHandler nothing = (same, info) -> {};
                SignalAction plain = SignalAction.handler(nothing);
                SignalAction again = SignalAction.restarting(nothing);
                one.signals().sigaction(Signal.SIGUSR1, first ? again : plain);
                one.signals().sigaction(Signal.SIGUSR2, second ? again : plain);
                if (restarts) {
                    assertEquals(1, one.read(ends[0], new byte[1], 0, 1));
                } else {
                    assertFails(Errno.EINTR, () -> one.read(ends[0], new byte[1], 0, 1));
                }
                return 0;
            });
            self.signals().nanosleep(MILLI);
            self.signals().kill(child, Signal.SIGSTOP);
            self.waitpid(child, UserProcess.WUNTRACED);
            self.signals().kill(child, Signal.SIGUSR1);
            self.signals().kill(child, Signal.SIGUSR2);
            self.signals().kill(child, Signal.SIGCONT);
            self.signals().nanosleep(MILLI);
            writeAll(self, ends[1], "x");
            assertEquals(0, self.waitpid(child, 0).status());
            return 0;
        });
    }

    @Test
    void whoAwaitsASignalTakesItAlsoWhenItIsNotBlocked() {
        everySchedule(self -> {
            IntVariable handled = self.memory().newInt(0);
            self.signals().signal(Signal.SIGUSR1, (same, info) -> handled.getAndAdd(same, 1));
            self.fork(child -> {
                child.signals().nanosleep(MILLI);
                child.signals().kill(child.getppid(), Signal.SIGUSR1);
                return 0;
            });
            SignalInfo info = self.signals().sigtimedwait(SignalSet.of(Signal.SIGUSR1), 1000 * MILLI);
            assertEquals(Signal.SIGUSR1, info.signal());
            assertEquals(0, handled.get(self));
            self.waitAny();
            return 0;
        });
    }

    @Test
    void aStopEndsTheWaitForASignalAndNoSleep() {
        for (boolean sleeps : new boolean[] {true, false}) {
            everySchedule(self -> {
                int child = self.fork(one -> {
                    if (sleeps) {
                        one.signals().nanosleep(100 * MILLI);
                    } else {
                        one.signals().sigprocmask(Signals.SIG_BLOCK, SignalSet.of(Signal.SIGUSR1));
                        assertFails(
                                Errno.EINTR,
                                () -> one.signals().sigtimedwait(SignalSet.of(Signal.SIGUSR1), 100 * MILLI));
                    }
                    return 0;
                });
                self.signals().nanosleep(MILLI);
                self.signals().kill(child, Signal.SIGSTOP);
                self.waitpid(child, UserProcess.WUNTRACED);
                self.signals().kill(child, Signal.SIGCONT);
                assertEquals(0, self.waitpid(child, 0).status());
                return 0;
            });
        }
    }

    @Test
    void aStoppedChildThatIsKilledDoesNotGoOnFirst() {
        everySchedule(self -> {
            List<Integer> codes = new ArrayList<>();
            self.signals().signal(Signal.SIGCHLD, (same, info) -> codes.add(info.code()));
            int child = self.fork(one -> {
                one.signals().pause();
                return 0;
            });
            self.signals().kill(child, Signal.SIGSTOP);
            assertTrue(self.waitpid(child, UserProcess.WUNTRACED).stopped());
            self.signals().kill(child, Signal.SIGKILL);
            WaitResult end = self.waitpid(child, UserProcess.WUNTRACED | UserProcess.WCONTINUED);
            assertFalse(end.continued());
            assertEquals(Signal.SIGKILL, end.termSignal());
            self.getpgid(0);
            assertFalse(codes.contains(SignalInfo.CLD_CONTINUED), codes::toString);
            return 0;
        });
    }

    @Test
    void whoExecsInAHandlerLeavesTheSignalBlocked() {
        everySchedule(self -> {
            int child = self.fork(one -> {
                one.signals()
                        .signal(
                                Signal.SIGHUP,
                                (same, info) -> same.exec(program ->
                                        SignalSet.contains(program.signals().sigprocmask(Signals.SIG_BLOCK, 0), 1)
                                                ? 7
                                                : 8));
                one.signals().raise(Signal.SIGHUP);
                return 0;
            });
            assertEquals(7, self.waitpid(child, 0).exitStatus());
            return 0;
        });
    }

    @Test
    void sigpipeComesAlsoToWhoHasWrittenSomeBeforeTheLastReaderLeft() {
        // Under dull choices, which cut no transfer short.
        Rig.Ran ran = new Rig().run(self -> {
            IntVariable signals = self.memory().newInt(0);
            self.signals().sigaction(Signal.SIGPIPE, SignalAction.handler((same, info) -> {
                assertEquals(same.getpid(), info.processId());
                signals.getAndAdd(same, 1);
            }));
            int[] ends = self.pipe();
            self.fork(child -> {
                child.close(ends[1]);
                child.signals().nanosleep(MILLI);
                return 0;
            });
            self.close(ends[0]);
            assertEquals(65_536, self.write(ends[1], new byte[200_000], 0, 200_000));
            assertEquals(1, signals.get(self));
            self.waitAny();
            return 0;
        });
        assertEquals(0, ran.well().result().status());
    }

    @Test
    void sigchldTellsWhoTheChildWasAndWhatBecameOfIt() {
        everySchedule(self -> {
            long set = SignalSet.of(Signal.SIGCHLD);
            self.signals().sigprocmask(Signals.SIG_BLOCK, set);
            self.fork(child -> {
                child.setresuid(1234, 1234, 1234);
                return 9;
            });
            SignalInfo ended = self.signals().sigwaitinfo(set);
            assertEquals(SignalInfo.CLD_EXITED, ended.code());
            assertEquals(9, ended.value());
            assertEquals(1234, ended.uid());
            int child = self.fork(one -> {
                one.signals().pause();
                return 0;
            });
            self.signals().kill(child, Signal.SIGSTOP);
            SignalInfo stopped = self.signals().sigwaitinfo(set);
            assertEquals(SignalInfo.CLD_STOPPED, stopped.code());
            assertEquals(Signal.SIGSTOP, stopped.value());
            self.signals().kill(child, Signal.SIGCONT);
            SignalInfo continued = self.signals().sigwaitinfo(set);
            assertEquals(SignalInfo.CLD_CONTINUED, continued.code());
            assertEquals(Signal.SIGCONT, continued.value());
            self.signals().kill(child, Signal.SIGTERM);
            SignalInfo killed = self.signals().sigwaitinfo(set);
            assertEquals(SignalInfo.CLD_KILLED, killed.code());
            assertEquals(Signal.SIGTERM, killed.value());
            Rig.waitAll(self, 2);
            return 0;
        });
    }

    @Test
    void whatCannotBeChangedCanBeAskedFor() {
        everySchedule(self -> {
            assertTrue(self.signals().sigaction(Signal.SIGKILL, null).isDefault());
            assertFails(Errno.EINVAL, () -> self.signals().sigaction(Signal.SIGKILL, SignalAction.ignore()));
            return 0;
        });
    }

    @Test
    void asynchronousNotificationIsOfWhatOthersDoAndTellsWhere() {
        new Rig()
                .run(self -> {
                    int[] ends = self.pipe();
                    List<SignalInfo> seen = new ArrayList<>();
                    self.signals().signal(Signal.SIGIO, (same, info) -> seen.add(info));
                    self.signals().signal(Signal.SIGRTMIN, (same, info) -> seen.add(info));
                    for (int end : ends) {
                        self.fcntl(end, FileControl.F_SETOWN, self.getpid());
                        self.fcntl(end, FileControl.F_SETFL, OpenFlags.O_ASYNC);
                    }
                    self.fcntl(ends[1], FileControl.F_SETSIG, Signal.SIGRTMIN);
                    writeAll(self, ends[1], "abc");
                    assertEquals(List.of(SignalInfo.kernel(Signal.SIGIO)), seen);
                    self.read(ends[0], new byte[2], 0, 2);
                    SignalInfo room = new SignalInfo(Signal.SIGRTMIN, SignalInfo.POLL_OUT, 0, 0, ends[1], 0);
                    assertEquals(List.of(SignalInfo.kernel(Signal.SIGIO), room), seen);
                    self.close(ends[1]);
                    assertEquals(List.of(SignalInfo.kernel(Signal.SIGIO), room, SignalInfo.kernel(Signal.SIGIO)), seen);
                    assertFails(Errno.ESRCH, () -> self.fcntl(ends[0], FileControl.F_SETOWN, 999));
                    assertFails(Errno.ESRCH, () -> self.fcntl(ends[0], FileControl.F_SETOWN, -999));
                    return 0;
                })
                .well();
    }

    /** A call that waits for something, which the parent lets happen only after the signal. */
    private enum Wait {
        READ,
        WRITE,
        OPEN_FIFO,
        WAIT,
        LOCK,
        PAUSE,
        SIGTIMEDWAIT,
        NANOSLEEP,
        SIGSUSPEND;

        /** signal(7). */
        boolean isRestarted() {
            return ordinal() < PAUSE.ordinal();
        }

        void play(UserProcess self, int[] pipe, int locked) {
            switch (this) {
                case READ -> self.read(pipe[0], new byte[1], 0, 1);
                case WRITE -> {
                    self.fcntl(pipe[1], FileControl.F_SETPIPE_SZ, 4096);
                    self.write(pipe[1], new byte[4096], 0, 4096);
                    self.write(pipe[1], new byte[4096], 0, 4096);
                }
                case OPEN_FIFO -> self.open("/fifo", OpenFlags.O_RDONLY, 0);
                case WAIT -> {
                    self.fork(child -> {
                        child.signals().nanosleep(50 * MILLI);
                        return 0;
                    });
                    self.waitAny();
                }
                case LOCK -> self.fcntl(locked, FileControl.F_SETLKW, new RecordLock(RecordLock.WRITE, 0, 0, 0, 0));
                case PAUSE -> self.signals().pause();
                case SIGTIMEDWAIT -> self.signals().sigtimedwait(SignalSet.of(Signal.SIGUSR2), 1000 * MILLI);
                case NANOSLEEP -> self.signals().nanosleep(1000 * MILLI);
                case SIGSUSPEND -> self.signals().sigsuspend(SignalSet.EMPTY);
            }
        }

        void happens(UserProcess self, int[] pipe, int locked) {
            switch (this) {
                case READ -> writeAll(self, pipe[1], "x");
                case WRITE -> drain(self, pipe[0]);
                case OPEN_FIFO -> self.open("/fifo", OpenFlags.O_RDWR, 0);
                case LOCK -> self.fcntl(locked, FileControl.F_SETLK, new RecordLock(RecordLock.NONE, 0, 0, 0, 0));
                default -> {}
            }
        }
    }

    private static void drain(UserProcess self, int fd) {
        for (int left = 4096; left > 0; ) {
            left -= self.read(fd, new byte[left], 0, left);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachCallThatWaitsIsInterruptedOrBeginsAgain(Wait wait) {
        for (boolean restarts : new boolean[] {true, false}) {
            everySchedule(self -> {
                int[] pipe = self.pipe();
                self.mkfifo("/fifo", 0600);
                int locked = self.open("/f", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600);
                self.fcntl(locked, FileControl.F_SETLK, new RecordLock(RecordLock.WRITE, 0, 0, 0, 0));
                int child = self.fork(one -> {
                    SignalHandler nothing = (same, info) -> {};
                    one.signals()
                            .sigaction(
                                    Signal.SIGUSR1,
                                    restarts ? SignalAction.restarting(nothing) : SignalAction.handler(nothing));
                    if (restarts && wait.isRestarted()) {
                        wait.play(one, pipe, locked);
                    } else {
                        assertFails(Errno.EINTR, () -> wait.play(one, pipe, locked));
                    }
                    return 0;
                });
                self.signals().nanosleep(20 * MILLI);
                self.signals().kill(child, Signal.SIGUSR1);
                self.signals().nanosleep(20 * MILLI);
                wait.happens(self, pipe, locked);
                assertEquals(0, self.waitpid(child, 0).status());
                return 0;
            });
        }
    }

    @Test
    void theClockTellsHowLongASleepTook() {
        everySchedule(self -> {
            long before = self.clockNanos();
            self.signals().nanosleep(5 * MILLI);
            long took = self.clockNanos() - before;
            assertTrue(took >= 5 * MILLI && took < 6 * MILLI, () -> took + " ns");
            return 0;
        });
    }
}
