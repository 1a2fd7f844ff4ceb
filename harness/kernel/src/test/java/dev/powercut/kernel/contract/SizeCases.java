package dev.powercut.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.vfs.Errno;
import java.util.Arrays;

/** truncate and ftruncate. */
final class SizeCases extends Cases {

    @FunctionalInterface
    private interface Resize {
        void to(PosixCalls p, String path, long size);
    }

    SizeCases() {
        about("truncate");
        both(PosixCalls::truncate);
        each("gives EISDIR for a directory", (s, p) -> {
            p.mkdir("d", 0755);
            fails(Errno.EISDIR, () -> p.truncate("d", 0));
        });
        each("gives EINVAL for a FIFO", (s, p) -> {
            p.mkfifo("p", 0644);
            fails(Errno.EINVAL, () -> p.truncate("p", 0));
        });
        each("follows links", (s, p) -> {
            file(p, "f", "abc");
            p.symlink("f", "l");
            p.truncate("l", 1);
            assertEquals("a", contents(p, "f"));
        });
        each("gives ENOTDIR for a file with a trailing slash", (s, p) -> {
            file(p, "f", "abc");
            fails(Errno.ENOTDIR, () -> p.truncate("f/", 0));
        });
        each("gives EINVAL for a negative size", (s, p) -> {
            file(p, "f", "abc");
            fails(Errno.EINVAL, () -> p.truncate("f", -1));
            fails(Errno.EINVAL, () -> p.truncate("missing", -1));
        });
        user("needs to write the file", (s, p) -> {
            file(p, "f", "abc");
            p.chmod("f", 0444);
            fails(Errno.EACCES, () -> p.truncate("f", 0));
            fails(Errno.EACCES, () -> p.truncate("f", 3));
            assertEquals("abc", contents(p, "f"));
        });
        root("may cut any file", (s, p) -> {
            file(s.alice(), "f", "abc");
            p.chmod("f", 0);
            p.truncate("f", 1);
            assertEquals(1, p.stat("f").sizeBytes());
        });
        about("ftruncate");
        both((p, path, size) -> {
            int fd = p.open(path, RDWR, 0);
            p.ftruncate(fd, size);
            p.close(fd);
        });
        each("gives EINVAL for a descriptor opened to read", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDONLY, 0);
            fails(Errno.EINVAL, () -> p.ftruncate(fd, 0));
        });
        each("gives EINVAL for a directory and a negative size", (s, p) -> {
            int directory = p.open(".", RDONLY, 0);
            fails(Errno.EINVAL, () -> p.ftruncate(directory, 0));
            int fd = p.open("f", CREAT | RDWR, 0644);
            fails(Errno.EINVAL, () -> p.ftruncate(fd, -1));
        });
        each("leaves offsets where they are", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.write(fd, bytes("abcdef"));
            p.ftruncate(fd, 2);
            assertEquals(6, p.lseek(fd, 0, 1));
            p.write(fd, bytes("x"));
            assertEquals("ab\0\0\0\0x", contents(p, "f"));
        });
        each("works without permission once the file is open", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0);
            p.ftruncate(fd, 10);
            assertEquals(10, p.fstat(fd).sizeBytes());
        });
        each("works on a file without a name", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.write(fd, bytes("abc"));
            p.unlink("f");
            p.ftruncate(fd, 1);
            assertEquals("a", text(p.pread(fd, 9, 0)));
        });
    }

    private void both(Resize resize) {
        each("makes a file shorter", (s, p) -> {
            file(p, "f", "abcdef");
            resize.to(p, "f", 2);
            assertEquals("ab", contents(p, "f"));
        });
        each("makes a file longer with zeroes", (s, p) -> {
            file(p, "f", "ab");
            resize.to(p, "f", 5);
            assertEquals("ab\0\0\0", contents(p, "f"));
        });
        each("to the same size keeps the contents", (s, p) -> {
            file(p, "f", "abc");
            resize.to(p, "f", 3);
            assertEquals("abc", contents(p, "f"));
        });
        each("shows zeroes, not what was cut off, when it grows again", (s, p) -> {
            file(p, "f", "abcdef");
            resize.to(p, "f", 3);
            resize.to(p, "f", 6);
            assertEquals("abc\0\0\0", contents(p, "f"));
        });
        each("shows zeroes over block borders when it grows again", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            byte[] much = pattern(20_000);
            p.write(fd, much);
            p.fsync(fd);
            resize.to(p, "f", 5_001);
            resize.to(p, "f", 20_000);
            Arrays.fill(much, 5_001, 20_000, (byte) 0);
            assertArrayEquals(much, p.pread(fd, 30_000, 0));
        });
        each("gives space back", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.write(fd, pattern(100_000));
            p.fsync(fd);
            long before = p.fstat(fd).blocks512();
            resize.to(p, "f", 50_000);
            long half = p.fstat(fd).blocks512();
            resize.to(p, "f", 0);
            assertTrue(half < before, half + " of " + before);
            assertEquals(0, p.fstat(fd).blocks512());
        });
        each("makes longer without taking space", (s, p) -> {
            file(p, "f", "");
            resize.to(p, "f", 1 << 20);
            assertEquals(1 << 20, p.stat("f").sizeBytes());
            assertEquals(0, p.stat("f").blocks512());
        });
        each("gives EFBIG for more than a file can have", (s, p) -> {
            file(p, "f", "abc");
            fails(Errno.EFBIG, () -> resize.to(p, "f", Long.MAX_VALUE));
            assertEquals("abc", contents(p, "f"));
        });
    }
}
