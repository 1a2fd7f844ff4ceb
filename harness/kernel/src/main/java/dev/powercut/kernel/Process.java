package dev.powercut.kernel;

import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileAttributes;
import dev.powercut.kernel.vfs.FileSystemStatistics;
import dev.powercut.kernel.vfs.OpenFile;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.kernel.vfs.PathContext;
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

    private final World world;
    private final Vfs vfs;
    private final PathContext context;
    private final DescriptorTable descriptors = new DescriptorTable();

    Process(World world, Vfs vfs, PathContext context) {
        this.world = world;
        this.vfs = vfs;
        this.context = context;
    }

    public int uid() {
        return context.uid();
    }

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
        return (int) call(SystemCall.OPEN, () -> {
            descriptors.next();
            return descriptors.add(vfs.open(context, path, flags, mode));
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

    public void mkdir(String path, int mode) {
        perform(SystemCall.MKDIR, () -> vfs.namespace().mkdir(context, path, mode));
    }

    /** {@code mode}: type and permission bits; {@code device} counts for device nodes (major * 256 + minor). */
    public void mknod(String path, int mode, int device) {
        perform(SystemCall.MKNOD, () -> vfs.namespace().mknod(context, path, mode, device));
    }

    public void rmdir(String path) {
        perform(SystemCall.RMDIR, () -> vfs.namespace().rmdir(context, path));
    }

    /** Does not follow a symbolic link at the end of {@code existing}, as Linux's link(2). */
    public void link(String existing, String path) {
        perform(SystemCall.LINK, () -> vfs.namespace().link(context, existing, path));
    }

    public void unlink(String path) {
        perform(SystemCall.UNLINK, () -> vfs.namespace().unlink(context, path));
    }

    public void symlink(String target, String path) {
        perform(SystemCall.SYMLINK, () -> vfs.namespace().symlink(context, target, path));
    }

    public String readlink(String path) {
        return fetch(SystemCall.READLINK, () -> vfs.namespace().readlink(context, path));
    }

    /** {@code .} or {@code ..} at the end of either path, and the root, give EBUSY as on Linux. */
    public void rename(String from, String to) {
        renameat2(from, to, 0);
    }

    /** {@code flags}: 1 RENAME_NOREPLACE; 2 RENAME_EXCHANGE and others give EINVAL. */
    public void renameat2(String from, String to, int flags) {
        perform(SystemCall.RENAME, () -> vfs.namespace().rename(context, from, to, flags));
    }

    public Stat stat(String path) {
        return fetch(SystemCall.STAT, () -> vfs.attributes().stat(context, path, true));
    }

    public Stat lstat(String path) {
        return fetch(SystemCall.STAT, () -> vfs.attributes().stat(context, path, false));
    }

    public Stat fstat(int fd) {
        return fetch(SystemCall.STAT, () -> vfs.attributes().stat(descriptors.get(fd)));
    }

    public void chmod(String path, int mode) {
        perform(SystemCall.CHMOD, () -> vfs.attributes().chmod(context, path, mode));
    }

    public void fchmod(int fd, int mode) {
        perform(SystemCall.CHMOD, () -> vfs.attributes().chmod(context, descriptors.get(fd), mode));
    }

    /** -1 leaves an id as it is. */
    public void chown(String path, int uid, int gid) {
        perform(SystemCall.CHOWN, () -> vfs.attributes().chown(context, path, uid, gid, true));
    }

    public void lchown(String path, int uid, int gid) {
        perform(SystemCall.CHOWN, () -> vfs.attributes().chown(context, path, uid, gid, false));
    }

    public void fchown(int fd, int uid, int gid) {
        perform(SystemCall.CHOWN, () -> vfs.attributes().chown(context, descriptors.get(fd), uid, gid));
    }

    /** Sets access and modification time, nanoseconds since 1970, {@link #UTIME_NOW} or {@link #UTIME_OMIT}. */
    public void utimens(String path, long accessedNanos, long modifiedNanos) {
        perform(SystemCall.UTIMENS, () -> vfs.attributes().utimens(context, path, accessedNanos, modifiedNanos, true));
    }

    /** As {@link #utimens}, of a symbolic link itself. */
    public void lutimens(String path, long accessedNanos, long modifiedNanos) {
        perform(SystemCall.UTIMENS, () -> vfs.attributes().utimens(context, path, accessedNanos, modifiedNanos, false));
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
}
