package dev.powercut.kernel.process;

import static dev.powercut.kernel.process.Rig.bytes;
import static dev.powercut.kernel.process.Rig.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.memory.Protection;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileControl;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.kernel.vfs.RecordLock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A thread closes a descriptor while another one is in a call on it: the call goes on with the file that it began with, as on Linux. */
final class ClosedMeanwhileTest {

    private static final RecordLock WHOLE = RecordLock.of(RecordLock.WRITE, 0, 0);

    private static void awhile(UserProcess self) {
        self.signals().nanosleep(10_000);
    }

    @Test
    void aReaderOfAPipeIsGivenWhatIsWrittenAfterItsEndWasClosed() {
        Rig.Ran ran = new Rig().run(self -> {
            int[] ends = self.pipe();
            byte[] got = new byte[4];
            int reader = self.threads().create("reader", t -> assertEquals(1, t.read(ends[0], got, 0, 4)));
            awhile(self);
            self.close(ends[0]);
            assertEquals(1, self.write(ends[1], bytes("x"), 0, 1));
            self.threads().join(reader);
            assertEquals('x', got[0]);
            // Its call was the last that knew the end.
            self.signals().sigaction(13, SignalAction.ignore());
            assertEquals(
                    Errno.EPIPE,
                    assertThrows(ErrnoException.class, () -> self.write(ends[1], got, 0, 1))
                            .errno());
            return 0;
        });
        assertEquals(0, ran.well().result().status());
    }

    @Test
    void aWriterOfAFullPipeWritesAllAfterItsEndWasClosedOrReplaced() {
        for (boolean replaced : List.of(false, true)) {
            Rig.Ran ran = new Rig().run(self -> {
                int[] ends = self.pipe();
                byte[] much = new byte[100_000];
                int writer =
                        self.threads().create("writer", t -> assertEquals(100_000, t.write(ends[1], much, 0, 100_000)));
                awhile(self);
                if (replaced) {
                    self.dup2(0, ends[1]);
                } else {
                    self.close(ends[1]);
                }
                int read = 0;
                for (int count = self.read(ends[0], much, 0, 5_000); count > 0; ) {
                    read += count;
                    count = self.read(ends[0], much, 0, 5_000);
                }
                assertEquals(100_000, read);
                self.threads().join(writer);
                return 0;
            });
            assertEquals(0, ran.well().result().status());
        }
    }

    @Test
    void aProcessThatIsKilledInACallLeavesNothingOpen() {
        Rig.Ran ran = new Rig().run(self -> {
            int[] ends = self.pipe();
            int child = self.fork(c -> {
                c.close(ends[1]);
                c.threads().create("reader", t -> t.read(ends[0], new byte[4], 0, 4));
                awhile(c);
                c.close(ends[0]);
                awhile(c);
                c.signals().kill(c.getpid(), 9);
                return 1;
            });
            self.close(ends[0]);
            self.waitpid(child, 0);
            self.signals().sigaction(13, SignalAction.ignore());
            assertThrows(ErrnoException.class, () -> self.write(ends[1], new byte[1], 0, 1));
            return 0;
        });
        assertEquals(0, ran.well().result().status());
    }

    /** Linux, fcntl_setlk: nobody could give the lock up any more. */
    @Test
    void aLockThatIsGivenAfterItsDescriptorWasClosedIsGivenUpAgain() {
        for (boolean reused : List.of(false, true)) {
            Rig.Ran ran = new Rig().run(self -> {
                file(self, "/f", "abc");
                self.fork("holder", c -> {
                    int fd = c.open("/f", OpenFlags.O_RDWR, 0);
                    c.fcntl(fd, FileControl.F_SETLK, WHOLE);
                    c.signals().nanosleep(1_000_000);
                    return 0;
                });
                awhile(self);
                int fd = self.open("/f", OpenFlags.O_RDWR, 0);
                List<Errno> got = new ArrayList<>();
                int waiter = self.threads()
                        .create(
                                "waiter",
                                t -> got.add(assertThrows(
                                                ErrnoException.class, () -> t.fcntl(fd, FileControl.F_SETLKW, WHOLE))
                                        .errno()));
                awhile(self);
                self.close(fd);
                if (reused) {
                    assertEquals(fd, self.open("/f", OpenFlags.O_RDWR, 0));
                }
                self.threads().join(waiter);
                assertEquals(List.of(Errno.EBADF), got);
                int other = self.fork("other", c -> {
                    int own = c.open("/f", OpenFlags.O_RDWR, 0);
                    c.fcntl(own, FileControl.F_SETLK, WHOLE);
                    return 0;
                });
                self.waitAny();
                self.waitAny();
                assertTrue(other > 0);
                return 0;
            });
            assertEquals(0, ran.well().result().status());
        }
    }

    @Test
    void anUnlinkedFileLivesUntilTheLastCallOnItHasEnded() {
        new Rig()
                .everySchedule(
                        self -> {
                            file(self, "/f", "0123456789");
                            int fd = self.open("/f", OpenFlags.O_RDWR, 0);
                            self.unlink("/f");
                            int[] done = new int[1];
                            int reader = self.threads().create("reader", t -> {
                                try {
                                    done[0] = t.read(fd, new byte[20], 0, 20);
                                    t.fsync(fd);
                                    long page = t.memory()
                                            .mmap(0, 4096, Protection.PROT_READ, Protection.MAP_SHARED, fd, 0);
                                    assertEquals('0', t.memory().getByte(page));
                                } catch (ErrnoException closed) {
                                    assertEquals(Errno.EBADF, closed.errno());
                                }
                            });
                            self.close(fd);
                            file(self, "/g", "another file");
                            self.threads().join(reader);
                            assertTrue(done[0] == 0 || done[0] == 10);
                            return 0;
                        },
                        ran -> assertEquals(0, ran.well().result().status()));
    }

    @Test
    void openingAFifoThatFindsTheTableFullInTheEndLeavesNothingOpen() {
        Rig.Ran ran = new Rig().limits(ProcessLimits.DEFAULT.withDescriptors(4)).run(self -> {
            self.mkfifo("/fifo", 0600);
            int opener = self.threads()
                    .create(
                            "opener",
                            t -> assertEquals(
                                    Errno.EMFILE,
                                    assertThrows(ErrnoException.class, () -> t.open("/fifo", OpenFlags.O_RDONLY, 0))
                                            .errno()));
            awhile(self);
            assertEquals(3, self.dup(0));
            int child = self.fork(c -> {
                c.close(3);
                int fd = c.open("/fifo", OpenFlags.O_WRONLY, 0);
                awhile(c);
                c.signals().sigaction(13, SignalAction.ignore());
                assertThrows(ErrnoException.class, () -> c.write(fd, new byte[1], 0, 1));
                return Mode.type(c.fstat(fd).mode()) == Mode.FIFO ? 0 : 1;
            });
            assertEquals(0, self.waitpid(child, 0).status());
            self.threads().join(opener);
            return 0;
        });
        assertEquals(0, ran.well().result().status());
    }
}
