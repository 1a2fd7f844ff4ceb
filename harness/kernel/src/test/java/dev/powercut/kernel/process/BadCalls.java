package dev.powercut.kernel.process;

import static dev.powercut.kernel.vfs.Errno.EACCES;
import static dev.powercut.kernel.vfs.Errno.EAGAIN;
import static dev.powercut.kernel.vfs.Errno.EBADF;
import static dev.powercut.kernel.vfs.Errno.EBUSY;
import static dev.powercut.kernel.vfs.Errno.ECHILD;
import static dev.powercut.kernel.vfs.Errno.EDEADLK;
import static dev.powercut.kernel.vfs.Errno.EEXIST;
import static dev.powercut.kernel.vfs.Errno.EFAULT;
import static dev.powercut.kernel.vfs.Errno.EINTR;
import static dev.powercut.kernel.vfs.Errno.EINVAL;
import static dev.powercut.kernel.vfs.Errno.EISDIR;
import static dev.powercut.kernel.vfs.Errno.EMFILE;
import static dev.powercut.kernel.vfs.Errno.ENAMETOOLONG;
import static dev.powercut.kernel.vfs.Errno.ENODEV;
import static dev.powercut.kernel.vfs.Errno.ENOENT;
import static dev.powercut.kernel.vfs.Errno.ENOEXEC;
import static dev.powercut.kernel.vfs.Errno.ENOMEM;
import static dev.powercut.kernel.vfs.Errno.ENOTDIR;
import static dev.powercut.kernel.vfs.Errno.ENOTTY;
import static dev.powercut.kernel.vfs.Errno.EOPNOTSUPP;
import static dev.powercut.kernel.vfs.Errno.EOVERFLOW;
import static dev.powercut.kernel.vfs.Errno.EPERM;
import static dev.powercut.kernel.vfs.Errno.ESPIPE;
import static dev.powercut.kernel.vfs.Errno.ESRCH;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.kernel.memory.Protection;
import dev.powercut.kernel.signal.Signal;
import dev.powercut.kernel.signal.SignalSet;
import dev.powercut.kernel.vfs.AtFlags;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.FileControl;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.kernel.vfs.PathLimit;
import dev.powercut.kernel.vfs.RecordLock;
import java.util.ArrayList;
import java.util.List;

/** The table of calls that must be refused. */
final class BadCalls {

    /** A call, what is wrong with it, and what it gives. */
    record Row(String call, String what, Errno errno, Body body) {
        @Override
        public String toString() {
            return call + " with " + what;
        }
    }

    interface Body {
        void play(UserProcess p, Stage s);
    }

    private interface OnDescriptor {
        void play(UserProcess p, int fd);
    }

    private interface OnPath {
        void play(UserProcess p, String path);
    }

    /** What is there: a file of 10 bytes open in three ways, a directory, a pipe, a page of memory. */
    record Stage(int reader, int writer, int both, int folder, int[] pipe, long page) {

        static Stage of(UserProcess p) {
            Rig.file(p, "/f", "0123456789");
            p.mkdir("/d", 0755);
            return new Stage(
                    p.open("/f", OpenFlags.O_RDONLY, 0),
                    p.open("/f", OpenFlags.O_WRONLY, 0),
                    p.open("/f", OpenFlags.O_RDWR, 0),
                    p.open("/d", OpenFlags.O_RDONLY, 0),
                    p.pipe(),
                    p.memory().mmap(4096, Protection.MAP_PRIVATE));
        }

        /** What was refused has changed nothing. */
        void requireUntouched(UserProcess p) {
            byte[] all = new byte[20];
            assertEquals(10, p.pread(reader, all, 0, 20, 0));
            assertEquals("0123456789", new String(all, 0, 10, java.nio.charset.StandardCharsets.UTF_8));
            assertEquals(0, p.lseek(both, 0, 1));
        }
    }

