package dev.powercut.kernel.contract;

import static dev.powercut.kernel.vfs.FileControl.FD_CLOEXEC;
import static dev.powercut.kernel.vfs.FileControl.FIONREAD;
import static dev.powercut.kernel.vfs.FileControl.F_DUPFD;
import static dev.powercut.kernel.vfs.FileControl.F_DUPFD_CLOEXEC;
import static dev.powercut.kernel.vfs.FileControl.F_GETFD;
import static dev.powercut.kernel.vfs.FileControl.F_GETFL;
import static dev.powercut.kernel.vfs.FileControl.F_GETOWN;
import static dev.powercut.kernel.vfs.FileControl.F_GETSIG;
import static dev.powercut.kernel.vfs.FileControl.F_SETFD;
import static dev.powercut.kernel.vfs.FileControl.F_SETFL;
import static dev.powercut.kernel.vfs.FileControl.F_SETOWN;
import static dev.powercut.kernel.vfs.FileControl.F_SETSIG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.OpenFlags;

/** Descriptors and the open file descriptions that they stand for. */
final class DescriptorCases extends Cases {

    private static final int CLOEXEC = OpenFlags.O_CLOEXEC;

    DescriptorCases() {
        about("dup");
        each("shares offset and status flags, not the descriptor's flags", (s, p) -> {
            file(p, "f", "abcdef");
            int fd = p.open("f", RDWR | CLOEXEC, 0);
            int copy = p.dup(fd);
            assertEquals(FD_CLOEXEC, p.fcntl(fd, F_GETFD, 0));
            assertEquals(0, p.fcntl(copy, F_GETFD, 0));
            assertEquals("ab", text(p.read(fd, 2)));
            assertEquals("cd", text(p.read(copy, 2)));
            p.fcntl(copy, F_SETFL, APPEND);
            assertEquals(RDWR | APPEND, p.fcntl(fd, F_GETFL, 0));
            p.lseek(copy, 0, 0);
            p.write(fd, bytes("gh"));
            assertEquals("abcdefgh", contents(p, "f"));
        });
        each("leaves the description open until the last descriptor is closed", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDONLY, 0);
            int copy = p.dup(fd);
            p.close(fd);
            assertEquals("abc", text(p.read(copy, 9)));
            p.close(copy);
            fails(Errno.EBADF, () -> p.read(copy, 9));
        });
        about("dup3");
        each("needs two different descriptors, a good one, and known flags", (s, p) -> {
            int fd = p.open(".", RDONLY, 0);
            int other = p.dup(fd);
            fails(Errno.EINVAL, () -> p.dup3(fd, fd, 0));
            fails(Errno.EINVAL, () -> p.dup3(fd, other, APPEND));
            p.close(other);
            fails(Errno.EBADF, () -> p.dup3(other, fd, 0));
            fails(Errno.EBADF, () -> p.dup3(fd, -1, 0));
            fails(Errno.EBADF, () -> p.dup3(fd, Integer.MAX_VALUE, 0));
            fails(Errno.EINVAL, () -> p.dup3(-1, -1, 0));
        });
        each("marks the new descriptor for exec when asked, and dup2 never", (s, p) -> {
            int fd = p.open(".", RDONLY, 0);
            int other = p.dup(fd);
            assertEquals(other, p.dup3(fd, other, CLOEXEC));
            assertEquals(FD_CLOEXEC, p.fcntl(other, F_GETFD, 0));
            p.dup2(fd, other);
            assertEquals(0, p.fcntl(other, F_GETFD, 0));
            p.fcntl(other, F_SETFD, FD_CLOEXEC);
            p.dup2(other, other);
            assertEquals(FD_CLOEXEC, p.fcntl(other, F_GETFD, 0));
        });
        about("fcntl(F_DUPFD)");
        each("gives the lowest free descriptor from a number on", (s, p) -> {
            int fd = p.open(".", RDONLY, 0);
            int far = p.fcntl(fd, F_DUPFD, 200);
            assertTrue(far >= 200);
            assertEquals(far + 1, p.fcntl(fd, F_DUPFD, far));
            assertNotEquals(far, p.dup(fd));
            int marked = p.fcntl(fd, F_DUPFD_CLOEXEC, 300);
            assertEquals(FD_CLOEXEC, p.fcntl(marked, F_GETFD, 0));
            assertEquals(0, p.fcntl(far, F_GETFD, 0));
            fails(Errno.EINVAL, () -> p.fcntl(fd, F_DUPFD, -1));
            fails(Errno.EINVAL, () -> p.fcntl(fd, F_DUPFD, Integer.MAX_VALUE));
        });
        about("fcntl(F_SETFD)");
        each("knows one flag, and passes over others", (s, p) -> {
            int fd = p.open(".", RDONLY, 0);
            p.fcntl(fd, F_SETFD, 0xFF);
            assertEquals(FD_CLOEXEC, p.fcntl(fd, F_GETFD, 0));
            p.fcntl(fd, F_SETFD, 2);
            assertEquals(0, p.fcntl(fd, F_GETFD, 0));
        });
        about("fcntl(F_SETFL)");
        each("changes O_APPEND and O_NONBLOCK, and neither the access mode nor what mattered while opening", (s, p) -> {
            int fd = p.open("f", RDWR | CREAT | TRUNC | EXCL, 0644);
            assertEquals(RDWR, p.fcntl(fd, F_GETFL, 0));
            p.fcntl(fd, F_SETFL, WRONLY | APPEND | NONBLOCK | CREAT | OpenFlags.O_SYNC);
            assertEquals(RDWR | APPEND | NONBLOCK, p.fcntl(fd, F_GETFL, 0));
            p.fcntl(fd, F_SETFL, 0);
            assertEquals(RDWR, p.fcntl(fd, F_GETFL, 0));
        });
        each("keeps O_DSYNC, O_SYNC and O_DIRECTORY", (s, p) -> {
            int fd = p.open("f", RDWR | CREAT | OpenFlags.O_SYNC, 0644);
            assertEquals(RDWR | OpenFlags.O_SYNC, p.fcntl(fd, F_GETFL, 0));
            int folder = p.open(".", RDONLY | DIRECTORY | NOFOLLOW, 0);
            assertEquals(RDONLY | DIRECTORY | NOFOLLOW, p.fcntl(folder, F_GETFL, 0));
        });
        about("fcntl(F_SETOWN)");
        each("keeps who is told, and by which signal", (s, p) -> {
            int fd = p.pipe2(0)[0];
            assertEquals(0, p.fcntl(fd, F_GETOWN, 0));
            assertEquals(0, p.fcntl(fd, F_GETSIG, 0));
            p.fcntl(fd, F_SETSIG, 34);
            assertEquals(34, p.fcntl(fd, F_GETSIG, 0));
            fails(Errno.EINVAL, () -> p.fcntl(fd, F_SETSIG, 65));
            fails(Errno.EINVAL, () -> p.fcntl(fd, F_SETSIG, -1));
            fails(Errno.EINVAL, () -> p.fcntl(fd, F_SETOWN, Integer.MIN_VALUE));
        });
        about("fcntl");
        each("gives EINVAL for an unknown command and EBADF for a bad descriptor", (s, p) -> {
            int fd = p.open(".", RDONLY, 0);
            fails(Errno.EINVAL, () -> p.fcntl(fd, 999, 0));
            fails(Errno.EBADF, () -> p.fcntl(-1, F_GETFD, 0));
            fails(Errno.EBADF, () -> p.fcntl(-1, 999, 0));
        });
        about("ioctl(FIONREAD)");
        each("tells what can be read: of a file, from the offset to the end", (s, p) -> {
            file(p, "f", "abcdef");
            int fd = p.open("f", RDONLY, 0);
            p.read(fd, 2);
            assertEquals(4, p.ioctl(fd, FIONREAD));
            p.lseek(fd, 10, 0);
            assertEquals(-4, p.ioctl(fd, FIONREAD));
            int[] ends = p.pipe2(0);
            p.write(ends[1], bytes("abc"));
            assertEquals(3, p.ioctl(ends[0], FIONREAD));
            assertEquals(3, p.ioctl(ends[1], FIONREAD));
        });
        each("gives ENOTTY for a directory and for unknown requests, EBADF for a bad descriptor", (s, p) -> {
            int folder = p.open(".", RDONLY, 0);
            fails(Errno.ENOTTY, () -> p.ioctl(folder, FIONREAD));
            file(p, "f");
            int fd = p.open("f", RDONLY, 0);
            fails(Errno.ENOTTY, () -> p.ioctl(fd, 0x1234));
            fails(Errno.EBADF, () -> p.ioctl(-1, FIONREAD));
        });
    }
}
