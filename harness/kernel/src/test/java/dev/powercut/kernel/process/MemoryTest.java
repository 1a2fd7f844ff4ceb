package dev.powercut.kernel.process;

import static dev.powercut.kernel.memory.Protection.MAP_ANONYMOUS;
import static dev.powercut.kernel.memory.Protection.MAP_FIXED;
import static dev.powercut.kernel.memory.Protection.MAP_FIXED_NOREPLACE;
import static dev.powercut.kernel.memory.Protection.MAP_PRIVATE;
import static dev.powercut.kernel.memory.Protection.MAP_SHARED;
import static dev.powercut.kernel.memory.Protection.MREMAP_DONTUNMAP;
import static dev.powercut.kernel.memory.Protection.MREMAP_FIXED;
import static dev.powercut.kernel.memory.Protection.MREMAP_MAYMOVE;
import static dev.powercut.kernel.memory.Protection.MS_ASYNC;
import static dev.powercut.kernel.memory.Protection.MS_SYNC;
import static dev.powercut.kernel.memory.Protection.PROT_NONE;
import static dev.powercut.kernel.memory.Protection.PROT_READ;
import static dev.powercut.kernel.memory.Protection.PROT_WRITE;
import static dev.powercut.kernel.process.Rig.bytes;
import static dev.powercut.kernel.process.Rig.contents;
import static dev.powercut.kernel.process.Rig.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.signal.Signal;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.OpenFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Mappings, and what happens where there is none. */
final class MemoryTest {

    private static final int PAGE = 4096;
    private static final int BOTH = PROT_READ | PROT_WRITE;

    private static void assertFails(Errno errno, Executable call) {
        assertEquals(errno, assertThrows(ErrnoException.class, call).errno());
    }

    private static void run(Program program) {
        assertEquals(0, new Rig().run(program).well().result().status());
    }

    /** What a child that does something is killed by. */
    private static int signalOf(UserProcess self, java.util.function.Consumer<UserProcess> body) {
        self.fork(child -> {
            body.accept(child);
            return 0;
        });
        return self.waitAny().termSignal();
    }

    private static long map(UserProcess self, String path, int length, int protection, int flags) {
        int fd = self.open(path, OpenFlags.O_RDWR, 0);
        long address = self.memory().mmap(0, length, protection, flags, fd, 0);
        self.close(fd);
        return address;
    }

    @Test
    void aSharedFileMappingAgreesWithReadAndWriteBothWays() {
        run(self -> {
            file(self, "/f", "0123456789");
            long address = map(self, "/f", 10, BOTH, MAP_SHARED);
            self.memory().putBytes(address + 2, bytes("ab"));
            assertEquals("01ab456789", contents(self, "/f"));
            int fd = self.open("/f", OpenFlags.O_WRONLY, 0);
            self.pwrite(fd, bytes("XY"), 0, 2, 8);
            assertEquals(
                    "X", new String(self.memory().getBytes(address + 8, 1), java.nio.charset.StandardCharsets.UTF_8));
            return 0;
        });
    }

    @Test
    void aPrivatePageIsTheFilesUntilTheFirstStoreAndItsOwnFromThenOn() {
        run(self -> {
            file(self, "/f", "0123456789");
            long address = map(self, "/f", 10, BOTH, MAP_PRIVATE);
            int fd = self.open("/f", OpenFlags.O_WRONLY, 0);
            self.pwrite(fd, bytes("A"), 0, 1, 0);
            assertEquals('A', self.memory().getByte(address));
            self.memory().putByte(address + 1, 'B');
            self.pwrite(fd, bytes("C"), 0, 1, 0);
            assertEquals('A', self.memory().getByte(address));
            assertEquals("C123456789", contents(self, "/f"));
            return 0;
        });
    }

