package dev.powercut.kernel;

import dev.powercut.kernel.vfs.AtFlags;
import dev.powercut.kernel.vfs.DescriptorTable;
import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileAttributes;
import dev.powercut.kernel.vfs.FileSystemStatistics;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.OpenFile;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.kernel.vfs.PathContext;
import dev.powercut.kernel.vfs.PathLimit;
import dev.powercut.kernel.vfs.Stat;
import dev.powercut.kernel.vfs.Vfs;
import dev.powercut.sim.World;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A program's view of the kernel: file descriptors and system calls, with POSIX names and POSIX failures ({@link
 * dev.powercut.kernel.vfs.ErrnoException}). Buffers are Java arrays with an offset and a count.
 *
 * <p>Each call takes virtual time and leaves a step in the trace: its name, its result and its error number.
 */
public final class Process {

    /** For {@link #utimens}: the present time. */
    public static final long UTIME_NOW = FileAttributes.TIME_NOW;

    /** For {@link #utimens}: the time stays as it is. */
    public static final long UTIME_OMIT = FileAttributes.TIME_OMIT;

    private static final int AT_FDCWD = AtFlags.AT_FDCWD;

    private final World world;
    private final Vfs vfs;
    private final PathContext context;
    private final DescriptorTable descriptors;

    Process(World world, Vfs vfs, PathContext context) {
        this.world = world;
        this.vfs = vfs;
        this.context = context;
        this.descriptors = context.descriptors();
    }

    /** The effective user. */
    public int uid() {
        return context.uid();
    }

    /** The effective group. */
    public int gid() {
        return context.gid();
    }

    /** Runs a system call. */
    private long call(SystemCall call, LongSupplier body) {
        world.clock().charge(call.costNanos());
        vfs.enterCall();
        try {
            long result = body.getAsLong();
            world.trace().step(call.traceKind(), result, 0);
            return result;
        } catch (ErrnoException failure) {
            world.trace().step(call.traceKind(), -1, failure.errno().number());
            throw failure;
        } finally {
            vfs.leaveCall();
        }
    }

    private void perform(SystemCall call, Runnable body) {
        call(call, () -> {
            body.run();
            return 0;
        });
    }

    /** Runs a system call that hands out more than a number. */
    private <T> T fetch(SystemCall call, Supplier<T> body) {
        Fetched<T> fetched = new Fetched<>(body);
        call(call, fetched);
        return fetched.result();
    }

    /** Transfers bytes between a program and the kernel. */
    private int transfer(SystemCall call, LongSupplier body) {
        long done = call(call, body);
        world.clock().charge(done / SystemCall.COPY_BYTES_PER_NANO);
        return (int) done;
    }

    /**
     * Returns the lowest free descriptor. {@code mode} counts with O_CREAT, after the umask. Flags that {@link OpenFlags} does
     * not name give EINVAL.
     */
    public int open(String path, int flags, int mode) {
        return openat(AT_FDCWD, path, flags, mode);
    }

    public int openat(int dirfd, String path, int flags, int mode) {
        return (int) call(SystemCall.OPEN, () -> {
            descriptors.next();
            return descriptors.add(vfs.open(context, dirfd, path, flags, mode));
        });
    }

