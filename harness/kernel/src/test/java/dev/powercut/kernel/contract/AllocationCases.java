package dev.powercut.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.vfs.Errno;
import java.util.Arrays;

/** fallocate. */
final class AllocationCases extends Cases {

    private static final int KEEP_SIZE = 1;
    private static final int PUNCH_HOLE = 2;
    private static final int ZERO_RANGE = 0x10;

    AllocationCases() {
        errors();
        allocating();
        punching();
        zeroing();
    }

    private void errors() {
        about("fallocate");
        each("gives EINVAL for a negative offset and for no length", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            fails(Errno.EINVAL, () -> p.fallocate(fd, 0, -1, 1));
            fails(Errno.EINVAL, () -> p.fallocate(fd, 0, 0, 0));
            fails(Errno.EINVAL, () -> p.fallocate(fd, 0, 0, -1));
        });
        each("gives EBADF for a descriptor opened to read", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDONLY, 0);
            fails(Errno.EBADF, () -> p.fallocate(fd, 0, 0, 1));
        });
        each("gives EFBIG behind what a file can have", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            fails(Errno.EFBIG, () -> p.fallocate(fd, 0, Long.MAX_VALUE, 1));
            fails(Errno.EFBIG, () -> p.fallocate(fd, 0, 1, Long.MAX_VALUE));
            assertEquals(0, p.fstat(fd).sizeBytes());
        });
        each("gives ESPIPE for a FIFO", (s, p) -> {
            p.mkfifo("p", 0644);
            int fd = p.open("p", RDWR, 0);
            fails(Errno.ESPIPE, () -> p.fallocate(fd, 0, 0, 1));
        });
        each("gives EOPNOTSUPP for a hole without FALLOC_FL_KEEP_SIZE and for unknown modes", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            fails(Errno.EOPNOTSUPP, () -> p.fallocate(fd, PUNCH_HOLE, 0, 1));
            fails(Errno.EOPNOTSUPP, () -> p.fallocate(fd, PUNCH_HOLE | KEEP_SIZE | ZERO_RANGE, 0, 1));
            fails(Errno.EOPNOTSUPP, () -> p.fallocate(fd, 0x4000, 0, 1));
        });
    }

    private void allocating() {
        each("lets the file grow with zeroes that have space", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.write(fd, bytes("abc"));
            p.fallocate(fd, 0, 0, 20_000);
            assertEquals(20_000, p.fstat(fd).sizeBytes());
            assertTrue(p.fstat(fd).blocks512() * 512 >= 20_000);
            assertArrayEquals(Arrays.copyOf(bytes("abc"), 20_000), p.pread(fd, 30_000, 0));
        });
        each("keeps data and a longer size", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.write(fd, pattern(20_000));
            p.fallocate(fd, 0, 5_000, 5_000);
            assertArrayEquals(pattern(20_000), p.pread(fd, 30_000, 0));
        });
        each("gives space to holes", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.ftruncate(fd, 65_536);
            p.fallocate(fd, KEEP_SIZE, 0, 32_768);
            assertEquals(65_536, p.fstat(fd).sizeBytes());
            assertTrue(p.fstat(fd).blocks512() >= 64);
            assertArrayEquals(new byte[65_536], p.pread(fd, 70_000, 0));
        });
        each("beyond the end leaves a hole before the range", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.fallocate(fd, 0, 1 << 18, 4096);
            assertEquals((1 << 18) + 4096, p.fstat(fd).sizeBytes());
            assertTrue(p.fstat(fd).blocks512() < 100);
            assertEquals(0, p.lseek(fd, 0, 4));
        });
    }

    private void punching() {
        about("fallocate(PUNCH_HOLE)");
        each("makes a range read as zeroes and keeps the rest and the size", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            byte[] much = pattern(50_000);
            p.write(fd, much);
            p.fallocate(fd, PUNCH_HOLE | KEEP_SIZE, 5_001, 30_003);
            Arrays.fill(much, 5_001, 35_004, (byte) 0);
            assertArrayEquals(much, p.pread(fd, 60_000, 0));
            p.fsync(fd);
            assertArrayEquals(much, p.pread(fd, 60_000, 0));
        });
        each("gives space back and leaves a hole", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.write(fd, pattern(65_536));
            p.fsync(fd);
            long before = p.fstat(fd).blocks512();
            p.fallocate(fd, PUNCH_HOLE | KEEP_SIZE, 16_384, 32_768);
            assertTrue(p.fstat(fd).blocks512() <= before - 64);
            assertEquals(16_384, p.lseek(fd, 0, 4));
            assertEquals(49_152, p.lseek(fd, 16_384, 3));
        });
        each("within a block clears bytes only", (s, p) -> {
            file(p, "f", "abcdef");
            int fd = p.open("f", RDWR, 0);
            p.fallocate(fd, PUNCH_HOLE | KEEP_SIZE, 2, 2);
            assertEquals("ab\0\0ef", contents(p, "f"));
        });
        each("over and behind the end keeps the size", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.write(fd, pattern(10_000));
            p.fallocate(fd, PUNCH_HOLE | KEEP_SIZE, 8_192, 1 << 20);
            p.fallocate(fd, PUNCH_HOLE | KEEP_SIZE, 1 << 20, 1 << 20);
            assertArrayEquals(Arrays.copyOf(Arrays.copyOf(pattern(10_000), 8_192), 10_000), p.pread(fd, 20_000, 0));
        });
        each("can be written into again", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.write(fd, pattern(32_768));
            p.fallocate(fd, PUNCH_HOLE | KEEP_SIZE, 0, 32_768);
            p.pwrite(fd, bytes("x"), 20_000);
            byte[] expected = new byte[32_768];
            expected[20_000] = 'x';
            assertArrayEquals(expected, p.pread(fd, 40_000, 0));
        });
    }

    private void zeroing() {
        about("fallocate(ZERO_RANGE)");
        each("makes a range read as zeroes and keeps the rest", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            byte[] much = pattern(20_000);
            p.write(fd, much);
            p.fallocate(fd, ZERO_RANGE, 3_333, 9_999);
            Arrays.fill(much, 3_333, 13_332, (byte) 0);
            assertArrayEquals(much, p.pread(fd, 30_000, 0));
        });
        each("lets the file grow", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDWR, 0);
            p.fallocate(fd, ZERO_RANGE, 1, 9);
            assertEquals("a" + "\0".repeat(9), contents(p, "f"));
        });
    }
}