    @Test
    void forkCopiesPrivateMemoryAtTheFirstStoreOfEitherAndSharesSharedMemory() {
        new Rig()
                .everySchedule(
                        self -> {
                            long own = self.memory().mmap(PAGE, MAP_PRIVATE);
                            long shared = self.memory().mmap(PAGE, MAP_SHARED);
                            self.memory().putInt(own, 1);
                            self.memory().putInt(shared, 1);
                            self.fork(child -> {
                                child.memory().putInt(own, 2);
                                child.memory().putInt(shared, 2);
                                child.fork(grandchild -> {
                                    assertEquals(2, grandchild.memory().getInt(own));
                                    grandchild.memory().putInt(own, 3);
                                    return 0;
                                });
                                child.waitAny();
                                return child.memory().getInt(own);
                            });
                            assertEquals(1, self.memory().getInt(own));
                            assertEquals(2, self.waitAny().exitStatus());
                            assertEquals(1, self.memory().getInt(own));
                            assertEquals(2, self.memory().getInt(shared));
                            return 0;
                        },
                        Rig.Ran::well);
    }

    @Test
    void loadsOutsideGiveSigsegvAndBehindTheEndOfTheFileSigbus() {
        run(self -> {
            file(self, "/f", "0123456789");
            long address = map(self, "/f", 3 * PAGE, BOTH, MAP_SHARED);
            assertEquals(0, self.memory().getByte(address + PAGE - 1));
            assertEquals(Signal.SIGBUS, signalOf(self, one -> one.memory().getByte(address + PAGE)));
            assertEquals(Signal.SIGBUS, signalOf(self, one -> one.memory().putByte(address + 2 * PAGE, 1)));
            assertEquals(Signal.SIGSEGV, signalOf(self, one -> one.memory().getByte(address + 3 * PAGE)));
            assertEquals(Signal.SIGSEGV, signalOf(self, one -> one.memory().getByte(0)));
            assertEquals(Signal.SIGSEGV, signalOf(self, one -> one.memory().getByte(-1)));
            int fd = self.open("/f", OpenFlags.O_RDWR, 0);
            self.ftruncate(fd, 2 * PAGE);
            assertEquals(0, self.memory().getByte(address + PAGE));
            self.ftruncate(fd, 0);
            assertEquals(Signal.SIGBUS, signalOf(self, one -> one.memory().getByte(address)));
            return 0;
        });
    }

    @Test
    void aTruncatedFileTakesPrivateCopiesAwayToo() {
        run(self -> {
            file(self, "/f", "0123456789");
            long address = map(self, "/f", PAGE, BOTH, MAP_PRIVATE);
            self.memory().putByte(address, 'x');
            self.truncate("/f", 0);
            assertEquals(Signal.SIGBUS, signalOf(self, one -> one.memory().getByte(address)));
            return 0;
        });
    }

    @Test
    void whatIsStoredBehindTheEndOfTheFileNeverReachesIt() {
        run(self -> {
            file(self, "/f", "0123456789");
            long address = map(self, "/f", PAGE, BOTH, MAP_SHARED);
            self.memory().putBytes(address + 8, bytes("ABCD"));
            int fd = self.open("/f", OpenFlags.O_RDWR, 0);
            self.ftruncate(fd, 20);
            assertEquals("01234567AB\0\0\0\0\0\0\0\0\0\0", contents(self, "/f"));
            return 0;
        });
    }

    @Test
    void mprotectForbidsAndAllows() {
        run(self -> {
            long address = self.memory().mmap(3 * PAGE, MAP_PRIVATE);
            self.memory().putByte(address + PAGE, 7);
            self.memory().mprotect(address + PAGE, PAGE, PROT_READ);
            assertEquals(7, self.memory().getByte(address + PAGE));
            assertEquals(Signal.SIGSEGV, signalOf(self, one -> one.memory().putByte(address + PAGE, 1)));
            self.memory().putByte(address, 1);
            self.memory().putByte(address + 2 * PAGE, 1);
            self.memory().mprotect(address + PAGE, PAGE, PROT_NONE);
            assertEquals(Signal.SIGSEGV, signalOf(self, one -> one.memory().getByte(address + PAGE)));
            self.memory().mprotect(address, 3 * PAGE, BOTH);
            assertEquals(7, self.memory().getByte(address + PAGE));
            file(self, "/f", "x");
            int fd = self.open("/f", 0, 0);
            long shared = self.memory().mmap(0, 1, PROT_READ, MAP_SHARED, fd, 0);
            assertFails(Errno.EACCES, () -> self.memory().mprotect(shared, 1, BOTH));
            assertFails(Errno.EINVAL, () -> self.memory().mprotect(address + 1, PAGE, BOTH));
            assertFails(Errno.EINVAL, () -> self.memory().mprotect(address, PAGE, 64));
            assertFails(Errno.ENOMEM, () -> self.memory().mprotect(0x1000_0000L, PAGE, BOTH));
            return 0;
        });
    }