    public int creat(String path, int mode) {
        return open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC, mode);
    }

    public void close(int fd) {
        perform(SystemCall.CLOSE, () -> vfs.close(descriptors.remove(fd)));
    }

    /** The process ends: its descriptors are closed, its working directory is given up. Calls that take a path give ESRCH. */
    public void exit() {
        perform(SystemCall.EXIT, () -> {
            for (OpenFile file : descriptors.removeAll()) {
                vfs.close(file);
            }
            vfs.end(context);
        });
    }

    /** A second descriptor, the lowest free one, for the same open file description: they share the file offset. */
    public int dup(int fd) {
        return (int) call(SystemCall.DUP, () -> {
            OpenFile file = descriptors.get(fd);
            int copy = descriptors.add(file);
            file.share();
            return copy;
        });
    }

    /** Lets {@code newFd} stand for what {@code fd} stands for, and closes what it stood for. */
    public int dup2(int fd, int newFd) {
        return (int) call(SystemCall.DUP, () -> {
            OpenFile file = descriptors.get(fd);
            if (newFd != fd) {
                OpenFile former = descriptors.replace(newFd, file);
                file.share();
                if (former != null) {
                    vfs.close(former);
                }
            }
            return newFd;
        });
    }

    /** Returns the count read, 0 at end of file. */
    public int read(int fd, byte[] buffer, int offset, int count) {
        return transfer(SystemCall.READ, () -> vfs.data().read(descriptors.get(fd), buffer, offset, count));
    }

    /** Returns the count written, which is short when space runs out in the middle. */
    public int write(int fd, byte[] buffer, int offset, int count) {
        return transfer(SystemCall.WRITE, () -> vfs.data().write(context, descriptors.get(fd), buffer, offset, count));
    }

    public int pread(int fd, byte[] buffer, int offset, int count, long position) {
        return transfer(SystemCall.READ, () -> vfs.data().pread(descriptors.get(fd), buffer, offset, count, position));
    }

    /** With O_APPEND the data goes to the end of the file whatever {@code position} says, as on Linux and unlike POSIX. */
    public int pwrite(int fd, byte[] buffer, int offset, int count, long position) {
        return transfer(
                SystemCall.WRITE,
                () -> vfs.data().pwrite(context, descriptors.get(fd), buffer, offset, count, position));
    }

    /** {@code whence}: 0 SEEK_SET, 1 SEEK_CUR, 2 SEEK_END, 3 SEEK_DATA, 4 SEEK_HOLE. */
    public long lseek(int fd, long offset, int whence) {
        return call(SystemCall.LSEEK, () -> vfs.data().lseek(descriptors.get(fd), offset, whence));
    }

    public void truncate(String path, long sizeBytes) {
        perform(SystemCall.TRUNCATE, () -> vfs.data().truncate(context, path, sizeBytes));
    }

    public void ftruncate(int fd, long sizeBytes) {
        perform(SystemCall.TRUNCATE, () -> vfs.data().ftruncate(context, descriptors.get(fd), sizeBytes));
    }

    public void fsync(int fd) {
        perform(SystemCall.FSYNC, () -> vfs.data().fsync(descriptors.get(fd), false));
    }

    public void fdatasync(int fd) {
        perform(SystemCall.FSYNC, () -> vfs.data().fsync(descriptors.get(fd), true));
    }

    /** Unlike POSIX's, returns when everything is durable, as Linux's does. */
    public void sync() {
        perform(SystemCall.SYNC, () -> vfs.data().sync());
    }

    /** Makes durable the filesystem that an open file is on. */
    public void syncfs(int fd) {
        perform(SystemCall.SYNC, () -> vfs.data().syncfs(descriptors.get(fd)));
    }

    /** Mode 0 makes space for a range, and the file grow; see {@link dev.powercut.kernel.vfs.FileData#fallocate}. */
    public void fallocate(int fd, int mode, long offset, long length) {
        perform(SystemCall.FALLOCATE, () -> vfs.data().fallocate(context, descriptors.get(fd), mode, offset, length));
    }

    public void mkdir(String path, int mode) {
        mkdirat(AT_FDCWD, path, mode);
    }

    public void mkdirat(int dirfd, String path, int mode) {
        perform(SystemCall.MKDIR, () -> vfs.namespace().mkdir(context, dirfd, path, mode));
    }

    /** {@code mode}: type and permission bits; {@code device} counts for device nodes (major * 256 + minor). */
    public void mknod(String path, int mode, int device) {
        mknodat(AT_FDCWD, path, mode, device);
    }

    public void mknodat(int dirfd, String path, int mode, int device) {
        perform(SystemCall.MKNOD, () -> vfs.namespace().mknod(context, dirfd, path, mode, device));
    }

    public void mkfifo(String path, int mode) {
        mkfifoat(AT_FDCWD, path, mode);
    }

    public void mkfifoat(int dirfd, String path, int mode) {
        mknodat(dirfd, path, Mode.FIFO | mode & Mode.PERMISSIONS, 0);
    }

    public void rmdir(String path) {
        perform(SystemCall.RMDIR, () -> vfs.namespace().rmdir(context, AT_FDCWD, path));
    }

    /** Does not follow a symbolic link at the end of {@code existing}, as Linux's link(2). */
    public void link(String existing, String path) {
        linkat(AT_FDCWD, existing, AT_FDCWD, path, 0);
    }

    /** {@code flags}: AT_SYMLINK_FOLLOW, AT_EMPTY_PATH. */
    public void linkat(int fromDirfd, String existing, int dirfd, String path, int flags) {
        perform(SystemCall.LINK, () -> vfs.namespace().link(context, fromDirfd, existing, dirfd, path, flags));
    }

    public void unlink(String path) {
        perform(SystemCall.UNLINK, () -> vfs.namespace().unlink(context, AT_FDCWD, path));
    }

    /** {@code flags}: AT_REMOVEDIR, to remove a directory. */
    public void unlinkat(int dirfd, String path, int flags) {
        boolean removesDirectory = flags == AtFlags.AT_REMOVEDIR;
        perform(removesDirectory ? SystemCall.RMDIR : SystemCall.UNLINK, () -> {
            if (removesDirectory) {
                vfs.namespace().rmdir(context, dirfd, path);
            } else if (flags == 0) {
                vfs.namespace().unlink(context, dirfd, path);
            } else {
                throw Errno.EINVAL.exception();
            }
        });
    }

    public void symlink(String target, String path) {
        symlinkat(target, AT_FDCWD, path);
    }

    public void symlinkat(String target, int dirfd, String path) {
        perform(SystemCall.SYMLINK, () -> vfs.namespace().symlink(context, target, dirfd, path));
    }

    public String readlink(String path) {
        return readlinkat(AT_FDCWD, path);
    }

    public String readlinkat(int dirfd, String path) {
        return fetch(SystemCall.READLINK, () -> vfs.namespace().readlink(context, dirfd, path));
    }

    /** {@code .} or {@code ..} at the end of either path, and the root, give EBUSY as on Linux. */
    public void rename(String from, String to) {
        renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
    }

    public void renameat(int fromDirfd, String from, int toDirfd, String to) {
        renameat2(fromDirfd, from, toDirfd, to, 0);
    }

    /** {@code flags}: 1 RENAME_NOREPLACE; 2 RENAME_EXCHANGE and others give EINVAL. */
    public void renameat2(int fromDirfd, String from, int toDirfd, String to, int flags) {
        perform(SystemCall.RENAME, () -> vfs.namespace().rename(context, fromDirfd, from, toDirfd, to, flags));
    }

    public Stat stat(String path) {
        return fstatat(AT_FDCWD, path, 0);
    }

    public Stat lstat(String path) {
        return fstatat(AT_FDCWD, path, AtFlags.AT_SYMLINK_NOFOLLOW);
    }

    /** {@code flags}: AT_SYMLINK_NOFOLLOW, AT_EMPTY_PATH. */
    public Stat fstatat(int dirfd, String path, int flags) {
        return fetch(SystemCall.STAT, () -> vfs.attributes().stat(context, dirfd, path, flags));
    }

    /** {@code wanted}: 4 to read, 2 to write, 1 to execute or search, or their sum, for the real user; 0 to exist. */
    public void access(String path, int wanted) {
        faccessat(AT_FDCWD, path, wanted, 0);
    }

    /** {@code flags}: AT_EACCESS, for the effective user; AT_SYMLINK_NOFOLLOW. */
    public void faccessat(int dirfd, String path, int wanted, int flags) {
        perform(SystemCall.ACCESS, () -> vfs.attributes().access(context, dirfd, path, wanted, flags));
    }

    public Stat fstat(int fd) {
        return fetch(SystemCall.STAT, () -> vfs.attributes().stat(descriptors.get(fd)));
    }

    public void chmod(String path, int mode) {
        fchmodat(AT_FDCWD, path, mode, 0);
    }

    /** {@code flags}: AT_SYMLINK_NOFOLLOW, which gives EOPNOTSUPP for a symbolic link. */
    public void fchmodat(int dirfd, String path, int mode, int flags) {
        perform(SystemCall.CHMOD, () -> vfs.attributes().chmod(context, dirfd, path, mode, flags));
    }

    public void fchmod(int fd, int mode) {
        perform(SystemCall.CHMOD, () -> vfs.attributes().chmod(context, descriptors.get(fd), mode));
    }

    /** -1 leaves an id as it is. */
    public void chown(String path, int uid, int gid) {
        fchownat(AT_FDCWD, path, uid, gid, 0);
    }

    public void lchown(String path, int uid, int gid) {
        fchownat(AT_FDCWD, path, uid, gid, AtFlags.AT_SYMLINK_NOFOLLOW);
    }

    /** {@code flags}: AT_SYMLINK_NOFOLLOW, AT_EMPTY_PATH. */
    public void fchownat(int dirfd, String path, int uid, int gid, int flags) {
        perform(SystemCall.CHOWN, () -> vfs.attributes().chown(context, dirfd, path, uid, gid, flags));
    }

    public void fchown(int fd, int uid, int gid) {
        perform(SystemCall.CHOWN, () -> vfs.attributes().chown(context, descriptors.get(fd), uid, gid));
    }

    /** Sets access and modification time, nanoseconds since 1970, {@link #UTIME_NOW} or {@link #UTIME_OMIT}. */
    public void utimens(String path, long accessedNanos, long modifiedNanos) {
        utimensat(AT_FDCWD, path, accessedNanos, modifiedNanos, 0);
    }

    /** As {@link #utimens}, of a symbolic link itself. */
    public void lutimens(String path, long accessedNanos, long modifiedNanos) {
        utimensat(AT_FDCWD, path, accessedNanos, modifiedNanos, AtFlags.AT_SYMLINK_NOFOLLOW);
    }

    /** {@code flags}: AT_SYMLINK_NOFOLLOW, AT_EMPTY_PATH. */
    public void utimensat(int dirfd, String path, long accessedNanos, long modifiedNanos, int flags) {
        perform(
                SystemCall.UTIMENS,
                () -> vfs.attributes().utimens(context, dirfd, path, accessedNanos, modifiedNanos, flags));
    }

    public void futimens(int fd, long accessedNanos, long modifiedNanos) {
        perform(
                SystemCall.UTIMENS,
                () -> vfs.attributes().utimens(context, descriptors.get(fd), accessedNanos, modifiedNanos));
    }

    /** All remaining entries of an open directory, {@code .} and {@code ..} included. */
    public List<DirectoryEntry> readdir(int fd) {
        return fetch(SystemCall.READDIR, () -> vfs.namespace().readdir(descriptors.get(fd)));
    }

    public FileSystemStatistics statfs(String path) {
        return fetch(SystemCall.STATFS, () -> vfs.attributes().statfs(context, path));
    }

    public FileSystemStatistics fstatfs(int fd) {
        return fetch(SystemCall.STATFS, () -> vfs.attributes().statfs(descriptors.get(fd)));
    }

    public long pathconf(String path, PathLimit limit) {
        return call(SystemCall.PATHCONF, () -> vfs.attributes().pathconf(context, path, limit));
    }

    public long fpathconf(int fd, PathLimit limit) {
        return call(SystemCall.PATHCONF, () -> vfs.attributes().pathconf(descriptors.get(fd), limit));
    }

    public void chdir(String path) {
        perform(SystemCall.CHDIR, () -> vfs.namespace().chdir(context, path));
    }

    public void fchdir(int fd) {
        perform(SystemCall.CHDIR, () -> vfs.namespace().fchdir(context, descriptors.get(fd)));
    }

    /** The absolute path of the working directory. */
    public String getcwd() {
        return fetch(SystemCall.GETCWD, () -> vfs.namespace().getcwd(context));
    }

    /** Sets the file creation mask and returns the old one. */
    public int umask(int mask) {
        return (int) call(SystemCall.UMASK, () -> context.umask(mask));
    }

    /** Sets real, effective and saved user; -1 leaves one as it is. */
    public void setresuid(int real, int effective, int saved) {
        perform(SystemCall.SETID, () -> context.setresuid(real, effective, saved));
    }

    /** Sets real, effective and saved group; -1 leaves one as it is. */
    public void setresgid(int real, int effective, int saved) {
        perform(SystemCall.SETID, () -> context.setresgid(real, effective, saved));
    }

    /** Sets the supplementary groups. */
    public void setgroups(int... groups) {
        perform(SystemCall.SETID, () -> context.setgroups(groups));
    }
}
