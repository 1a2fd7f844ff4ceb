package dev.powercut.kernel.contract;

import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.AtFlags;
import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileControl;
import dev.powercut.kernel.vfs.FileName;
import dev.powercut.kernel.vfs.FileSystemStatistics;
import dev.powercut.kernel.vfs.PathLimit;
import dev.powercut.kernel.vfs.RecordLock;
import dev.powercut.kernel.vfs.Stat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The calls of the C library, on a thread with ids, a root and a working directory of its own. */
public final class LibcCalls implements PosixCalls, AutoCloseable {

    private static final long PATH_BYTES = 1 << 14;
    private static final long STATX_BYTES = 256;
    private static final long STATVFS_BYTES = 128;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int STATX_BASIC_STATS = 0x7FF;
    private static final int O_LARGEFILE = 0x8000;
    private static final int CLOCK_REALTIME = 0;
    private static final int CLOCK_REALTIME_COARSE = 5;
    private static final long UTIME_NOW = (1L << 30) - 1;
    private static final long UTIME_OMIT = (1L << 30) - 2;

    private final LibcThread thread;
    private final TreeSet<Integer> open = new TreeSet<>();
    private Arena arena = Arena.ofShared();

    LibcCalls(LibcThread thread) {
        this.thread = thread;
    }

    /** The calls of a thread of its own, in the working directory of this process; close it when done. */
    public static LibcCalls onThread(String name) {
        return new LibcCalls(new LibcThread(name));
    }

    /** Gives this thread a working directory of its own, which {@link #chdir} then changes for it alone. */
    public void unshareDirectory() {
        unshare(Libc.CLONE_FS);
    }

    private long call(MethodHandle function, Object... arguments) {
        return thread.call(function, arguments);
    }

    void syscall(long number, long first, long second, long third, long fourth) {
        call(Libc.SYSCALL, number, first, second, third, fourth, 0L);
    }

    private int opened(long fd) {
        open.add((int) fd);
        return (int) fd;
    }

    /** Gives back what was left open, and memory. */
    public void tidy() {
        for (int fd : List.copyOf(open)) {
            close(fd);
        }
        arena.close();
        arena = Arena.ofShared();
    }

    @Override
    public void close() {
        arena.close();
        thread.close();
    }

    private MemorySegment string(String text) {
        byte[] bytes = FileName.toBytes(text);
        MemorySegment segment = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return segment;
    }

    private MemorySegment segment(byte[] bytes) {
        MemorySegment segment = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return segment;
    }

    private static byte[] bytes(MemorySegment buffer, long count) {
        return buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
    }

    private static String text(MemorySegment buffer, long count) {
        return FileName.fromBytes(bytes(buffer, count), 0, (int) count);
    }

    void chroot(String path) {
        call(Libc.CHROOT, string(path));
    }

    void unshare(int flags) {
        call(Libc.UNSHARE, flags);
    }

    void setgroups(int... groups) {
        MemorySegment list = arena.allocate(4L * groups.length + 4, 4);
        MemorySegment.copy(groups, 0, list, ValueLayout.JAVA_INT, 0, groups.length);
        syscall(Libc.SYS_SETGROUPS, groups.length, list.address(), 0, 0);
    }

    void setresgid(int gid) {
        syscall(Libc.SYS_SETRESGID, gid, gid, gid, 0);
    }

    /** Waits until the time that the kernel marks files with, which goes in steps, is past the present. */
    void awaitNextTime() {
        MemorySegment time = arena.allocate(16, 8);
        long present = time(CLOCK_REALTIME, time);
        while (time(CLOCK_REALTIME_COARSE, time) <= present) {
            Thread.onSpinWait();
        }
    }

    private long time(int clock, MemorySegment time) {
        call(Libc.CLOCK_GETTIME, clock, time);
        return time.get(ValueLayout.JAVA_LONG, 0) * NANOS_PER_SECOND + time.get(ValueLayout.JAVA_LONG, 8);
    }

