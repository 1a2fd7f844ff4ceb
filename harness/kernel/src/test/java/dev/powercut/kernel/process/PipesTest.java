package dev.powercut.kernel.process;

import static dev.powercut.kernel.process.Rig.bytes;
import static dev.powercut.kernel.process.Rig.file;
import static dev.powercut.kernel.process.Rig.readAll;
import static dev.powercut.kernel.process.Rig.writeAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.device.Drivers;
import dev.powercut.kernel.signal.Signal;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileControl;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.kernel.vfs.RecordLock;
import dev.powercut.sim.DeadlockException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Pipes, FIFOs, devices and record locks between processes. */
final class PipesTest {

    private static void assertFails(Errno errno, Executable call) {
        assertEquals(errno, assertThrows(ErrnoException.class, call).errno());
    }

    @Test
    void aFullPipeMakesWritersWaitAndNoByteIsLost() {
        new Rig()
                .everySchedule(
                        self -> {
                            int[] ends = self.pipe();
                            self.fork(child -> {
                                child.close(ends[0]);
                                writeAll(child, ends[1], "0123456789".repeat(10_000));
                                return 0;
                            });
                            self.close(ends[1]);
                            assertEquals("0123456789".repeat(10_000), readAllFast(self, ends[0]));
                            assertEquals(0, self.waitAny().status());
                            return 0;
                        },
                        Rig.Ran::well);
    }

    private static String readAllFast(UserProcess self, int fd) {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[50_000];
        for (int count = self.read(fd, buffer, 0, buffer.length); count > 0; ) {
            text.append(new String(buffer, 0, count, java.nio.charset.StandardCharsets.UTF_8));
            count = self.read(fd, buffer, 0, buffer.length);
        }
        return text.toString();
    }

    @Test
    void writesUpToPipeBufAreNotMixedAndLargerOnesMayBe() {
        boolean[] mixed = {false};
        new Rig()
                .everySchedule(
                        self -> {
                            int[] ends = self.pipe();
                            for (String letter : new String[] {"a", "b"}) {
                                self.fork(child -> {
                                    for (int i = 0; i < 20; i++) {
                                        assertEquals(4096, child.write(ends[1], bytes(letter.repeat(4096)), 0, 4096));
                                    }
                                    return 0;
                                });
                            }
                            self.close(ends[1]);
                            String all = readAllFast(self, ends[0]);
                            for (int at = 0; at < all.length(); at += 4096) {
                                assertEquals(all.substring(at, at + 1).repeat(4096), all.substring(at, at + 4096));
                            }
                            Rig.waitAll(self, 2);
                            return 0;
                        },
                        Rig.Ran::well);
        new Rig()
                .everySchedule(
                        self -> {
                            int[] ends = self.pipe();
                            for (String letter : new String[] {"a", "b"}) {
                                self.fork(child -> {
                                    writeAll(child, ends[1], letter.repeat(70_000));
                                    return 0;
                                });
                            }
                            self.close(ends[1]);
                            String all = readAllFast(self, ends[0]);
                            assertEquals(140_000, all.length());
                            mixed[0] |= all.indexOf("ab") >= 0 && all.indexOf("ba") >= 0;
                            Rig.waitAll(self, 2);
                            return 0;
                        },
                        Rig.Ran::well);
        assertTrue(mixed[0]);
    }

    @Test
    void aProgramThatTakesShortReadsForWholeOnesIsFoundOut() {
        boolean[] foundOut = {false};
        new Rig()
                .everySchedule(
                        self -> {
                            int[] ends = self.pipe();
                            assertEquals(10, self.write(ends[1], bytes("0123456789"), 0, 10));
                            int count = self.read(ends[0], new byte[10], 0, 10);
                            assertTrue(count >= 1 && count <= 10);
                            return count;
                        },
                        ran -> foundOut[0] |= ran.well().result().exitStatus() < 10);
        assertTrue(foundOut[0]);
    }

    @Test
    void writingWithoutAReaderGivesSigpipeAndWhereThatIsIgnoredEpipe() {
        new Rig()
                .everySchedule(
                        self -> {
                            int[] ends = self.pipe();
                            self.close(ends[0]);
                            self.fork(child -> {
                                child.write(ends[1], bytes("x"), 0, 1);
                                return 0;
                            });
                            assertEquals(Signal.SIGPIPE, self.waitAny().termSignal());
                            self.signals().sigaction(Signal.SIGPIPE, SignalAction.ignore());
                            assertFails(Errno.EPIPE, () -> self.write(ends[1], bytes("x"), 0, 1));
                            return 0;
                        },
                        Rig.Ran::well);
    }

