package dev.powercut.kernel.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.powercut.kernel.stream.FileStream;
import dev.powercut.kernel.stream.Stdio;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Threads that are joined, that exec; and what exit does first. */
final class ThreadsTest {

    private static Errno errno(Runnable call) {
        return assertThrows(ErrnoException.class, call::run).errno();
    }

    private static void play(Program program) {
        assertEquals(0, new Rig().run(program).well().result().status());
    }

    @Test
    void aThreadIsJoinedOnceWhetherItHasEndedOrNot() {
        play(self -> {
            int quick = self.threads().create("quick", t -> {});
            int slow = self.threads().create("slow", t -> t.signals().nanosleep(1_000_000));
            self.signals().nanosleep(1_000);
            self.threads().join(quick);
            self.threads().join(slow);
            assertEquals(Errno.ESRCH, errno(() -> self.threads().join(quick)));
            assertEquals(Errno.ESRCH, errno(() -> self.threads().join(slow)));
            assertEquals(Errno.ESRCH, errno(() -> self.threads().join(999)));
            assertEquals(Errno.ESRCH, errno(() -> self.threads().join(-1)));
            assertEquals(
                    Errno.EDEADLK,
                    errno(() -> self.threads().join(self.threads().gettid())));
            return 0;
        });
    }

    @Test
    void threadsOfAnotherProcessAndChildrenCannotBeJoined() {
        play(self -> {
            int thread = self.threads().create("one", t -> t.signals().nanosleep(1_000_000));
            int child = self.fork(c -> errno(() -> c.threads().join(thread)) == Errno.ESRCH ? 0 : 1);
            assertEquals(Errno.ESRCH, errno(() -> self.threads().join(child)));
            assertEquals(0, self.waitAny().status());
            self.threads().join(thread);
            return 0;
        });
    }

    @Test
    void onlyOneThreadJoinsAnotherAndNotEachTheOther() {
        play(self -> {
            int main = self.threads().gettid();
            int other = self.threads().create("other", t -> {
                t.signals().nanosleep(10_000);
                assertEquals(Errno.EDEADLK, errno(() -> t.threads().join(main)));
                t.signals().nanosleep(1_000_000);
            });
            int third = self.threads().create("third", t -> {
                t.signals().nanosleep(20_000);
                assertEquals(Errno.EINVAL, errno(() -> t.threads().join(other)));
            });
            self.threads().join(other);
            self.threads().join(third);
            return 0;
        });
    }

    @Test
    void aDetachedThreadCannotBeJoined() {
        play(self -> {
            int early = self.threads().create("early", t -> {});
            int late = self.threads().create("late", t -> t.signals().nanosleep(100_000));
            self.signals().nanosleep(1_000);
            self.threads().detach(early);
            self.threads().detach(late);
            assertEquals(Errno.ESRCH, errno(() -> self.threads().join(early)));
            assertEquals(Errno.EINVAL, errno(() -> self.threads().join(late)));
            assertEquals(Errno.EINVAL, errno(() -> self.threads().detach(late)));
            self.signals().nanosleep(1_000_000);
            assertEquals(Errno.ESRCH, errno(() -> self.threads().join(late)));
            assertEquals(Errno.ESRCH, errno(() -> self.threads().detach(late)));
            return 0;
        });
    }

    @Test
    void theMainThreadIsJoinedByOthers() {
        List<Integer> joined = new ArrayList<>();
        play(self -> {
            int main = self.threads().gettid();
            self.threads().create("other", t -> {
                t.threads().join(main);
                joined.add(main);
            });
            self.threads().exit();
            return 1;
        });
        assertEquals(List.of(2), joined);
    }

    @Test
    void aThreadThatExecsIsTheFirstOfTheNewProgram() {
        Rig.Ran ran = new Rig().run(self -> {
            Mutex before = self.threads().newMutex();
            self.threads().create("third", t -> t.signals().pause());
            self.threads().create("execs", t -> {
                before.lock(t);
                t.exec(
                        program -> {
                            assertEquals(2, program.getpid());
                            assertEquals(2, program.threads().gettid());
                            program.signals().killThread(2, 0);
                            program.signals().nanosleep(1_000);
                            assertEquals(
                                    Errno.ESRCH, errno(() -> program.threads().join(3)));
                            assertEquals(
                                    Errno.ESRCH, errno(() -> program.signals().killThread(4, 0)));
                            Mutex mutex = program.threads().newMutex();
                            mutex.lock(program);
                            int more = program.threads().create("more", m -> {
                                mutex.lock(m);
                                mutex.unlock(m);
                            });
                            mutex.unlock(program);
                            program.threads().join(more);
                            return 5;
                        },
                        "new");
            });
            self.signals().pause();
            return 1;
        });
        assertEquals(5, ran.well().result().exitStatus());
    }

    @Test
    void whatIsGivenToAtExitTwiceRunsTwiceLastFirst() {
        StringBuilder order = new StringBuilder();
        play(self -> {
            Consumer<UserProcess> a = p -> order.append('a');
            self.atExit(a);
            self.atExit(p -> p.atExit(q -> order.append('c')));
            self.atExit(p -> order.append('b'));
            self.atExit(a);
            return 0;
        });
        assertEquals("abca", order.toString());
    }

    /** As exit(3): streams are written when all that was given to atexit has run, whenever they were opened. */
    @Test
    void whatExitHooksPrintIsWritten() {
        Rig.Ran ran = new Rig().run(self -> {
            self.atExit(p -> Stdio.stdout(p).fputs(p, "bye"));
            FileStream out = Stdio.stdout(self);
            out.fputs(self, "hello ");
            return 0;
        });
        assertEquals(0, ran.well().result().status());
        assertEquals("hello bye", ran.kernel().console().output());
    }
}