    private MemorySegment times(long accessedNanos, long modifiedNanos) {
        MemorySegment times = arena.allocate(32, 8);
        putTime(times, 0, accessedNanos);
        putTime(times, 16, modifiedNanos);
        return times;
    }

    private static void putTime(MemorySegment times, long at, long nanos) {
        boolean isSpecial = nanos == Process.UTIME_NOW || nanos == Process.UTIME_OMIT;
        long special = nanos == Process.UTIME_NOW ? UTIME_NOW : UTIME_OMIT;
        times.set(ValueLayout.JAVA_LONG, at, isSpecial ? 0 : Math.floorDiv(nanos, NANOS_PER_SECOND));
        times.set(ValueLayout.JAVA_LONG, at + 8, isSpecial ? special : Math.floorMod(nanos, NANOS_PER_SECOND));
    }

    /** struct statx (linux/stat.h), which is the same on all machines. */
    private Stat statx(int dirfd, String path, int flags) {
        MemorySegment s = arena.allocate(STATX_BYTES, 8);
        call(Libc.STATX, dirfd, string(path), flags, STATX_BASIC_STATS, s);
        return new Stat(
                s.get(ValueLayout.JAVA_LONG, 32),
                s.get(ValueLayout.JAVA_SHORT, 28) & 0xFFFF,
                s.get(ValueLayout.JAVA_INT, 16),
                s.get(ValueLayout.JAVA_INT, 20),
                s.get(ValueLayout.JAVA_INT, 24),
                s.get(ValueLayout.JAVA_INT, 128) * 256 + s.get(ValueLayout.JAVA_INT, 132),
                s.get(ValueLayout.JAVA_LONG, 40),
                s.get(ValueLayout.JAVA_INT, 4),
                s.get(ValueLayout.JAVA_LONG, 48),
                nanos(s, 64),
                nanos(s, 112),
                nanos(s, 96));
    }

    private static long nanos(MemorySegment s, long at) {
        return s.get(ValueLayout.JAVA_LONG, at) * NANOS_PER_SECOND + s.get(ValueLayout.JAVA_INT, at + 8);
    }

    /** struct statvfs of glibc with 64 bits. */
    private static FileSystemStatistics statistics(MemorySegment s) {
        return new FileSystemStatistics(
                (int) s.get(ValueLayout.JAVA_LONG, 8),
                s.get(ValueLayout.JAVA_LONG, 16),
                s.get(ValueLayout.JAVA_LONG, 24),
                s.get(ValueLayout.JAVA_LONG, 32),
                s.get(ValueLayout.JAVA_LONG, 40),
                s.get(ValueLayout.JAVA_LONG, 48),
                (int) s.get(ValueLayout.JAVA_LONG, 80));
    }