    @Test
    void aWriterThatWaitsIsWokenWhenTheLastReaderLeaves() {
        new Rig()
                .everySchedule(
                        self -> {
                            int[] ends = self.pipe();
                            self.fork(child -> {
                                child.close(ends[0]);
                                child.signals().sigaction(Signal.SIGPIPE, SignalAction.ignore());
                                try {
                                    while (true) {
                                        child.write(ends[1], new byte[60_000], 0, 60_000);
                                    }
                                } catch (ErrnoException failure) {
                                    return failure.errno().number();
                                }
                            });
                            self.close(ends[1]);
                            self.read(ends[0], new byte[1], 0, 1);
                            self.close(ends[0]);
                            assertEquals(Errno.EPIPE.number(), self.waitAny().exitStatus());
                            return 0;
                        },
                        Rig.Ran::well);
    }

    @Test
    void openingAFifoWaitsForTheOtherEnd() {
        new Rig()
                .everySchedule(
                        self -> {
                            self.mkfifo("/p", 0644);
                            self.fork(child -> {
                                int fd = child.open("/p", OpenFlags.O_WRONLY, 0);
                                writeAll(child, fd, "through the fifo");
                                return 0;
                            });
                            int fd = self.open("/p", OpenFlags.O_RDONLY, 0);
                            assertEquals("through the fifo", readAll(self, fd));
                            self.waitAny();
                            return 0;
                        },
                        Rig.Ran::well);
    }

    @Test
    void aFifoThatNobodyElseOpensIsADeadlockThatIsNamed() {
        Rig.Ran ran = new Rig().run(self -> {
            self.mkfifo("/p", 0644);
            return self.open("/p", OpenFlags.O_RDONLY, 0);
        });
        Throwable failure = Rig.failure(ran);
        assertInstanceOf(DeadlockException.class, failure);
        assertTrue(failure.toString().contains("main(2) waits for fifo of inode"), failure::toString);
    }

    @Test
    void aSignalCutsTheOpeningOfAFifoShortAndLeavesNothingBehind() {
        new Rig()
                .everySchedule(
                        self -> {
                            self.mkfifo("/p", 0644);
                            self.signals().sigaction(Signal.SIGALRM, SignalAction.handler((same, info) -> {}));
                            self.signals().alarm(1_000_000_000);
                            assertFails(Errno.EINTR, () -> self.open("/p", OpenFlags.O_RDONLY, 0));
                            assertFails(
                                    Errno.ENXIO, () -> self.open("/p", OpenFlags.O_WRONLY | OpenFlags.O_NONBLOCK, 0));
                            return 0;
                        },
                        Rig.Ran::well);
    }

    @Test
    void devicesDoAsTheirNamesSay() {
        Rig.Ran ran = new Rig()
                .prepare(processes -> {
                    processes.console().type("first\nsecond\n");
                    processes.console().hangUp();
                })
                .run(self -> {
                    self.mknod("/null", Mode.CHARACTER_DEVICE | 0666, Drivers.NULL);
                    self.mknod("/zero", Mode.CHARACTER_DEVICE | 0666, Drivers.ZERO);
                    self.mknod("/full", Mode.CHARACTER_DEVICE | 0666, Drivers.FULL);
                    self.mknod("/random", Mode.CHARACTER_DEVICE | 0666, Drivers.URANDOM);
                    byte[] buffer = new byte[8];
                    int none = self.open("/null", OpenFlags.O_RDWR, 0);
                    assertEquals(0, self.read(none, buffer, 0, 8));
                    assertEquals(8, self.write(none, buffer, 0, 8));
                    assertEquals(0, self.lseek(none, 100, 0));
                    int zero = self.open("/zero", OpenFlags.O_RDWR, 0);
                    buffer[0] = 1;
                    assertEquals(8, self.read(zero, buffer, 0, 8));
                    assertEquals(0, buffer[0]);
                    assertEquals(8, self.pread(zero, buffer, 0, 8, 100));
                    int full = self.open("/full", OpenFlags.O_RDWR, 0);
                    assertFails(Errno.ENOSPC, () -> self.write(full, buffer, 0, 8));
                    int random = self.open("/random", OpenFlags.O_RDWR, 0);
                    assertEquals(8, self.read(random, buffer, 0, 8));
                    assertFails(Errno.ENOTTY, () -> self.ioctl(none, FileControl.FIONREAD));
                    assertFails(Errno.EINVAL, () -> self.fsync(none));
                    assertFails(Errno.ESPIPE, () -> self.lseek(1, 0, 0));
                    byte[] line = new byte[100];
                    assertEquals(6, self.ioctl(0, FileControl.FIONREAD));
                    assertEquals(6, self.read(0, line, 0, 100));
                    assertEquals(3, self.read(0, line, 0, 3));
                    assertEquals(4, self.read(0, line, 0, 100));
                    assertEquals(0, self.read(0, line, 0, 100));
                    writeAll(self, 1, "done");
                    return 0;
                });
        assertEquals("done", ran.well().kernel().console().output());
    }

