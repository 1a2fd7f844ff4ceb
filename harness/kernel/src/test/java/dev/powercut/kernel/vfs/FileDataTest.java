package dev.powercut.kernel.vfs;

import static dev.powercut.kernel.Sandbox.assertFails;
import static dev.powercut.kernel.vfs.OpenFlags.O_CREAT;
import static dev.powercut.kernel.vfs.OpenFlags.O_RDONLY;
import static dev.powercut.kernel.vfs.OpenFlags.O_RDWR;
import static dev.powercut.kernel.vfs.OpenFlags.O_WRONLY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.MemoryFileSystem;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.Sandbox;
import dev.powercut.sim.Choices;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FileDataTest {

    private final Sandbox box = new Sandbox();
    private final Process root = box.root;

    private static byte[] filled(int count, int value) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private byte[] contents(int fd) {
        byte[] all = new byte[(int) root.fstat(fd).sizeBytes()];
        assertEquals(all.length, root.pread(fd, all, 0, all.length, 0));
        return all;
    }

    @Test
    void readsStopAtTheEndOfTheFile() {
        box.write("/f", "abcdef");
        int fd = root.open("/f", O_RDONLY, 0);
        byte[] buffer = new byte[10];
        assertEquals(6, root.read(fd, buffer, 2, 8));
        assertEquals('f', buffer[7]);
        assertEquals(0, root.read(fd, buffer, 0, 10));
        assertEquals(2, root.pread(fd, buffer, 0, 10, 4));
        assertEquals(0, root.pread(fd, buffer, 0, 10, 1L << 60));
        assertEquals(6, root.lseek(fd, 0, 1), "pread does not move the offset");
    }

    @Test
    void argumentsOutOfRangeFail() {
        int fd = root.open("/f", O_RDWR | O_CREAT, 0x1A4);
        int readOnly = root.open("/f", O_RDONLY, 0);
        int writeOnly = root.open("/f", O_WRONLY, 0);
        byte[] buffer = new byte[10];
        assertFails(Errno.EBADF, () -> root.read(99, buffer, 0, 1));
        assertFails(Errno.EBADF, () -> root.read(writeOnly, buffer, 0, 1));
        assertFails(Errno.EBADF, () -> root.write(readOnly, buffer, 0, 1));
        assertFails(Errno.EFAULT, () -> root.read(fd, buffer, 5, 6));
        assertFails(Errno.EFAULT, () -> root.write(fd, buffer, -1, 1));
        assertFails(Errno.EINVAL, () -> root.read(fd, buffer, 0, -1));
        assertFails(Errno.EINVAL, () -> root.pread(fd, buffer, 0, 1, -1));
        assertFails(Errno.EINVAL, () -> root.pwrite(fd, buffer, 0, 1, -1));
        assertFails(Errno.EINVAL, () -> root.ftruncate(fd, -1));
        assertFails(Errno.EINVAL, () -> root.ftruncate(readOnly, 0));
        assertFails(Errno.EINVAL, () -> root.truncate("/f", -1));
        assertFails(Errno.EISDIR, () -> root.truncate("/", 0));
    }

    @Test
    void seekingGoesAnywhereButBeforeTheBeginning() {
        box.write("/f", "abcdef");
        int fd = root.open("/f", O_RDWR, 0);
        assertEquals(4, root.lseek(fd, -2, 2));
        assertEquals(3, root.lseek(fd, -1, 1));
        assertEquals(1000, root.lseek(fd, 1000, 0));
        assertFails(Errno.EINVAL, () -> root.lseek(fd, -1, 0));
        assertFails(Errno.EINVAL, () -> root.lseek(fd, 0, 5));
        assertFails(Errno.EOVERFLOW, () -> root.lseek(fd, Long.MAX_VALUE, 1));
        assertEquals(1000, root.lseek(fd, 0, 1));
        assertEquals(6, root.fstat(fd).sizeBytes());
    }

    @Test
    void dataAndHolesAreFoundOnTheDiskAndInWhatIsReserved() {
        int fd = root.open("/f", O_RDWR | O_CREAT, 0x1A4);
        root.pwrite(fd, filled(10, 7), 0, 10, 2048);
        root.fsync(fd);
        root.ftruncate(fd, 100_000);
        assertEquals(2048, root.lseek(fd, 0, 3));
        assertEquals(2048, root.lseek(fd, 0, 1));
        assertEquals(3072, root.lseek(fd, 2048, 4));
        assertEquals(5, root.lseek(fd, 5, 4));
        assertFails(Errno.ENXIO, () -> root.lseek(fd, 4000, 3));
        root.pwrite(fd, filled(10, 7), 0, 10, 20_000);
        assertEquals(19 * 1024, root.lseek(fd, 4000, 3));
        assertEquals(20 * 1024, root.lseek(fd, 19 * 1024 + 1, 4));
        assertFails(Errno.ENXIO, () -> root.lseek(fd, 100_000, 4));
        assertFails(Errno.ENXIO, () -> root.lseek(fd, -1, 3));
        root.pwrite(fd, filled(10, 7), 0, 10, 99_990);
        assertEquals(100_000, root.lseek(fd, 99_995, 4), "the end is a hole");
    }

    @Test
    void gapsReadAsZeroesAndTakeNoSpace() {
        int fd = root.open("/f", O_RDWR | O_CREAT, 0x1A4);
        root.pwrite(fd, filled(10, 7), 0, 10, 1_000_000);
        assertEquals(1_000_010, root.fstat(fd).sizeBytes());
        root.fsync(fd);
        assertEquals(1, box.fileSystem.blocksUsed());
        byte[] all = contents(fd);
        assertEquals(0, all[999_999]);
        assertEquals(7, all[1_000_000]);
    }

    @Test
    void shrinkingClearsWhatLiesBehindTheEnd() {
        int fd = root.open("/f", O_RDWR | O_CREAT, 0x1A4);
        root.write(fd, filled(10_000, 7), 0, 10_000);
        root.fsync(fd);
        root.ftruncate(fd, 100);
        root.ftruncate(fd, 10_000);
        byte[] expected = Arrays.copyOf(filled(100, 7), 10_000);
        assertArrayEquals(expected, contents(fd));
        root.fsync(fd);
        assertEquals(1, box.fileSystem.blocksUsed());
        byte[] block = box.fileSystem.peekBlock(root.fstat(fd).inodeNumber(), 0);
        assertArrayEquals(Arrays.copyOf(expected, 1024), block);
    }

    @Test
    void shrinkingClearsTheTailOnTheDiskEvenWhenThePageWasNotCached() {
        int fd = root.open("/f", O_RDWR | O_CREAT, 0x1A4);
        root.write(fd, filled(4096 * 70, 7), 0, 4096 * 70); // more pages than fit
        root.fsync(fd);
        root.ftruncate(fd, 100);
        root.fsync(fd);
        byte[] block = box.fileSystem.peekBlock(root.fstat(fd).inodeNumber(), 0);
        assertNotNull(block);
        assertEquals(7, block[99]);
        assertEquals(0, block[100]);
    }

    @Test
    void growingExposesNothingThatACrashLeftBehindTheEnd() {
        box.write("/f", "abc");
        root.sync();
        long number = root.stat("/f").inodeNumber();
        for (int how = 0; how < 3; how++) {
            // As an image from an earlier mount: data beyond the recorded size, and inodes read anew.
            Sandbox later = new Sandbox();
            later.write("/f", "abc");
            later.root.sync();
            byte[] block = "abc-garbage".getBytes();
            Inode inode = later.fileSystem.root().fileSystem().lookup(later.fileSystem.root(), "f");
            assertNotNull(inode);
            inode.tailSound = false;
            inode.pages().removeFrom(0);
            later.fileSystem.pokeBlock(number, 0, block);
            int fd = later.root.open("/f", O_RDWR, 0);
            if (how == 0) {
                later.root.ftruncate(fd, 11);
            } else if (how == 1) {
                later.root.pwrite(fd, new byte[] {'x'}, 0, 1, 10);
            } else {
                later.root.pwrite(fd, new byte[] {'x'}, 0, 1, 5000);
            }
            later.root.fsync(fd);
            inode.pages().removeFrom(0);
            byte[] tail = new byte[7];
            assertEquals(7, later.root.pread(fd, tail, 0, 7, 3));
            assertArrayEquals(new byte[7], tail, "way " + how);
        }
    }

    @Test
    void growingAFileOfThisMountReadsAndWritesNothing() {
        box.write("/f", "abc");
        root.sync();
        box.fileSystem.takeCalls();
        root.truncate("/f", 100_000);
        root.sync();
        assertEquals(List.of("trim", "syncAll Sync", "trim"), box.fileSystem.takeCalls());
    }

    @Test
    void wholePagesAreOverwrittenWithoutReadingThem() {
        box.write("/f", "a".repeat(4096 * 3));
        root.sync();
        Inode inode = box.fileSystem.lookup(box.fileSystem.root(), "f");
        assertNotNull(inode);
        int fd = root.open("/f", O_RDWR, 0);
        root.pread(fd, new byte[1], 0, 1, 0);
        box.fileSystem.takeCalls();
        root.pwrite(fd, filled(8192, 'b'), 0, 8192, 4096);
        assertEquals(List.of("trim"), box.fileSystem.takeCalls());
        assertEquals("a".repeat(4096) + "b".repeat(8192), box.read("/f"));
    }

    @Test
    void writeIsCutShortWhereSpaceEndsAndFailsWhereThereIsNone() {
        Sandbox small = new Sandbox(new KernelOptions(64, 64, false), Choices.zero(), 10, "");
        int fd = small.root.open("/f", O_RDWR | O_CREAT, 0x1A4);
        assertEquals(500, small.root.pwrite(fd, filled(500, 1), 0, 500, 0));
        assertEquals(10 * 1024 - 700, small.root.pwrite(fd, filled(20_000, 2), 0, 20_000, 700));
        assertEquals(10 * 1024, small.root.fstat(fd).sizeBytes());
        assertFails(Errno.ENOSPC, () -> small.root.pwrite(fd, filled(1, 3), 0, 1, 10 * 1024));
        assertEquals(100, small.root.pwrite(fd, filled(100, 4), 0, 100, 600), "what has its space can be overwritten");
        assertEquals(0, small.root.write(fd, new byte[0], 0, 0));
        small.root.sync();
        small.root.ftruncate(fd, 1024);
        assertEquals(9, small.root.statfs("/").freeBlocks());
    }

    @Test
    void fileEndsAtTheLargestSize() {
        int fd = root.open("/f", O_RDWR | O_CREAT, 0x1A4);
        long max = MemoryFileSystem.MAX_FILE_BYTES;
        assertEquals(100, root.pwrite(fd, filled(300, 1), 0, 300, max - 100));
        assertFails(Errno.EFBIG, () -> root.pwrite(fd, filled(1, 1), 0, 1, max));
        assertFails(Errno.EFBIG, () -> root.pwrite(fd, filled(1, 1), 0, 1, Long.MAX_VALUE));
        assertFails(Errno.EFBIG, () -> root.ftruncate(fd, max + 1));
        assertEquals(max, root.fstat(fd).sizeBytes());
    }

    @Test
    void writtenDataStaysInMemoryUntilItIsMadeDurable() {
        box.write("/f", "abc");
        long number = root.stat("/f").inodeNumber();
        assertNull(box.fileSystem.peekBlock(number, 0));
        box.fileSystem.takeCalls();
        int fd = root.open("/f", O_RDONLY, 0);
        root.fsync(fd);
        root.fdatasync(fd);
        assertEquals(
                List.of(
                        "trim",
                        "writePages " + number + " Fsync",
                        "syncInode " + number,
                        "trim",
                        "syncData " + number,
                        "trim"),
                box.fileSystem.takeCalls());
        assertNotNull(box.fileSystem.peekBlock(number, 0));
    }

    @Test
    void syncWritesFilesInTheOrderInWhichTheyBecameDirty() {
        box.write("/b", "1");
        box.write("/a", "2");
        long b = root.stat("/b").inodeNumber();
        long a = root.stat("/a").inodeNumber();
        int fd = root.open("/b", O_WRONLY, 0);
        Sandbox.writeAll(root, fd, "3");
        box.fileSystem.takeCalls();
        root.sync();
        assertEquals(
                List.of("writePages " + b + " Sync", "writePages " + a + " Sync", "syncAll Sync", "trim"),
                box.fileSystem.takeCalls());
    }

    @Test
    void timesChangeAsPosixSays() {
        box.write("/f", "abc");
        long start = root.stat("/f").modifiedNanos();
        box.world.clock().charge(5_000_000_000L);
        int fd = root.open("/f", O_RDWR, 0);
        root.read(fd, new byte[1], 0, 1);
        long read = root.fstat(fd).accessedNanos();
        assertEquals(true, read >= start + 5_000_000_000L, "first read after a change");
        root.read(fd, new byte[1], 0, 1);
        assertEquals(read, root.fstat(fd).accessedNanos(), "relative access times: not again");
        assertEquals(start, root.fstat(fd).modifiedNanos());
        Sandbox.writeAll(root, fd, "x");
        long written = root.fstat(fd).modifiedNanos();
        assertEquals(true, written > read);
        assertEquals(written, root.fstat(fd).changedNanos());
        root.ftruncate(fd, 3);
        assertEquals(true, root.fstat(fd).modifiedNanos() > written, "a truncation that changes nothing counts too");
        box.world.clock().charge(90_000_000_000_000L);
        root.pread(fd, new byte[1], 0, 1, 0);
        long later = root.fstat(fd).accessedNanos();
        box.world.clock().charge(90_000_000_000_000L);
        root.pread(fd, new byte[1], 0, 1, 0);
        assertEquals(true, root.fstat(fd).accessedNanos() > later, "after a day it counts again");
    }

    /** What a file should hold: bytes and a size, against reads and writes through few pages. */
    @Property(seed = "99", tries = 300)
    void fileHoldsWhatWasWritten(@ForAll @Size(max = 40) List<@IntRange(max = 999_999) Integer> steps) {
        Sandbox tight = new Sandbox(new KernelOptions(3, 64, true), Choices.seeded(steps.size()), 1 << 20, "");
        int fd = tight.root.open("/f", O_RDWR | O_CREAT, 0x1A4);
        byte[] model = new byte[0];
        for (int i = 0; i < steps.size(); i++) {
            int step = steps.get(i);
            int at = step / 10 % 30_000;
            int length = step / 7 % 9_000;
            switch (step % 10) {
                case 0, 1 -> {
                    tight.root.ftruncate(fd, at);
                    model = Arrays.copyOf(model, at);
                }
                case 2 -> tight.root.fsync(fd);
                default -> {
                    assertEquals(length, tight.root.pwrite(fd, filled(length, i + 1), 0, length, at));
                    if (length > 0) {
                        model = Arrays.copyOf(model, Math.max(model.length, at + length));
                        Arrays.fill(model, at, at + length, (byte) (i + 1));
                    }
                }
            }
            byte[] all = new byte[40_000];
            int count = tight.root.pread(fd, all, 0, all.length, 0);
            assertArrayEquals(model, Arrays.copyOf(all, count));
        }
    }
}