    /** struct linux_dirent64, getdents64(2). */
    private List<DirectoryEntry> entries(int fd) {
        List<DirectoryEntry> entries = new ArrayList<>();
        MemorySegment buffer = arena.allocate(1 << 15, 8);
        while (true) {
            long count = call(Libc.GETDENTS64, fd, buffer, buffer.byteSize());
            if (count <= 0) {
                return entries;
            }
            for (long at = 0; at < count; at += buffer.get(ValueLayout.JAVA_SHORT, at + 16) & 0xFFFF) {
                MemorySegment name = buffer.asSlice(at + 19);
                long length = 0;
                while (name.get(ValueLayout.JAVA_BYTE, length) != 0) {
                    length++;
                }
                int type = (buffer.get(ValueLayout.JAVA_BYTE, at + 18) & 0xF) << 12;
                entries.add(
                        new DirectoryEntry(text(name, length), buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, at), type));
            }
        }
    }

    /** Numbers of bits/confname.h. */
    private static int number(PathLimit limit) {
        return switch (limit) {
            case LINK_MAX -> 0;
            case NAME_MAX -> 3;
            case PATH_MAX -> 4;
            case PIPE_BUF -> 5;
            case CHOWN_RESTRICTED -> 6;
            case NO_TRUNC -> 7;
            case SYNC_IO -> 9;
            case FILESIZEBITS -> 13;
            case REC_XFER_ALIGN -> 17;
            case ALLOC_SIZE_MIN -> 18;
            case SYMLINK_MAX -> 19;
            case TWO_SYMLINKS -> 20;
            case TIMESTAMP_RESOLUTION -> throw new ErrnoException(Errno.EINVAL, "glibc does not know it");
        };
    }

    @Override
    public int open(String path, int flags, int mode) {
        return openat(AtFlags.AT_FDCWD, path, flags, mode);
    }

    @Override
    public int openat(int dirfd, String path, int flags, int mode) {
        return opened(call(Libc.OPENAT, dirfd, string(path), flags, mode));
    }

    @Override
    public int creat(String path, int mode) {
        return opened(call(Libc.CREAT, string(path), mode));
    }

    @Override
    public void close(int fd) {
        call(Libc.CLOSE, fd);
        open.remove(fd);
    }

    @Override
    public int dup(int fd) {
        return opened(call(Libc.DUP, fd));
    }

    @Override
    public int dup2(int fd, int newFd) {
        return opened(call(Libc.DUP2, fd, newFd));
    }

    @Override
    public int dup3(int fd, int newFd, int flags) {
        return opened(call(Libc.DUP3, fd, newFd, flags));
    }

    @Override
    public int[] pipe2(int flags) {
        MemorySegment ends = arena.allocate(8, 4);
        call(Libc.PIPE2, ends, flags);
        return new int[] {opened(ends.get(ValueLayout.JAVA_INT, 0)), opened(ends.get(ValueLayout.JAVA_INT, 4))};
    }

    @Override
    public int fcntl(int fd, int command, int argument) {
        int result = (int) call(Libc.FCNTL, fd, command, (long) argument);
        boolean opens = command == FileControl.F_DUPFD || command == FileControl.F_DUPFD_CLOEXEC;
        // Without O_LARGEFILE, which is always set with 64 bits, and says nothing.
        return opens ? opened(result) : command == FileControl.F_GETFL ? result & ~O_LARGEFILE : result;
    }

    /** struct flock with 64 bits. */
    @Override
    public RecordLock fcntl(int fd, int command, RecordLock lock) {
        MemorySegment flock = arena.allocate(32, 8);
        flock.set(ValueLayout.JAVA_SHORT, 0, (short) lock.type());
        flock.set(ValueLayout.JAVA_SHORT, 2, (short) lock.whence());
        flock.set(ValueLayout.JAVA_LONG, 8, lock.start());
        flock.set(ValueLayout.JAVA_LONG, 16, lock.length());
        flock.set(ValueLayout.JAVA_INT, 24, lock.processId());
        call(Libc.FCNTL_LOCK, fd, command, flock);
        return new RecordLock(
                flock.get(ValueLayout.JAVA_SHORT, 0),
                flock.get(ValueLayout.JAVA_SHORT, 2),
                flock.get(ValueLayout.JAVA_LONG, 8),
                flock.get(ValueLayout.JAVA_LONG, 16),
                0);
    }

    @Override
    public int ioctl(int fd, int request) {
        MemorySegment answer = arena.allocate(8, 8);
        call(Libc.IOCTL, fd, (long) request, answer);
        return answer.get(ValueLayout.JAVA_INT, 0);
    }

    @Override
    public byte[] read(int fd, int count) {
        MemorySegment buffer = arena.allocate(count + 1L);
        return bytes(buffer, call(Libc.READ, fd, buffer, (long) count));
    }

    @Override
    public byte[] pread(int fd, int count, long position) {
        MemorySegment buffer = arena.allocate(count + 1L);
        return bytes(buffer, call(Libc.PREAD, fd, buffer, (long) count, position));
    }

    @Override
    public int write(int fd, byte[] bytes) {
        return (int) call(Libc.WRITE, fd, segment(bytes), (long) bytes.length);
    }

    @Override
    public int pwrite(int fd, byte[] bytes, long position) {
        return (int) call(Libc.PWRITE, fd, segment(bytes), (long) bytes.length, position);
    }

    @Override
    public long lseek(int fd, long offset, int whence) {
        return call(Libc.LSEEK, fd, offset, whence);
    }

    @Override
    public void truncate(String path, long size) {
        call(Libc.TRUNCATE, string(path), size);
    }

    @Override
    public void ftruncate(int fd, long size) {
        call(Libc.FTRUNCATE, fd, size);
    }

    @Override
    public void fallocate(int fd, int mode, long offset, long length) {
        call(Libc.FALLOCATE, fd, mode, offset, length);
    }

    @Override
    public void fsync(int fd) {
        call(Libc.FSYNC, fd);
    }

    @Override
    public void fdatasync(int fd) {
        call(Libc.FDATASYNC, fd);
    }

    @Override
    public void sync() {
        syscall(Libc.SYS_SYNC, 0, 0, 0, 0);
    }

    @Override
    public void syncfs(int fd) {
        call(Libc.SYNCFS, fd);
    }

    @Override
    public void mkdir(String path, int mode) {
        call(Libc.MKDIR, string(path), mode);
    }

    @Override
    public void mkdirat(int dirfd, String path, int mode) {
        call(Libc.MKDIRAT, dirfd, string(path), mode);
    }

    @Override
    public void mknod(String path, int mode, int device) {
        call(Libc.MKNOD, string(path), mode, (long) device);
    }

    @Override
    public void mknodat(int dirfd, String path, int mode, int device) {
        call(Libc.MKNODAT, dirfd, string(path), mode, (long) device);
    }

    @Override
    public void mkfifo(String path, int mode) {
        call(Libc.MKFIFO, string(path), mode);
    }

    @Override
    public void mkfifoat(int dirfd, String path, int mode) {
        call(Libc.MKFIFOAT, dirfd, string(path), mode);
    }

    @Override
    public void rmdir(String path) {
        call(Libc.RMDIR, string(path));
    }

    @Override
    public void link(String existing, String path) {
        call(Libc.LINK, string(existing), string(path));
    }

    @Override
    public void linkat(int fromDirfd, String existing, int dirfd, String path, int flags) {
        call(Libc.LINKAT, fromDirfd, string(existing), dirfd, string(path), flags);
    }

    @Override
    public void unlink(String path) {
        call(Libc.UNLINK, string(path));
    }

    @Override
    public void unlinkat(int dirfd, String path, int flags) {
        call(Libc.UNLINKAT, dirfd, string(path), flags);
    }

    @Override
    public void symlink(String target, String path) {
        call(Libc.SYMLINK, string(target), string(path));
    }

    @Override
    public void symlinkat(String target, int dirfd, String path) {
        call(Libc.SYMLINKAT, string(target), dirfd, string(path));
    }

    @Override
    public String readlink(String path) {
        MemorySegment buffer = arena.allocate(PATH_BYTES);
        return text(buffer, call(Libc.READLINK, string(path), buffer, PATH_BYTES));
    }

    @Override
    public String readlinkat(int dirfd, String path) {
        MemorySegment buffer = arena.allocate(PATH_BYTES);
        return text(buffer, call(Libc.READLINKAT, dirfd, string(path), buffer, PATH_BYTES));
    }

    @Override
    public void rename(String from, String to) {
        call(Libc.RENAME, string(from), string(to));
    }

    @Override
    public void renameat(int fromDirfd, String from, int toDirfd, String to) {
        call(Libc.RENAMEAT, fromDirfd, string(from), toDirfd, string(to));
    }

    @Override
    public void renameat2(int fromDirfd, String from, int toDirfd, String to, int flags) {
        call(Libc.RENAMEAT2, fromDirfd, string(from), toDirfd, string(to), flags);
    }

    @Override
    public Stat fstatat(int dirfd, String path, int flags) {
        return statx(dirfd, path, flags);
    }

    @Override
    public Stat fstat(int fd) {
        return statx(fd, "", AtFlags.AT_EMPTY_PATH);
    }

    @Override
    public void access(String path, int wanted) {
        call(Libc.ACCESS, string(path), wanted);
    }

    @Override
    public void faccessat(int dirfd, String path, int wanted, int flags) {
        call(Libc.FACCESSAT, dirfd, string(path), wanted, flags);
    }

    @Override
    public void chmod(String path, int mode) {
        call(Libc.CHMOD, string(path), mode);
    }

    @Override
    public void fchmod(int fd, int mode) {
        call(Libc.FCHMOD, fd, mode);
    }

    @Override
    public void fchmodat(int dirfd, String path, int mode, int flags) {
        if (flags == 0) {
            call(Libc.FCHMODAT, dirfd, string(path), mode, flags);
        } else {
            // The C library asks /proc, which is not there below another root.
            syscall(Libc.SYS_FCHMODAT2, dirfd, string(path).address(), mode, flags);
        }
    }

    @Override
    public void chown(String path, int uid, int gid) {
        call(Libc.CHOWN, string(path), uid, gid);
    }

    @Override
    public void lchown(String path, int uid, int gid) {
        call(Libc.LCHOWN, string(path), uid, gid);
    }

    @Override
    public void fchown(int fd, int uid, int gid) {
        call(Libc.FCHOWN, fd, uid, gid);
    }

    @Override
    public void fchownat(int dirfd, String path, int uid, int gid, int flags) {
        call(Libc.FCHOWNAT, dirfd, string(path), uid, gid, flags);
    }

    @Override
    public void utimensat(int dirfd, String path, long accessedNanos, long modifiedNanos, int flags) {
        call(Libc.UTIMENSAT, dirfd, string(path), times(accessedNanos, modifiedNanos), flags);
    }

    @Override
    public void futimens(int fd, long accessedNanos, long modifiedNanos) {
        call(Libc.FUTIMENS, fd, times(accessedNanos, modifiedNanos));
    }

    @Override
    public List<DirectoryEntry> readdir(int fd) {
        return entries(fd);
    }

    @Override
    public FileSystemStatistics statfs(String path) {
        MemorySegment buffer = arena.allocate(STATVFS_BYTES, 8);
        call(Libc.STATVFS, string(path), buffer);
        return statistics(buffer);
    }

    @Override
    public FileSystemStatistics fstatfs(int fd) {
        MemorySegment buffer = arena.allocate(STATVFS_BYTES, 8);
        call(Libc.FSTATVFS, fd, buffer);
        return statistics(buffer);
    }

    @Override
    public long pathconf(String path, PathLimit limit) {
        return call(Libc.PATHCONF, string(path), number(limit));
    }

    @Override
    public long fpathconf(int fd, PathLimit limit) {
        return call(Libc.FPATHCONF, fd, number(limit));
    }

    @Override
    public void chdir(String path) {
        call(Libc.CHDIR, string(path));
    }

    @Override
    public void fchdir(int fd) {
        call(Libc.FCHDIR, fd);
    }

    @Override
    public String getcwd() {
        MemorySegment buffer = arena.allocate(PATH_BYTES);
        if (call(Libc.GETCWD, buffer, PATH_BYTES) == 0) {
            throw Errno.ENOENT.exception();
        }
        return buffer.getString(0);
    }

    @Override
    public int umask(int mask) {
        return (int) call(Libc.UMASK, mask);
    }

    @Override
    public void setresuid(int real, int effective, int saved) {
        syscall(Libc.SYS_SETRESUID, real, effective, saved, 0);
    }
}
