package dev.powercut.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.FileControl;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.kernel.vfs.PathLimit;
import java.util.Arrays;

/** What flows through pipes without a name, without waiting. */
final class PipeCases extends Cases {

    private static final int CLOEXEC = OpenFlags.O_CLOEXEC;

    PipeCases() {
        about("pipe2");
        each("gives the two lowest free descriptors, first the one to read from", (s, p) -> {
            int low = p.open(".", RDONLY, 0);
            int next = p.open(".", RDONLY, 0);
            p.close(low);
            p.close(next);
            int[] ends = p.pipe2(0);
            assertArrayEquals(new int[] {low, next}, ends);
            fails(Errno.EBADF, () -> p.write(ends[0], bytes("x")));
            fails(Errno.EBADF, () -> p.read(ends[1], 1));
        });
        each("hands bytes over in order, and is at its end when the last writer is gone", (s, p) -> {
            int[] ends = p.pipe2(0);
            p.write(ends[1], bytes("abc"));
            int second = p.dup(ends[1]);
            p.close(ends[1]);
            p.write(second, bytes("def"));
            p.close(second);
            assertEquals("abcd", text(p.read(ends[0], 4)));
            assertEquals("ef", text(p.read(ends[0], 9)));
            assertEquals(0, p.read(ends[0], 9).length);
        });
        each(
                "gives EAGAIN with O_NONBLOCK when it is empty, and when a small write does not fit as a whole",
                (s, p) -> {
                    int[] ends = p.pipe2(NONBLOCK);
                    fails(Errno.EAGAIN, () -> p.read(ends[0], 1));
                    assertEquals(65_536 - 4096, p.write(ends[1], pattern(65_536 - 4096)));
                    assertEquals(4096, p.write(ends[1], pattern(4096)));
                    fails(Errno.EAGAIN, () -> p.write(ends[1], bytes("x")));
                    assertEquals(65_536, p.ioctl(ends[0], FileControl.FIONREAD));
                });
        each("writes as much as there is room for when it does not wait", (s, p) -> {
            int[] ends = p.pipe2(NONBLOCK);
            assertEquals(65_536, p.write(ends[1], pattern(100_000)));
            assertArrayEquals(Arrays.copyOf(pattern(100_000), 65_536), p.read(ends[0], 100_000));
        });
        each("can be made larger or smaller, in powers of two of pages, and not below what is in it", (s, p) -> {
            int[] ends = p.pipe2(NONBLOCK);
            assertEquals(65_536, p.fcntl(ends[0], FileControl.F_GETPIPE_SZ, 0));
            assertEquals(4096, p.fcntl(ends[1], FileControl.F_SETPIPE_SZ, 0));
            assertEquals(8192, p.fcntl(ends[0], FileControl.F_SETPIPE_SZ, 4097));
            assertEquals(8192, p.fcntl(ends[1], FileControl.F_GETPIPE_SZ, 0));
            assertEquals(8192, p.write(ends[1], pattern(100_000)));
            fails(Errno.EBUSY, () -> p.fcntl(ends[1], FileControl.F_SETPIPE_SZ, 4096));
            assertEquals(131_072, p.fcntl(ends[1], FileControl.F_SETPIPE_SZ, 100_000));
            assertEquals(122_880, p.write(ends[1], pattern(200_000)));
            assertArrayEquals(pattern(8192), p.read(ends[0], 8192));
            assertArrayEquals(pattern(122_880), p.read(ends[0], 200_000));
            fails(Errno.EINVAL, () -> p.fcntl(ends[1], FileControl.F_SETPIPE_SZ, -1));
            fails(Errno.EBADF, () -> p.fcntl(p.open(".", RDONLY, 0), FileControl.F_GETPIPE_SZ, 0));
        });
        each("gives ESPIPE to who seeks or gives an offset", (s, p) -> {
            int[] ends = p.pipe2(0);
            fails(Errno.ESPIPE, () -> p.lseek(ends[0], 0, 1));
            fails(Errno.ESPIPE, () -> p.pread(ends[0], 1, 0));
            fails(Errno.ESPIPE, () -> p.pwrite(ends[1], bytes("x"), 0));
        });
        each("gives EINVAL to fsync, ftruncate and unknown flags", (s, p) -> {
            int[] ends = p.pipe2(0);
            fails(Errno.EINVAL, () -> p.fsync(ends[1]));
            fails(Errno.EINVAL, () -> p.ftruncate(ends[1], 0));
            fails(Errno.EINVAL, () -> p.pipe2(OpenFlags.O_APPEND));
        });
        each("gives ENOTDIR to who walks from it", (s, p) -> {
            int[] ends = p.pipe2(0);
            fails(Errno.ENOTDIR, () -> p.openat(ends[0], "f", RDONLY, 0));
            fails(Errno.ENOTDIR, () -> p.fchdir(ends[0]));
            fails(Errno.ENOTDIR, () -> p.readdir(ends[0]));
        });
        each("is a FIFO of its maker with mode 0600, one link and size 0", (s, p) -> {
            int[] ends = p.pipe2(0);
            p.write(ends[1], bytes("abc"));
            assertEquals(Mode.FIFO | 0600, p.fstat(ends[0]).mode());
            assertEquals(1, p.fstat(ends[0]).linkCount());
            assertEquals(0, p.fstat(ends[0]).sizeBytes());
            assertEquals(p.fstat(ends[0]).inodeNumber(), p.fstat(ends[1]).inodeNumber());
            file(p, "f");
            assertEquals(p.stat("f").uid(), p.fstat(ends[0]).uid());
            assertEquals(4096, p.fpathconf(ends[0], PathLimit.PIPE_BUF));
        });
        each("has flags of its own for each end", (s, p) -> {
            int[] ends = p.pipe2(CLOEXEC);
            assertEquals(RDONLY, p.fcntl(ends[0], FileControl.F_GETFL, 0));
            assertEquals(WRONLY, p.fcntl(ends[1], FileControl.F_GETFL, 0));
            assertEquals(FileControl.FD_CLOEXEC, p.fcntl(ends[1], FileControl.F_GETFD, 0));
            p.fcntl(ends[0], FileControl.F_SETFL, NONBLOCK);
            assertEquals(RDONLY | NONBLOCK, p.fcntl(ends[0], FileControl.F_GETFL, 0));
            assertEquals(WRONLY, p.fcntl(ends[1], FileControl.F_GETFL, 0));
            fails(Errno.EAGAIN, () -> p.read(ends[0], 1));
        });
        each("reads nothing at once when nothing is asked for", (s, p) -> {
            int[] ends = p.pipe2(0);
            assertEquals(0, p.read(ends[0], 0).length);
            assertEquals(0, p.write(ends[1], new byte[0]));
        });
    }
}
