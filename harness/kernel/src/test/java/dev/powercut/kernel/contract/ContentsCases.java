package dev.powercut.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.kernel.vfs.Errno;
import java.util.Arrays;

/** read, write, pread, pwrite, lseek, fsync, fdatasync, sync, syncfs. */
final class ContentsCases extends Cases {

    private static final int SET = 0;
    private static final int CUR = 1;
    private static final int END = 2;
    private static final int DATA = 3;
    private static final int HOLE = 4;

    ContentsCases() {
        reading();
        writing();
        seeking();
        syncing();
    }

    private void reading() {
        about("read");
        each("gives what is there, up to the end, and moves the offset", (s, p) -> {
            file(p, "f", "abcdef");
            int fd = p.open("f", RDONLY, 0);
            assertEquals("abcd", text(p.read(fd, 4)));
            assertEquals(4, p.lseek(fd, 0, CUR));
            assertEquals("ef", text(p.read(fd, 4)));
            assertEquals(0, p.read(fd, 4).length);
            assertEquals(6, p.lseek(fd, 0, CUR));
        });
        each("of nothing gives nothing", (s, p) -> {
            file(p, "f", "abc");
            assertEquals(0, p.read(p.open("f", RDONLY, 0), 0).length);
        });
        each("behind the end gives nothing and stays there", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDONLY, 0);
            p.lseek(fd, 100, SET);
            assertEquals(0, p.read(fd, 4).length);
            assertEquals(100, p.lseek(fd, 0, CUR));
        });
        each("gives EBADF for a descriptor opened to write", (s, p) -> {
            int fd = p.open("f", CREAT | WRONLY, 0644);
            fails(Errno.EBADF, () -> p.read(fd, 1));
            fails(Errno.EBADF, () -> p.pread(fd, 1, 0));
        });
        each("gives EISDIR for a directory", (s, p) -> {
            int fd = p.open(".", RDONLY, 0);
            fails(Errno.EISDIR, () -> p.read(fd, 1));
            fails(Errno.EISDIR, () -> p.pread(fd, 1, 0));
        });
        each("sees at once what another descriptor wrote", (s, p) -> {
            file(p, "f", "abc");
            int reader = p.open("f", RDONLY, 0);
            int writer = p.open("f", WRONLY, 0);
            p.write(writer, bytes("xyz!"));
            assertEquals("xyz!", text(p.read(reader, 9)));
        });
        about("pread");
        each("reads elsewhere and leaves the offset", (s, p) -> {
            file(p, "f", "abcdef");
            int fd = p.open("f", RDONLY, 0);
            assertEquals("cd", text(p.pread(fd, 2, 2)));
            assertEquals(0, p.lseek(fd, 0, CUR));
            assertEquals(0, p.pread(fd, 2, 6).length);
            assertEquals(0, p.pread(fd, 2, Long.MAX_VALUE - 8).length);
        });
        each("gives EINVAL for a negative offset", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDONLY, 0);
            fails(Errno.EINVAL, () -> p.pread(fd, 1, -1));
        });
    }

    private void writing() {
        about("write");
        each("puts bytes at the offset, moves it and lets the file grow", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            assertEquals(3, p.write(fd, bytes("abc")));
            assertEquals(2, p.write(fd, bytes("de")));
            assertEquals(5, p.lseek(fd, 0, CUR));
            assertEquals(5, p.fstat(fd).sizeBytes());
            assertEquals("abcde", contents(p, "f"));
        });
        each("replaces what is there", (s, p) -> {
            file(p, "f", "abcdef");
            int fd = p.open("f", RDWR, 0);
            p.lseek(fd, 2, SET);
            p.write(fd, bytes("XY"));
            assertEquals("abXYef", contents(p, "f"));
        });
        each("of nothing changes nothing", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDWR, 0);
            p.lseek(fd, 100, SET);
            assertEquals(0, p.write(fd, new byte[0]));
            assertEquals(3, p.fstat(fd).sizeBytes());
        });
        each("behind the end leaves zeroes in between", (s, p) -> {
            file(p, "f", "ab");
            int fd = p.open("f", RDWR, 0);
            p.lseek(fd, 5, SET);
            p.write(fd, bytes("c"));
            assertEquals("ab\0\0\0c", contents(p, "f"));
        });
        each("far behind the end leaves a hole that takes no space", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.pwrite(fd, bytes("x"), 1 << 20);
            assertEquals((1 << 20) + 1, p.fstat(fd).sizeBytes());
            p.fsync(fd);
            assertEquals(true, p.fstat(fd).blocks512() < 100);
            assertArrayEquals(new byte[5000], p.pread(fd, 5000, 500_000));
        });
        each("gives EBADF for a descriptor opened to read", (s, p) -> {
            file(p, "f");
            int fd = p.open("f", RDONLY, 0);
            fails(Errno.EBADF, () -> p.write(fd, new byte[1]));
            fails(Errno.EBADF, () -> p.pwrite(fd, new byte[1], 0));
            fails(Errno.EBADF, () -> p.write(fd, new byte[0]));
        });
        each("with O_APPEND goes to the end, wherever the offset is", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDWR | APPEND, 0);
            int other = p.open("f", WRONLY, 0);
            p.lseek(fd, 0, SET);
            p.write(fd, bytes("d"));
            assertEquals(4, p.lseek(fd, 0, CUR));
            p.pwrite(other, bytes("e"), 4);
            p.write(fd, bytes("f"));
            assertEquals("abcdef", contents(p, "f"));
        });
        each("with O_APPEND reads where the offset is", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDWR | APPEND, 0);
            assertEquals("a", text(p.read(fd, 1)));
            p.write(fd, bytes("d"));
            assertEquals(0, p.read(fd, 9).length);
        });
        each("keeps many bytes over block and page borders", (s, p) -> {
            byte[] much = pattern(300_000);
            int fd = p.open("f", CREAT | RDWR, 0644);
            assertEquals(much.length, p.write(fd, much));
            assertArrayEquals(much, p.pread(fd, 400_000, 0));
            p.fsync(fd);
            assertArrayEquals(Arrays.copyOfRange(much, 99_999, 200_001), p.pread(fd, 100_002, 99_999));
        });
        each("at single bytes around block borders changes nothing else", (s, p) -> {
            byte[] much = pattern(20_000);
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.write(fd, much);
            for (int at : new int[] {0, 1023, 1024, 4095, 4096, 4097, 8191, 12_288, 19_999}) {
                p.pwrite(fd, bytes("!"), at);
                much[at] = '!';
            }
            assertArrayEquals(much, p.pread(fd, 20_000, 0));
        });
        about("pwrite");
        each("writes elsewhere and leaves the offset", (s, p) -> {
            file(p, "f", "abcdef");
            int fd = p.open("f", RDWR, 0);
            assertEquals(2, p.pwrite(fd, bytes("XY"), 3));
            assertEquals(0, p.lseek(fd, 0, CUR));
            assertEquals("abcXYf", contents(p, "f"));
        });
        each("gives EINVAL for a negative offset", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            fails(Errno.EINVAL, () -> p.pwrite(fd, new byte[1], -1));
        });
        each("with O_APPEND appends, as Linux does", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDWR | APPEND, 0);
            p.pwrite(fd, bytes("d"), 0);
            assertEquals("abcd", contents(p, "f"));
        });
        each("gives EFBIG at the largest offset", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            fails(Errno.EFBIG, () -> p.pwrite(fd, new byte[1], Long.MAX_VALUE - 1));
            assertEquals(0, p.fstat(fd).sizeBytes());
        });
    }

    private void seeking() {
        about("lseek");
        each("counts from the beginning, the offset and the end", (s, p) -> {
            file(p, "f", "abcdef");
            int fd = p.open("f", RDWR, 0);
            assertEquals(2, p.lseek(fd, 2, SET));
            assertEquals(5, p.lseek(fd, 3, CUR));
            assertEquals(1, p.lseek(fd, -4, CUR));
            assertEquals(4, p.lseek(fd, -2, END));
            assertEquals(10, p.lseek(fd, 4, END));
            assertEquals(6, p.fstat(fd).sizeBytes());
        });
        each("gives EINVAL for what would be negative, and stays", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDWR, 0);
            p.lseek(fd, 2, SET);
            fails(Errno.EINVAL, () -> p.lseek(fd, -1, SET));
            fails(Errno.EINVAL, () -> p.lseek(fd, -3, CUR));
            fails(Errno.EINVAL, () -> p.lseek(fd, -4, END));
            assertEquals(2, p.lseek(fd, 0, CUR));
        });
        each("gives EINVAL for an unknown whence", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDWR, 0);
            fails(Errno.EINVAL, () -> p.lseek(fd, 0, 5));
            fails(Errno.EINVAL, () -> p.lseek(fd, 0, -1));
        });
        each("rewinds a directory", (s, p) -> {
            file(p, "f");
            int fd = p.open(".", RDONLY, 0);
            int count = p.readdir(fd).size();
            assertEquals(0, p.readdir(fd).size());
            p.lseek(fd, 0, SET);
            assertEquals(count, p.readdir(fd).size());
        });
        about("lseek(SEEK_DATA)");
        each("gives the offset itself in data", (s, p) -> {
            file(p, "f", "abcdef");
            int fd = p.open("f", RDWR, 0);
            assertEquals(0, p.lseek(fd, 0, DATA));
            assertEquals(5, p.lseek(fd, 5, DATA));
            assertEquals(5, p.lseek(fd, 0, CUR));
        });
        each("gives ENXIO at and behind the end and for a negative offset", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDWR, 0);
            fails(Errno.ENXIO, () -> p.lseek(fd, 3, DATA));
            fails(Errno.ENXIO, () -> p.lseek(fd, 1 << 20, DATA));
            fails(Errno.ENXIO, () -> p.lseek(fd, -1, DATA));
        });
        each("gives ENXIO when nothing but a hole follows", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.ftruncate(fd, 1 << 20);
            fails(Errno.ENXIO, () -> p.lseek(fd, 0, DATA));
        });
        each("finds data behind a hole, before and after it is written out", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.pwrite(fd, pattern(4096), 1 << 18);
            assertEquals(1 << 18, p.lseek(fd, 0, DATA));
            p.fsync(fd);
            assertEquals(1 << 18, p.lseek(fd, 4096, DATA));
        });
        about("lseek(SEEK_HOLE)");
        each("gives the end where there is no hole", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDWR, 0);
            assertEquals(3, p.lseek(fd, 0, HOLE));
            assertEquals(3, p.lseek(fd, 2, HOLE));
        });
        each("gives ENXIO at and behind the end", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDWR, 0);
            fails(Errno.ENXIO, () -> p.lseek(fd, 3, HOLE));
            fails(Errno.ENXIO, () -> p.lseek(fd, -1, HOLE));
        });
        each("gives the offset itself in a hole", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.ftruncate(fd, 1 << 20);
            assertEquals(12_345, p.lseek(fd, 12_345, HOLE));
        });
        each("finds the hole behind data", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.write(fd, pattern(8192));
            p.ftruncate(fd, 1 << 20);
            assertEquals(8192, p.lseek(fd, 0, HOLE));
            p.fsync(fd);
            assertEquals(8192, p.lseek(fd, 100, HOLE));
        });
        each("takes what was overwritten by truncating for a hole", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.write(fd, pattern(16_384));
            p.fsync(fd);
            p.ftruncate(fd, 4096);
            p.ftruncate(fd, 16_384);
            assertEquals(4096, p.lseek(fd, 0, HOLE));
        });
    }

    private void syncing() {
        about("fsync");
        each("takes files opened to read, to write, and directories", (s, p) -> {
            file(p, "f", "abc");
            p.fsync(p.open("f", RDONLY, 0));
            p.fsync(p.open("f", WRONLY, 0));
            p.fsync(p.open(".", RDONLY, 0));
            assertEquals("abc", contents(p, "f"));
        });
        each("takes a file without a name", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.write(fd, bytes("abc"));
            p.unlink("f");
            p.fsync(fd);
            assertEquals("abc", text(p.pread(fd, 9, 0)));
        });
        about("fdatasync");
        each("takes files and directories", (s, p) -> {
            file(p, "f", "abc");
            p.fdatasync(p.open("f", RDWR, 0));
            p.fdatasync(p.open(".", RDONLY, 0));
            assertEquals("abc", contents(p, "f"));
        });
        about("sync");
        each("changes nothing that can be seen", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.write(fd, pattern(10_000));
            p.syncfs(fd);
            assertArrayEquals(pattern(10_000), p.pread(fd, 20_000, 0));
        });
    }
}