    /** Null, where none is expected. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    static <T> T nothing() {
        return (T) null;
    }

    private static final byte[] BUFFER = new byte[16];
    private static final String LONG_NAME = "/" + "n".repeat(256);
    private static final int CWD = AtFlags.AT_FDCWD;

    private final List<Row> rows = new ArrayList<>();

    private BadCalls() {}

    static List<Row> rows() {
        BadCalls table = new BadCalls();
        table.descriptors();
        table.buffers();
        table.paths();
        table.flags();
        table.memory();
        table.processes();
        table.signals();
        table.waits();
        table.rows.addAll(BadLibraryCalls.rows());
        return table.rows;
    }

    private void row(String call, String what, Errno errno, Body body) {
        rows.add(new Row(call, what, errno, body));
    }

    private void badDescriptor(String call, OnDescriptor body) {
        row(call, "descriptor -1", EBADF, (p, s) -> body.play(p, -1));
        row(call, "a descriptor that is not open", EBADF, (p, s) -> body.play(p, 99));
        row(call, "a descriptor beyond all limits", EBADF, (p, s) -> body.play(p, Integer.MAX_VALUE));
    }

    private void descriptors() {
        badDescriptor("close", UserProcess::close);
        badDescriptor("dup", UserProcess::dup);
        badDescriptor("dup2", (p, fd) -> p.dup2(fd, 50));
        badDescriptor("dup2", (p, fd) -> p.dup2(0, fd == 99 ? -2 : fd));
        badDescriptor("dup3", (p, fd) -> p.dup3(fd, 50, 0));
        badDescriptor("read", (p, fd) -> p.read(fd, BUFFER, 0, 4));
        badDescriptor("read", (p, fd) -> p.read(fd, 0L, 4));
        badDescriptor("write", (p, fd) -> p.write(fd, BUFFER, 0, 4));
        badDescriptor("write", (p, fd) -> p.write(fd, 0L, 4));
        badDescriptor("pread", (p, fd) -> p.pread(fd, BUFFER, 0, 4, 0));
        badDescriptor("pread", (p, fd) -> p.pread(fd, 0L, 4, 0));
        badDescriptor("pwrite", (p, fd) -> p.pwrite(fd, BUFFER, 0, 4, 0));
        badDescriptor("pwrite", (p, fd) -> p.pwrite(fd, 0L, 4, 0));
        badDescriptor("storeMapped", (p, fd) -> p.storeMapped(fd, 0, BUFFER));
        badDescriptor("lseek", (p, fd) -> p.lseek(fd, 0, 0));
        badDescriptor("ftruncate", (p, fd) -> p.ftruncate(fd, 0));
        badDescriptor("fsync", UserProcess::fsync);
        badDescriptor("fdatasync", UserProcess::fdatasync);
        badDescriptor("syncfs", UserProcess::syncfs);
        badDescriptor("fallocate", (p, fd) -> p.fallocate(fd, 0, 0, 1));
        badDescriptor("fstat", UserProcess::fstat);
        badDescriptor("fchmod", (p, fd) -> p.fchmod(fd, 0));
        badDescriptor("fchown", (p, fd) -> p.fchown(fd, 0, 0));
        badDescriptor("futimens", (p, fd) -> p.futimens(fd, 0, 0));
        badDescriptor("readdir", UserProcess::readdir);
        badDescriptor("fstatfs", UserProcess::fstatfs);
        badDescriptor("fpathconf", (p, fd) -> p.fpathconf(fd, PathLimit.NAME_MAX));
        badDescriptor("fchdir", UserProcess::fchdir);
        badDescriptor("fcntl", (p, fd) -> p.fcntl(fd, FileControl.F_GETFD, 0));
        badDescriptor("fcntl", (p, fd) -> p.fcntl(fd, FileControl.F_GETPIPE_SZ, 0));
        badDescriptor("fcntl", (p, fd) -> p.fcntl(fd, FileControl.F_SETPIPE_SZ, 4096));
        badDescriptor("fcntl", (p, fd) -> p.fcntl(fd, FileControl.F_SETLK, RecordLock.of(RecordLock.READ, 0, 0)));
        badDescriptor("ioctl", (p, fd) -> p.ioctl(fd, FileControl.FIONREAD));
        badDescriptor("openat", (p, fd) -> p.openat(fd, "f", 0, 0));
        badDescriptor("mkdirat", (p, fd) -> p.mkdirat(fd, "x", 0));
        badDescriptor("mknodat", (p, fd) -> p.mknodat(fd, "x", 0x8000, 0));
        badDescriptor("mkfifoat", (p, fd) -> p.mkfifoat(fd, "x", 0));
        badDescriptor("linkat", (p, fd) -> p.linkat(fd, "f", CWD, "x", 0));
        badDescriptor("unlinkat", (p, fd) -> p.unlinkat(fd, "f", 0));
        badDescriptor("symlinkat", (p, fd) -> p.symlinkat("f", fd, "x"));
        badDescriptor("readlinkat", (p, fd) -> p.readlinkat(fd, "f"));
        badDescriptor("renameat", (p, fd) -> p.renameat(fd, "f", CWD, "x"));
        badDescriptor("renameat2", (p, fd) -> p.renameat2(CWD, "f", fd, "x", 0));
        badDescriptor("fstatat", (p, fd) -> p.fstatat(fd, "f", 0));
        badDescriptor("faccessat", (p, fd) -> p.faccessat(fd, "f", 0, 0));
        badDescriptor("fchmodat", (p, fd) -> p.fchmodat(fd, "f", 0, 0));
        badDescriptor("fchownat", (p, fd) -> p.fchownat(fd, "f", 0, 0, 0));
        badDescriptor("utimensat", (p, fd) -> p.utimensat(fd, "f", 0, 0, 0));
        badDescriptor("mmap", (p, fd) -> p.memory().mmap(0, 10, 1, Protection.MAP_SHARED, fd, 0));
        row("read", "a descriptor to write", EBADF, (p, s) -> p.read(s.writer(), BUFFER, 0, 4));
        row("write", "a descriptor to read", EBADF, (p, s) -> p.write(s.reader(), BUFFER, 0, 4));
        row("pread", "a descriptor to write", EBADF, (p, s) -> p.pread(s.writer(), BUFFER, 0, 4, 0));
        row("pwrite", "a descriptor to read", EBADF, (p, s) -> p.pwrite(s.reader(), BUFFER, 0, 4, 0));
        row("storeMapped", "a descriptor to read", EACCES, (p, s) -> p.storeMapped(s.reader(), 0, BUFFER));
        row("fallocate", "a descriptor to read", EBADF, (p, s) -> p.fallocate(s.reader(), 0, 0, 1));
        row("ftruncate", "a descriptor to read", EINVAL, (p, s) -> p.ftruncate(s.reader(), 1));
        row("read", "a directory", EISDIR, (p, s) -> p.read(s.folder(), BUFFER, 0, 4));
        row("pread", "a directory", EISDIR, (p, s) -> p.pread(s.folder(), BUFFER, 0, 4, 0));
        row("readdir", "a file", ENOTDIR, (p, s) -> p.readdir(s.reader()));
        row("fchdir", "a file", ENOTDIR, (p, s) -> p.fchdir(s.reader()));
        row("openat", "a file to walk from", ENOTDIR, (p, s) -> p.openat(s.reader(), "f", 0, 0));
        row("pread", "a pipe", ESPIPE, (p, s) -> p.pread(s.pipe()[0], BUFFER, 0, 4, 0));
        row("pwrite", "a pipe", ESPIPE, (p, s) -> p.pwrite(s.pipe()[1], BUFFER, 0, 4, 0));
        row("lseek", "a pipe", ESPIPE, (p, s) -> p.lseek(s.pipe()[1], 0, 0));
        row("fallocate", "a pipe", ESPIPE, (p, s) -> p.fallocate(s.pipe()[1], 0, 0, 1));
        row("fsync", "a pipe", EINVAL, (p, s) -> p.fsync(s.pipe()[1]));
        row("fdatasync", "a pipe", EINVAL, (p, s) -> p.fdatasync(s.pipe()[1]));
    }

    private void buffers() {
        row("read", "no buffer", EFAULT, (p, s) -> p.read(s.both(), BadCalls.<byte[]>nothing(), 0, 1));
        row("write", "no buffer", EFAULT, (p, s) -> p.write(s.both(), BadCalls.<byte[]>nothing(), 0, 1));
        row("pread", "no buffer", EFAULT, (p, s) -> p.pread(s.both(), BadCalls.<byte[]>nothing(), 0, 1, 0));
        row("pwrite", "no buffer", EFAULT, (p, s) -> p.pwrite(s.both(), BadCalls.<byte[]>nothing(), 0, 1, 0));
        row("read", "a negative count", EINVAL, (p, s) -> p.read(s.both(), BUFFER, 0, -1));
        row("read", "a range behind the buffer", EFAULT, (p, s) -> p.read(s.both(), BUFFER, 10, 7));
        row("read", "a negative offset in the buffer", EFAULT, (p, s) -> p.read(s.both(), BUFFER, -1, 4));
        row("read", "an address where nothing is", EFAULT, (p, s) -> p.read(s.both(), 0x10L, 4));
        row("read", "a range that goes behind what is mapped", EFAULT, (p, s) -> p.read(s.both(), s.page() + 4090, 7));
        row("read", "a negative address", EFAULT, (p, s) -> p.read(s.both(), -4L, 4));
        row("read", "the highest address", EFAULT, (p, s) -> p.read(s.both(), Long.MAX_VALUE - 1, 4));
        row("write", "a negative count", EINVAL, (p, s) -> p.write(s.both(), BUFFER, 0, -1));
        row("write", "a range behind the buffer", EFAULT, (p, s) -> p.write(s.both(), BUFFER, 10, 7));
        row("write", "an address where nothing is", EFAULT, (p, s) -> p.write(s.both(), 0x10L, 4));
        row("write", "a range behind what is mapped", EFAULT, (p, s) -> p.write(s.both(), s.page() + 4090, 7));
        row("write", "a negative count at an address", EINVAL, (p, s) -> p.write(s.both(), s.page(), -1));
        row("pread", "a negative position", EINVAL, (p, s) -> p.pread(s.both(), BUFFER, 0, 4, -1));
        row("pread", "an address where nothing is", EFAULT, (p, s) -> p.pread(s.both(), 0x10L, 4, 0));
        row("pread", "a negative count", EINVAL, (p, s) -> p.pread(s.both(), BUFFER, 0, -4, 0));
        row("pwrite", "a negative position", EINVAL, (p, s) -> p.pwrite(s.both(), BUFFER, 0, 4, -1));
        row("pwrite", "an address where nothing is", EFAULT, (p, s) -> p.pwrite(s.both(), 0x10L, 4, 0));
        row("pwrite", "a range behind the buffer", EFAULT, (p, s) -> p.pwrite(s.both(), BUFFER, 16, 1, 0));
        row("storeMapped", "a negative offset", EOVERFLOW, (p, s) -> p.storeMapped(s.both(), -1, BUFFER));
        row("storeMapped", "no bytes", EINVAL, (p, s) -> p.storeMapped(s.both(), 0, new byte[0]));
        row("storeMapped", "a place behind the end", EFAULT, (p, s) -> p.storeMapped(s.both(), 1 << 20, BUFFER));
        row("lseek", "an unknown whence", EINVAL, (p, s) -> p.lseek(s.both(), 0, 9));
        row("lseek", "a place before the beginning", EINVAL, (p, s) -> p.lseek(s.both(), -1, 0));
        row("lseek", "a place behind all numbers", EOVERFLOW, (p, s) -> p.lseek(s.both(), Long.MAX_VALUE, 2));
        row("truncate", "a negative size", EINVAL, (p, s) -> p.truncate("/f", -1));
        row("ftruncate", "a negative size", EINVAL, (p, s) -> p.ftruncate(s.both(), -1));
        row("fallocate", "a negative offset", EINVAL, (p, s) -> p.fallocate(s.both(), 0, -1, 1));
        row("fallocate", "length 0", EINVAL, (p, s) -> p.fallocate(s.both(), 0, 0, 0));
        row("fallocate", "an unknown mode", EOPNOTSUPP, (p, s) -> p.fallocate(s.both(), 0x8000, 0, 1));
    }

    private void badPath(String call, OnPath body) {
        row(call, "an empty path", ENOENT, (p, s) -> body.play(p, ""));
        row(call, "a directory that is not there", ENOENT, (p, s) -> body.play(p, "/nothing/x"));
        row(call, "a path through a file", ENOTDIR, (p, s) -> body.play(p, "/f/x"));
        row(call, "a name that is too long", ENAMETOOLONG, (p, s) -> body.play(p, LONG_NAME));
        row(call, "a path that is too long", ENAMETOOLONG, (p, s) -> body.play(p, "/d/..".repeat(1000)));
    }

    private void paths() {
        badPath("open", (p, path) -> p.open(path, 0, 0));
        badPath("openat", (p, path) -> p.openat(CWD, path, 0, 0));
        badPath("creat", (p, path) -> p.creat(path, 0));
        badPath("truncate", (p, path) -> p.truncate(path, 0));
        badPath("mkdir", (p, path) -> p.mkdir(path, 0));
        badPath("mknod", (p, path) -> p.mknod(path, 0x8000, 0));
        badPath("mkfifo", (p, path) -> p.mkfifo(path, 0));
        badPath("rmdir", UserProcess::rmdir);
        badPath("link", (p, path) -> p.link(path, "/x"));
        badPath("link", (p, path) -> p.link("/f", path));
        badPath("unlink", UserProcess::unlink);
        badPath("symlink", (p, path) -> p.symlink("f", path));
        badPath("readlink", UserProcess::readlink);
        badPath("rename", (p, path) -> p.rename(path, "/x"));
        badPath("rename", (p, path) -> p.rename("/f", path));
        badPath("stat", UserProcess::stat);
        badPath("lstat", UserProcess::lstat);
        badPath("access", (p, path) -> p.access(path, 0));
        badPath("chmod", (p, path) -> p.chmod(path, 0));
        badPath("chown", (p, path) -> p.chown(path, 0, 0));
        badPath("lchown", (p, path) -> p.lchown(path, 0, 0));
        badPath("utimens", (p, path) -> p.utimens(path, 0, 0));
        badPath("lutimens", (p, path) -> p.lutimens(path, 0, 0));
        badPath("statfs", UserProcess::statfs);
        badPath("pathconf", (p, path) -> p.pathconf(path, PathLimit.NAME_MAX));
        badPath("chdir", UserProcess::chdir);
        badPath("execve", (p, path) -> p.execve(path));
        row("chdir", "a file", ENOTDIR, (p, s) -> p.chdir("/f"));
        row("mkdir", "a name that is taken", EEXIST, (p, s) -> p.mkdir("/f", 0));
        row("rmdir", "a file", ENOTDIR, (p, s) -> p.rmdir("/f"));
        row("unlink", "a directory", EISDIR, (p, s) -> p.unlink("/d"));
        row("readlink", "a file", EINVAL, (p, s) -> p.readlink("/f"));
        row("symlink", "an empty target", ENOENT, (p, s) -> p.symlink("", "/x"));
        row("execve", "a file that may not be executed", EACCES, (p, s) -> p.execve("/f"));
        row("execve", "a file that names no program", ENOEXEC, (p, s) -> {
            p.chmod("/f", 0755);
            p.execve("/f");
        });
    }

    private void flags() {
        row("open", "unknown flags", EINVAL, (p, s) -> p.open("/f", 0x1000_0000, 0));
        row("open", "access mode 3", EINVAL, (p, s) -> p.open("/f", 3, 0));
        row(
                "open",
                "O_CREAT and O_DIRECTORY",
                EINVAL,
                (p, s) -> p.open("/x", OpenFlags.O_CREAT | OpenFlags.O_DIRECTORY, 0));
        row("openat", "unknown flags", EINVAL, (p, s) -> p.openat(CWD, "/f", 0x1000_0000, 0));
        row("mknod", "a directory", EPERM, (p, s) -> p.mknod("/x", 0x4000, 0));
        row("mknod", "an unknown type", EINVAL, (p, s) -> p.mknod("/x", 0x3000, 0));
        row("linkat", "unknown flags", EINVAL, (p, s) -> p.linkat(CWD, "/f", CWD, "/x", 1));
        row("unlinkat", "unknown flags", EINVAL, (p, s) -> p.unlinkat(CWD, "/f", 1));
        row("renameat2", "unknown flags", EINVAL, (p, s) -> p.renameat2(CWD, "/f", CWD, "/x", 64));
        row("fstatat", "unknown flags", EINVAL, (p, s) -> p.fstatat(CWD, "/f", 1));
        row("faccessat", "unknown flags", EINVAL, (p, s) -> p.faccessat(CWD, "/f", 0, 1));
        row("faccessat", "unknown permissions", EINVAL, (p, s) -> p.faccessat(CWD, "/f", 8, 0));
        row("access", "unknown permissions", EINVAL, (p, s) -> p.access("/f", 8));
        row("fchmodat", "unknown flags", EINVAL, (p, s) -> p.fchmodat(CWD, "/f", 0, 1));
        row("fchownat", "unknown flags", EINVAL, (p, s) -> p.fchownat(CWD, "/f", 0, 0, 1));
        row("utimensat", "unknown flags", EINVAL, (p, s) -> p.utimensat(CWD, "/f", 0, 0, 1));
        row("pipe2", "unknown flags", EINVAL, (p, s) -> p.pipe2(OpenFlags.O_APPEND));
        row("dup3", "unknown flags", EINVAL, (p, s) -> p.dup3(s.both(), 50, 1));
        row("dup3", "the same descriptor twice", EINVAL, (p, s) -> p.dup3(s.both(), s.both(), 0));
        row("fcntl", "an unknown command", EINVAL, (p, s) -> p.fcntl(s.both(), 999, 0));
        row(
                "fcntl",
                "a descriptor to begin at that is negative",
                EINVAL,
                (p, s) -> p.fcntl(s.both(), FileControl.F_DUPFD, -1));
        row(
                "fcntl",
                "an unknown type of lock",
                EINVAL,
                (p, s) -> p.fcntl(s.both(), FileControl.F_SETLK, RecordLock.of(9, 0, 0)));
        row("fcntl", "a signal that there is not", EINVAL, (p, s) -> p.fcntl(s.both(), FileControl.F_SETSIG, 99));
        row("fcntl", "asynchronous notification of what never changes", EPERM, (p, s) -> {
            p.mknod("/null", 0x2000 | 0666, 256 + 3);
            p.fcntl(p.open("/null", 0, 0), FileControl.F_SETFL, OpenFlags.O_ASYNC);
        });
        row("fcntl", "the size of what is no pipe", EBADF, (p, s) -> p.fcntl(s.both(), FileControl.F_GETPIPE_SZ, 0));
        row(
                "fcntl",
                "a size for what is no pipe",
                EBADF,
                (p, s) -> p.fcntl(s.folder(), FileControl.F_SETPIPE_SZ, 4096));
        row("fcntl", "a negative size", EINVAL, (p, s) -> p.fcntl(s.pipe()[0], FileControl.F_SETPIPE_SZ, -1));
        row("fcntl", "a size below what is in the pipe", EBUSY, (p, s) -> {
            p.write(s.pipe()[1], new byte[4097], 0, 4097);
            p.fcntl(s.pipe()[0], FileControl.F_SETPIPE_SZ, 4096);
        });
        row("fcntl", "a size that is for the super-user", EPERM, (p, s) -> {
            p.setresuid(1000, 1000, 1000);
            p.fcntl(s.pipe()[0], FileControl.F_SETPIPE_SZ, (1 << 20) + 1);
        });
        row(
                "fcntl",
                "a size that is for nobody",
                ENOMEM,
                (p, s) -> p.fcntl(s.pipe()[0], FileControl.F_SETPIPE_SZ, Integer.MAX_VALUE));
        row("ioctl", "an unknown request", ENOTTY, (p, s) -> p.ioctl(s.both(), 1));
        row("ioctl", "a directory", ENOTTY, (p, s) -> p.ioctl(s.folder(), FileControl.FIONREAD));
    }

    private void remapping() {
        int move = Protection.MREMAP_MAYMOVE;
        row("mremap", "an odd address", EINVAL, (p, s) -> p.memory().mremap(s.page() + 1, 4096, 8192, move));
        row("mremap", "the new length 0", EINVAL, (p, s) -> p.memory().mremap(s.page(), 4096, 0, move));
        row("mremap", "a negative new length", EINVAL, (p, s) -> p.memory().mremap(s.page(), 4096, -4096, move));
        row("mremap", "a negative old length", EINVAL, (p, s) -> p.memory().mremap(s.page(), -4096, 4096, move));
        row("mremap", "unknown flags", EINVAL, (p, s) -> p.memory().mremap(s.page(), 4096, 4096, 8));
        row(
                "mremap",
                "an address and no leave to move",
                EINVAL,
                (p, s) -> p.memory().mremap(s.page(), 4096, 4096, Protection.MREMAP_FIXED, 0x4000_0000L));
        row(
                "mremap",
                "a place that it has itself",
                EINVAL,
                (p, s) -> p.memory().mremap(s.page(), 4096, 8192, move | Protection.MREMAP_FIXED, s.page()));
        row(
                "mremap",
                "a place at an odd address",
                EINVAL,
                (p, s) -> p.memory().mremap(s.page(), 4096, 4096, move | Protection.MREMAP_FIXED, 0x4000_0001L));
        row(
                "mremap",
                "old pages to stay, and another length",
                EINVAL,
                (p, s) -> p.memory().mremap(s.page(), 4096, 8192, move | Protection.MREMAP_DONTUNMAP));
        row("mremap", "private memory twice", EINVAL, (p, s) -> p.memory().mremap(s.page(), 0, 4096, move));
        row(
                "mremap",
                "shared memory twice, and no leave to move",
                ENOMEM,
                (p, s) -> p.memory().mremap(p.memory().mmap(4096, Protection.MAP_SHARED), 0, 4096, 0));
        row(
                "mremap",
                "an address where nothing is mapped",
                EFAULT,
                (p, s) -> p.memory().mremap(0x1000_0000L, 4096, 8192, move));
        row("mremap", "two mappings", EFAULT, (p, s) -> {
            long two = p.memory().mmap(8192, Protection.MAP_PRIVATE);
            p.memory().mprotect(two, 4096, 1);
            p.memory().mremap(two, 8192, 12288, move);
        });
        row("mremap", "no room behind it", ENOMEM, (p, s) -> {
            long two = p.memory().mmap(8192, Protection.MAP_PRIVATE);
            p.memory().mremap(two, 4096, 8192, 0);
        });
        row("mremap", "more than may be mapped", ENOMEM, (p, s) -> p.memory().mremap(s.page(), 4096, 1L << 40, move));
    }

    private void memory() {
        int anonymous = Protection.MAP_PRIVATE | Protection.MAP_ANONYMOUS;
        row("mmap", "length 0", EINVAL, (p, s) -> p.memory().mmap(0, 0, 3, anonymous, -1, 0));
        row("mmap", "a negative length", ENOMEM, (p, s) -> p.memory().mmap(0, -1, 3, anonymous, -1, 0));
        row("mmap", "neither shared nor private", EINVAL, (p, s) -> p.memory().mmap(0, 1, 3, 0x20, -1, 0));
        row("mmap", "unknown flags", EINVAL, (p, s) -> p.memory().mmap(0, 1, 3, anonymous | 0x4000_0000, -1, 0));
        row("mmap", "unknown protections", EINVAL, (p, s) -> p.memory().mmap(0, 1, 64, anonymous, -1, 0));
        row("mmap", "an odd offset", EINVAL, (p, s) -> p.memory().mmap(0, 1, 1, 1, s.both(), 7));
        row("mmap", "a directory", ENODEV, (p, s) -> p.memory().mmap(0, 1, 1, 2, s.folder(), 0));
        row(
                "mmap",
                "a file to write that is open to read",
                EACCES,
                (p, s) -> p.memory().mmap(0, 1, 3, 1, s.reader(), 0));
        row("munmap", "an odd address", EINVAL, (p, s) -> p.memory().munmap(s.page() + 1, 10));
        row("munmap", "length 0", EINVAL, (p, s) -> p.memory().munmap(s.page(), 0));
        row("munmap", "a negative length", EINVAL, (p, s) -> p.memory().munmap(s.page(), -4096));
        remapping();
        row("mprotect", "an odd address", EINVAL, (p, s) -> p.memory().mprotect(s.page() + 1, 10, 1));
        row(
                "mprotect",
                "a range that is not mapped",
                ENOMEM,
                (p, s) -> p.memory().mprotect(s.page(), 1 << 30, 1));
        row("mprotect", "unknown protections", EINVAL, (p, s) -> p.memory().mprotect(s.page(), 1, 64));
        row("msync", "an odd address", EINVAL, (p, s) -> p.memory().msync(s.page() + 1, 10, Protection.MS_SYNC));
        row("msync", "now and later at once", EINVAL, (p, s) -> p.memory().msync(s.page(), 1, 5));
        row("msync", "a range that is not mapped", ENOMEM, (p, s) -> p.memory().msync(0x10_0000, 1, 4));
        row("allocate", "a negative size", ENOMEM, (p, s) -> p.memory().allocate(-1));
        row("allocate", "more than there may be", ENOMEM, (p, s) -> p.memory().allocate(1 << 30));
    }

    private void processes() {
        row("fork", "no body", EFAULT, (p, s) -> p.fork(nothing()));
        row("exec", "no program", EFAULT, (p, s) -> p.exec(nothing()));
        row("atExit", "nothing to do", EFAULT, (p, s) -> p.atExit(nothing()));
        row("atExitLast", "nothing to do", EFAULT, (p, s) -> p.atExitLast(nothing()));
        row("exec", "no arguments at all", EFAULT, (p, s) -> p.exec(q -> 0, (String[]) nothing()));
        row("exec", "an argument that is null", EFAULT, (p, s) -> p.exec(q -> 0, "a", nothing()));
        row("create", "no body", EFAULT, (p, s) -> p.threads().create("x", nothing()));
        row("create", "too many threads", EAGAIN, (p, s) -> {
            p.processes().limitThreads(3);
            p.threads().create("one", t -> {});
            p.threads().create("two", t -> {});
        });
        row("fork", "too many threads", EAGAIN, (p, s) -> {
            p.processes().limitThreads(2);
            p.fork(child -> 0);
        });
        row("waitAny", "no child", ECHILD, (p, s) -> p.waitAny());
        row("setgroups", "what an ordinary user may not", EPERM, (p, s) -> {
            p.setresuid(5, 5, 5);
            p.setgroups(1);
        });
        row("setgroups", "more than there may be", EINVAL, (p, s) -> p.setgroups(new int[65_537]));
        row("setgroups", "no groups", EFAULT, (p, s) -> p.setgroups((int[]) nothing()));
        row("getcwd", "a directory that is gone", ENOENT, (p, s) -> {
            p.mkdir("/gone", 0755);
            p.chdir("/gone");
            p.rmdir("/gone");
            p.getcwd();
        });
        row("pipe", "one free descriptor", EMFILE, (p, s) -> {
            for (int fd = p.dup(0); fd < p.processes().limits().descriptors() - 1; ) {
                fd = p.dup(0);
            }
            p.close(500);
            p.pipe();
        });
        row("fork", "too many processes", EAGAIN, (p, s) -> {
            p.fork(child -> 0);
            p.fork(child -> 0);
        });
        row("waitpid", "no child", ECHILD, (p, s) -> p.waitpid(-1, 0));
        row("waitpid", "a child that there is not", ECHILD, (p, s) -> p.waitpid(77, 0));
        row("waitpid", "unknown options", EINVAL, (p, s) -> p.waitpid(-1, 0x100));
        row("waitpid", "a number that cannot be negated", ESRCH, (p, s) -> p.waitpid(Integer.MIN_VALUE, 0));
        row("setpgid", "a negative group", EINVAL, (p, s) -> p.setpgid(0, -1));
        row("setpgid", "a process that there is not", ESRCH, (p, s) -> p.setpgid(77, 0));
        row("setpgid", "a group that there is not", EPERM, (p, s) -> p.setpgid(0, 77));
        row("getpgid", "a process that there is not", ESRCH, (p, s) -> p.getpgid(77));
        row("getsid", "a process that there is not", ESRCH, (p, s) -> p.getsid(77));
        row("setsid", "the leader of a group", EPERM, (p, s) -> {
            p.setpgid(0, 0);
            p.setsid();
        });
        row("setresuid", "what an ordinary user may not", EPERM, (p, s) -> {
            p.setresuid(5, 5, 5);
            p.setresuid(0, 0, 0);
        });
        row("setresgid", "what an ordinary user may not", EPERM, (p, s) -> {
            p.setresuid(5, 5, 5);
            p.setresgid(7, 7, 7);
        });
        row("join", "no thread", ESRCH, (p, s) -> p.threads().join(999));
        row("join", "a thread joined before", ESRCH, (p, s) -> {
            int thread = p.threads().create("one", t -> {});
            p.threads().join(thread);
            p.threads().join(thread);
        });
        row("detach", "no thread", ESRCH, (p, s) -> p.threads().detach(999));
        row("detach", "a thread twice", EINVAL, (p, s) -> {
            int thread = p.threads().create("one", t -> t.signals().nanosleep(100_000));
            p.threads().detach(thread);
            p.threads().detach(thread);
        });
        row(
                "join",
                "the calling thread",
                EDEADLK,
                (p, s) -> p.threads().join(p.threads().gettid()));
    }

    private void waits() {
        row("alarm", "a negative time", EINVAL, (p, s) -> p.signals().alarm(-1));
        row("nanosleep", "a negative time", EINVAL, (p, s) -> p.signals().nanosleep(-1));
        row("nanosleep", "a handler that runs meanwhile", EINTR, (p, s) -> {
            ring(p);
            p.signals().nanosleep(Long.MAX_VALUE);
        });
        row("pause", "a handler that runs meanwhile", EINTR, (p, s) -> {
            ring(p);
            p.signals().pause();
        });
        row("sigsuspend", "a handler that runs meanwhile", EINTR, (p, s) -> {
            ring(p);
            p.signals().sigsuspend(0);
        });
        row("sigwaitinfo", "a handler that runs meanwhile", EINTR, (p, s) -> {
            ring(p);
            p.signals().sigwaitinfo(SignalSet.of(10));
        });
        row("sigtimedwait", "no time", EAGAIN, (p, s) -> p.signals().sigtimedwait(SignalSet.of(10), 0));
        row("sigtimedwait", "a time that ends", EAGAIN, (p, s) -> p.signals().sigtimedwait(-1L, 1_000_000));
        row("sigtimedwait", "all the time there is, and a handler that runs meanwhile", EINTR, (p, s) -> {
            ring(p);
            p.signals().sigtimedwait(SignalSet.of(10), Long.MAX_VALUE);
        });
    }

    private static void ring(UserProcess p) {
        p.signals().sigaction(Signal.SIGALRM, SignalAction.handler((self, info) -> {}));
        p.signals().alarm(1_000_000);
    }

    private void signals() {
        row("kill", "a signal that there is not", EINVAL, (p, s) -> p.signals().kill(p.getpid(), 65));
        row("kill", "a negative signal", EINVAL, (p, s) -> p.signals().kill(p.getpid(), -1));
        row("kill", "a process that there is not", ESRCH, (p, s) -> p.signals().kill(77, 0));
        row("kill", "a group that there is not", ESRCH, (p, s) -> p.signals().kill(-77, 0));
        row(
                "kill",
                "a number that cannot be negated",
                ESRCH,
                (p, s) -> p.signals().kill(Integer.MIN_VALUE, 0));
        row(
                "sigqueue",
                "a signal that there is not",
                EINVAL,
                (p, s) -> p.signals().sigqueue(p.getpid(), 65, 0));
        row(
                "sigqueue",
                "a process that there is not",
                ESRCH,
                (p, s) -> p.signals().sigqueue(77, 0, 0));
        row("sigqueue", "a group", ESRCH, (p, s) -> p.signals().sigqueue(-1, 34, 0));
        row("raise", "a signal that there is not", EINVAL, (p, s) -> p.signals().raise(65));
        row(
                "killThread",
                "a thread that there is not",
                ESRCH,
                (p, s) -> p.signals().killThread(77, 0));
        row(
                "killThread",
                "a signal that there is not",
                EINVAL,
                (p, s) -> p.signals().killThread(1, 65));
        row("sigaction", "SIGKILL", EINVAL, (p, s) -> p.signals().sigaction(9, SignalAction.ignore()));
        row(
                "sigaction",
                "a signal that there is not",
                EINVAL,
                (p, s) -> p.signals().sigaction(65, SignalAction.ignore()));
        row("signal", "SIGSTOP", EINVAL, (p, s) -> p.signals().signal(19, (self, info) -> {}));
        row("sigprocmask", "an unknown way", EINVAL, (p, s) -> p.signals().sigprocmask(9, 0));
        row("nanosleep", "a negative time", EINVAL, (p, s) -> p.signals().nanosleep(-1));
    }
}