    @Test
    void munmapCutsHolesAndKeepsTheRest() {
        run(self -> {
            long address = self.memory().mmap(5 * PAGE, MAP_PRIVATE);
            for (int i = 0; i < 5; i++) {
                self.memory().putByte(address + i * PAGE, i);
            }
            self.memory().munmap(address + PAGE, PAGE);
            self.memory().munmap(address + 3 * PAGE, 1);
            assertEquals(0, self.memory().getByte(address));
            assertEquals(2, self.memory().getByte(address + 2 * PAGE));
            assertEquals(4, self.memory().getByte(address + 4 * PAGE));
            assertEquals(Signal.SIGSEGV, signalOf(self, one -> one.memory().getByte(address + PAGE)));
            assertEquals(Signal.SIGSEGV, signalOf(self, one -> one.memory().getByte(address + 3 * PAGE)));
            // What is not mapped is passed over.
            self.memory().munmap(address, 5 * PAGE);
            self.memory().munmap(address, 5 * PAGE);
            assertFails(Errno.EINVAL, () -> self.memory().munmap(address + 1, PAGE));
            assertFails(Errno.EINVAL, () -> self.memory().munmap(address, 0));
            return 0;
        });
    }

    @Test
    void mremapShrinksGrowsInPlaceAndMovesWithWhatWasStored() {
        run(self -> {
            Memory memory = self.memory();
            long low = memory.mmap(0x4000_0000L, 3 * PAGE, BOTH, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            memory.putByte(low, 1);
            memory.putByte(low + 2 * PAGE, 3);
            assertEquals(low, memory.mremap(low, 3 * PAGE, PAGE + 1, 0));
            assertEquals(Signal.SIGSEGV, signalOf(self, one -> one.memory().getByte(low + 2 * PAGE)));
            assertEquals(low, memory.mremap(low, 2 * PAGE, 4 * PAGE, 0));
            assertEquals(1, memory.getByte(low));
            assertEquals(0, memory.getByte(low + 2 * PAGE));
            memory.putByte(low + 3 * PAGE, 4);
            memory.mmap(low + 4 * PAGE, PAGE, BOTH, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
            assertFails(Errno.ENOMEM, () -> memory.mremap(low, 4 * PAGE, 5 * PAGE, 0));
            long moved = memory.mremap(low, 4 * PAGE, 5 * PAGE, MREMAP_MAYMOVE);
            assertNotEquals(low, moved);
            assertEquals(1, memory.getByte(moved));
            assertEquals(4, memory.getByte(moved + 3 * PAGE));
            assertEquals(0, memory.getByte(moved + 4 * PAGE));
            assertEquals(Signal.SIGSEGV, signalOf(self, one -> one.memory().getByte(low)));
            assertEquals(moved + PAGE, memory.mremap(moved + PAGE, PAGE, PAGE, 0));
            return 0;
        });
    }

    @Test
    void mremapMovesTheMiddleOfAMappingToWhereItIsTold() {
        run(self -> {
            Memory memory = self.memory();
            file(self, "/f", "x".repeat(3 * PAGE));
            long address = map(self, "/f", 3 * PAGE, BOTH, MAP_SHARED);
            long to = 0x4000_0000L;
            memory.mmap(to, PAGE, BOTH, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            assertEquals(to, memory.mremap(address + PAGE, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, to));
            memory.putByte(to, 'y');
            assertEquals('y', contents(self, "/f").charAt(PAGE));
            assertEquals('x', memory.getByte(address));
            assertEquals('x', memory.getByte(address + 2 * PAGE));
            assertEquals(Signal.SIGSEGV, signalOf(self, one -> one.memory().getByte(address + PAGE)));
            return 0;
        });
    }

    @Test
    void mremapOfNothingMapsSharedMemoryTwiceAndWhatStaysIsEmpty() {
        run(self -> {
            Memory memory = self.memory();
            long shared = memory.mmap(2 * PAGE, MAP_SHARED);
            long twice = memory.mremap(shared + PAGE, 0, 2 * PAGE, MREMAP_MAYMOVE);
            memory.putByte(shared + PAGE, 5);
            assertEquals(5, memory.getByte(twice));
            // Memory that is shared does not grow.
            assertEquals(Signal.SIGBUS, signalOf(self, one -> one.memory().getByte(twice + PAGE)));
            long own = memory.mmap(PAGE, MAP_PRIVATE);
            memory.putByte(own, 6);
            long away = memory.mremap(own, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_DONTUNMAP);
            assertEquals(6, memory.getByte(away));
            assertEquals(0, memory.getByte(own));
            return 0;
        });
    }

    @Test
    void mremapOfForkedMemoryLeavesTheRelativesWhereItWas() {
        run(self -> {
            long own = self.memory().mmap(PAGE, MAP_PRIVATE);
            self.memory().putByte(own, 7);
            self.fork(child -> {
                long moved = child.memory().mremap(own, PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, 0x4000_0000L);
                child.memory().putByte(moved, 8);
                return child.memory().getByte(moved);
            });
            assertEquals(8, self.waitAny().exitStatus());
            assertEquals(7, self.memory().getByte(own));
            return 0;
        });
    }

    @Test
    void addressesAreChosenHintedAtOrFixed() {
        run(self -> {
            Memory memory = self.memory();
            long hint = 0x4000_0000L;
            assertEquals(hint, memory.mmap(hint + 5, PAGE, BOTH, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
            memory.putByte(hint, 1);
            long other = memory.mmap(hint, PAGE, BOTH, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            assertNotEquals(hint, other);
            assertFails(
                    Errno.EEXIST,
                    () -> memory.mmap(hint, PAGE, BOTH, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0));
            assertEquals(hint, memory.mmap(hint, PAGE, BOTH, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
            assertEquals(0, memory.getByte(hint));
            assertFails(
                    Errno.EINVAL,
                    () -> memory.mmap(hint + 1, PAGE, BOTH, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
            assertFails(Errno.EPERM, () -> memory.mmap(0, PAGE, BOTH, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
            return 0;
        });
    }

    @Test
    void mmapRefusesWhatLinuxRefuses() {
        run(self -> {
            Memory memory = self.memory();
            file(self, "/f", "0123456789");
            self.mkdir("/d", 0755);
            int reader = self.open("/f", OpenFlags.O_RDONLY, 0);
            int writer = self.open("/f", OpenFlags.O_WRONLY, 0);
            int folder = self.open("/d", OpenFlags.O_RDONLY, 0);
            int[] pipe = self.pipe();
            assertFails(Errno.EINVAL, () -> memory.mmap(0, 0, BOTH, MAP_PRIVATE, reader, 0));
            assertFails(Errno.EINVAL, () -> memory.mmap(0, 10, BOTH, 0, reader, 0));
            assertFails(Errno.EINVAL, () -> memory.mmap(0, 10, BOTH, MAP_SHARED | MAP_PRIVATE, reader, 0));
            assertFails(Errno.EINVAL, () -> memory.mmap(0, 10, PROT_READ, MAP_SHARED, reader, 100));
            assertFails(Errno.EOVERFLOW, () -> memory.mmap(0, 10, PROT_READ, MAP_SHARED, reader, -PAGE));
            assertFails(Errno.EACCES, () -> memory.mmap(0, 10, BOTH, MAP_SHARED, reader, 0));
            assertFails(Errno.EACCES, () -> memory.mmap(0, 10, PROT_WRITE, MAP_SHARED, writer, 0));
            assertFails(Errno.EACCES, () -> memory.mmap(0, 10, PROT_READ, MAP_PRIVATE, writer, 0));
            assertFails(Errno.ENODEV, () -> memory.mmap(0, 10, PROT_READ, MAP_PRIVATE, folder, 0));
            assertFails(Errno.ENODEV, () -> memory.mmap(0, 10, PROT_READ, MAP_PRIVATE, pipe[0], 0));
            assertFails(Errno.EBADF, () -> memory.mmap(0, 10, PROT_READ, MAP_PRIVATE, -1, 0));
            assertFails(Errno.ENOMEM, () -> memory.mmap(1L << 60, MAP_PRIVATE));
            assertFails(Errno.ENOMEM, () -> memory.mmap(-1L, MAP_PRIVATE));
            return 0;
        });
    }

    @Test
    void msyncMakesDurableAndRefusesWhatIsNotMapped() {
        run(self -> {
            file(self, "/f", "0123456789");
            long address = map(self, "/f", PAGE, BOTH, MAP_SHARED);
            self.memory().putByte(address, 'x');
            self.memory().msync(address, PAGE, MS_ASYNC);
            self.memory().msync(address, PAGE, MS_SYNC);
            assertFails(Errno.EINVAL, () -> self.memory().msync(address, PAGE, MS_SYNC | MS_ASYNC));
            assertFails(Errno.EINVAL, () -> self.memory().msync(address, PAGE, 64));
            assertFails(Errno.EINVAL, () -> self.memory().msync(address + 1, PAGE, MS_SYNC));
            assertFails(Errno.ENOMEM, () -> self.memory().msync(address, 2 * PAGE, MS_SYNC));
            return 0;
        });
    }

    @Test
    void aMappingKeepsItsFileWhenDescriptorAndNameAreGone() {
        run(self -> {
            file(self, "/f", "0123456789");
            long address = map(self, "/f", PAGE, BOTH, MAP_SHARED);
            self.unlink("/f");
            assertEquals('3', self.memory().getByte(address + 3));
            self.memory().munmap(address, PAGE);
            return 0;
        });
    }

    @Test
    void aHandlerMayMendAFaultAndTheLoadIsTriedAgain() {
        run(self -> {
            long address = 0x4000_0000L;
            self.signals().sigaction(Signal.SIGSEGV, SignalAction.handler((same, info) -> {
                assertEquals(address + 5, info.address());
                same.memory().mmap(address, PAGE, BOTH, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
            }));
            assertEquals(0, self.memory().getByte(address + 5));
            return 0;
        });
    }

    @Test
    void systemCallsGiveEfaultForBadBuffers() {
        run(self -> {
            file(self, "/f", "0123456789");
            int fd = self.open("/f", OpenFlags.O_RDWR, 0);
            long address = self.memory().mmap(PAGE, MAP_PRIVATE);
            assertEquals(4, self.read(fd, address + PAGE - 4, 4));
            assertEquals('3', self.memory().getByte(address + PAGE - 1));
            assertFails(Errno.EFAULT, () -> self.read(fd, address + PAGE - 4, 5));
            assertFails(Errno.EFAULT, () -> self.write(fd, 0, 1));
            assertFails(Errno.EFAULT, () -> self.pread(fd, -1, 1, 0));
            assertFails(Errno.EINVAL, () -> self.read(fd, address, -1));
            self.memory().mprotect(address, PAGE, PROT_READ);
            assertFails(Errno.EFAULT, () -> self.read(fd, address, 1));
            assertEquals(1, self.pwrite(fd, address, 1, 0));
            return 0;
        });
    }

    @Test
    void allocatedMemoryIsZeroApartAndUsedAgain() {
        run(self -> {
            Memory memory = self.memory();
            long one = memory.allocate(100);
            long two = memory.allocate(200_000);
            memory.putString(one, "hello");
            memory.putByte(two + 199_999, 1);
            assertEquals("hello", memory.getString(one));
            memory.free(one);
            assertEquals(one, memory.allocate(50));
            assertEquals(0, memory.getByte(one));
            assertTrue(two >= one + 100);
            memory.free(0);
            return 0;
        });
    }

    @Test
    void childrenTakeTheHeapWithThem() {
        run(self -> {
            long before = self.memory().allocate(16);
            self.memory().putLong(before, 0x1234_5678_9ABCL);
            self.fork(child -> {
                assertEquals(0x1234_5678_9ABCL, child.memory().getLong(before));
                assertNotEquals(before, child.memory().allocate(16));
                child.memory().putLong(before, 5);
                return 0;
            });
            assertEquals(0, self.waitAny().status());
            assertEquals(0x1234_5678_9ABCL, self.memory().getLong(before));
            return 0;
        });
    }

    @Test
    void aPageThatATruncationTookIsTheFilesWhenTheFileGrowsAgain() {
        run(self -> {
            file(self, "/f", "0".repeat(3 * PAGE));
            long address = map(self, "/f", 3 * PAGE, BOTH, MAP_PRIVATE);
            for (int page = 0; page < 3; page++) {
                self.memory().putByte(address + page * PAGE, 'x');
            }
            self.fork(child -> {
                child.truncate("/f", 100);
                child.truncate("/f", 2 * PAGE);
                return 0;
            });
            self.waitAny();
            assertEquals('x', self.memory().getByte(address));
            assertEquals(0, self.memory().getByte(address + PAGE));
            self.memory().putByte(address + PAGE, 'y');
            self.truncate("/f", 2 * PAGE - 1);
            self.truncate("/f", 3 * PAGE);
            assertEquals('y', self.memory().getByte(address + PAGE));
            assertEquals(0, self.memory().getByte(address + 2 * PAGE));
            return 0;
        });
    }

    @Test
    void mprotectChangesWhatLiesBeforeAHole() {
        run(self -> {
            long address = self.memory().mmap(3 * PAGE, MAP_PRIVATE);
            self.memory().munmap(address + PAGE, PAGE);
            assertFails(Errno.ENOMEM, () -> self.memory().mprotect(address, 3 * PAGE, PROT_READ));
            assertEquals(Signal.SIGSEGV, signalOf(self, one -> one.memory().putByte(address, 1)));
            self.memory().putByte(address + 2 * PAGE, 1);
            return 0;
        });
    }

    @Test
    void theHeapDoesNotGrowWhereWhatIsFreeIsEnough() {
        run(self -> {
            Memory memory = self.memory();
            for (int i = 0; i < 3000; i++) {
                long large = memory.allocate(50_000);
                memory.free(large);
                memory.allocate(16);
            }
            // What is freed in any order becomes one again.
            for (int round = 0; round < 200; round++) {
                long[] some = new long[7];
                for (int i = 0; i < some.length; i++) {
                    some[i] = memory.allocate(100_000 + i * 1000);
                }
                for (int i = 0; i < some.length; i++) {
                    memory.free(some[(i * 3 + round) % some.length]);
                }
                memory.free(memory.allocate(500_000));
            }
            assertTrue(
                    self.addresses().mappedBytes() < 2_000_000,
                    () -> self.addresses().mappedBytes() + " bytes");
            return 0;
        });
    }

    @Test
    void whatIsTooLargeIsNotMappedHoweverMuchMayBe() {
        ProcessLimits limits = ProcessLimits.DEFAULT.withMemory(Long.MAX_VALUE);
        Program program = self -> {
            for (int flags : new int[] {MAP_SHARED, MAP_PRIVATE}) {
                assertFails(Errno.ENOMEM, () -> self.memory().mmap(1L << 44, flags));
                assertFails(Errno.ENOMEM, () -> self.memory().mmap(-1, flags));
                long address = self.memory().mmap(PAGE, flags);
                assertFails(Errno.ENOMEM, () -> self.memory().mremap(address, PAGE, 1L << 40, 1));
            }
            return 0;
        };
        assertEquals(0, new Rig().limits(limits).run(program).well().result().status());
    }
}