    @Test
    void recordLocksMakeOthersWaitAndAreNotInherited() {
        new Rig()
                .everySchedule(
                        self -> {
                            file(self, "/f", "0");
                            int[] held = self.pipe();
                            self.fork(child -> {
                                int fd = child.open("/f", OpenFlags.O_RDWR, 0);
                                child.fcntl(fd, FileControl.F_SETLKW, RecordLock.of(RecordLock.WRITE, 0, 0));
                                writeAll(child, held[1], "x");
                                child.fork(grandchild -> {
                                    RecordLock own = RecordLock.of(RecordLock.WRITE, 0, 0);
                                    assertFails(Errno.EAGAIN, () -> grandchild.fcntl(fd, FileControl.F_SETLK, own));
                                    assertEquals(
                                            grandchild.getppid(),
                                            grandchild
                                                    .fcntl(fd, FileControl.F_GETLK, own)
                                                    .processId());
                                    return 0;
                                });
                                assertEquals(0, child.waitAny().status());
                                child.write(fd, bytes("1"), 0, 1);
                                return 0;
                            });
                            self.read(held[0], new byte[1], 0, 1);
                            int fd = self.open("/f", OpenFlags.O_RDWR, 0);
                            self.fcntl(fd, FileControl.F_SETLKW, RecordLock.of(RecordLock.READ, 0, 0));
                            byte[] seen = new byte[1];
                            self.read(fd, seen, 0, 1);
                            assertEquals('1', seen[0]);
                            assertEquals(0, self.waitAny().status());
                            return 0;
                        },
                        Rig.Ran::well);
    }

    @Test
    void recordLocksThatWouldWaitForEachOtherGiveEdeadlk() {
        boolean[] seen = {false};
        new Rig()
                .everySchedule(
                        self -> {
                            file(self, "/f", "ab");
                            IntVariable deadlocks = self.memory()
                                    .newInt(
                                            self.memory().mmap(4096, dev.powercut.kernel.memory.Protection.MAP_SHARED),
                                            0);
                            for (int i = 0; i < 2; i++) {
                                int first = i;
                                self.fork(child -> {
                                    int fd = child.open("/f", OpenFlags.O_RDWR, 0);
                                    child.fcntl(fd, FileControl.F_SETLKW, RecordLock.of(RecordLock.WRITE, first, 1));
                                    try {
                                        child.fcntl(
                                                fd,
                                                FileControl.F_SETLKW,
                                                RecordLock.of(RecordLock.WRITE, 1 - first, 1));
                                    } catch (ErrnoException failure) {
                                        assertEquals(Errno.EDEADLK, failure.errno());
                                        deadlocks.getAndAdd(child, 1);
                                    }
                                    return 0;
                                });
                            }
                            Rig.waitAll(self, 2);
                            return deadlocks.get(self);
                        },
                        ran -> {
                            assertTrue(ran.well().result().exitStatus() <= 1);
                            seen[0] |= ran.result().exitStatus() == 1;
                        });
        assertTrue(seen[0]);
    }

    @Test
    void asynchronousNotificationSendsSigioToTheOwner() {
        new Rig()
                .everySchedule(
                        self -> {
                            int[] ends = self.pipe2(OpenFlags.O_NONBLOCK);
                            IntVariable signals = self.memory().newInt(0);
                            self.signals().signal(Signal.SIGIO, (same, info) -> signals.getAndAdd(same, 1));
                            self.fcntl(ends[0], FileControl.F_SETOWN, self.getpid());
                            self.fcntl(ends[0], FileControl.F_SETFL, OpenFlags.O_NONBLOCK | OpenFlags.O_ASYNC);
                            self.fork(child -> {
                                writeAll(child, ends[1], "x");
                                return 0;
                            });
                            while (signals.get(self) == 0) {
                                self.yield();
                            }
                            assertEquals(1, self.read(ends[0], new byte[1], 0, 1));
                            self.fcntl(ends[0], FileControl.F_SETFL, OpenFlags.O_NONBLOCK);
                            int before = signals.get(self);
                            self.signals().sigprocmask(Signals.SIG_BLOCK, 0);
                            writeAll(self, ends[1], "y");
                            assertEquals(before, signals.get(self));
                            self.waitAny();
                            return 0;
                        },
                        Rig.Ran::well);
    }
}
