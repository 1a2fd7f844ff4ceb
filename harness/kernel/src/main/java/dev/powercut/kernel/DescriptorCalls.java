package dev.powercut.kernel;

import dev.powercut.kernel.memory.AddressSpace;
import dev.powercut.kernel.memory.MemoryFault;
import dev.powercut.kernel.memory.Protection;
import dev.powercut.kernel.vfs.AtFlags;
import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileControl;
import dev.powercut.kernel.vfs.FileSystemStatistics;
import dev.powercut.kernel.vfs.OpenFile;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.kernel.vfs.PathContext;
import dev.powercut.kernel.vfs.PathLimit;
import dev.powercut.kernel.vfs.RecordLock;
import dev.powercut.kernel.vfs.Stat;
import dev.powercut.kernel.vfs.Vfs;
import dev.powercut.sim.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The system calls that give, take or use file descriptors. */
public abstract class DescriptorCalls extends KernelEntry {

    private static final int AT_FDCWD = AtFlags.AT_FDCWD;

    DescriptorCalls(World world, Vfs vfs, PathContext context) {
        super(world, vfs, context);
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
            OpenFile file = vfs.open(context, dirfd, path, flags, mode);
            int fd = addOrRelease(file);
            if ((flags & OpenFlags.O_CLOEXEC) != 0) {
                descriptors.closeOnExec(fd, true);
            }
            return fd;
        });
    }

    private int addOrRelease(OpenFile file) {
        try {
            return descriptors.add(file);
        } catch (ErrnoException full) {
            // Opening waited, and another thread took the last descriptor.
            vfs.release(file);
            throw full;
        }
    }

    public int creat(String path, int mode) {
        return open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC, mode);
    }

    public void close(int fd) {
        perform(SystemCall.CLOSE, () -> vfs.close(context, descriptors.remove(fd)));
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
        return (int) call(SystemCall.DUP, () -> vfs.control().dup2(context, fd, newFd));
    }

    /** As {@link #dup2}, but the two must differ; {@code flags}: O_CLOEXEC. */
    public int dup3(int fd, int newFd, int flags) {
        return (int) call(SystemCall.DUP, () -> vfs.control().dup3(context, fd, newFd, flags));
    }

    /** A new pipe: a descriptor to read from, and one to write to. */
    public int[] pipe() {
        return pipe2(0);
    }

    /** {@code flags}: O_NONBLOCK, O_CLOEXEC. */
    public int[] pipe2(int flags) {
        return fetch(SystemCall.PIPE, () -> vfs.control().pipe(context, flags));
    }

    /** The commands of {@link FileControl} that take a number or nothing. */
    public int fcntl(int fd, int command, int argument) {
        return (int) call(SystemCall.FCNTL, () -> vfs.control().fcntl(context, fd, command, argument));
    }

    /**
     * F_SETLK takes or gives up a lock on a range, or gives EAGAIN; F_SETLKW waits for it; F_GETLK answers with what is in the way,
     * or with type {@link RecordLock#NONE}.
     */
    public RecordLock fcntl(int fd, int command, RecordLock lock) {
        return fetch(SystemCall.FCNTL, () -> vfs.control().fcntl(context, fd, command, lock));
    }

    /** {@link FileControl#FIONREAD} and {@link FileControl#TCGETS}. */
    public int ioctl(int fd, int request) {
        return (int) call(SystemCall.IOCTL, () -> vfs.control().ioctl(context, fd, request));
    }

    /** Returns the count read, 0 at end of file. */
    public int read(int fd, byte[] buffer, int offset, int count) {
        return transferOn(SystemCall.READ, fd, file -> vfs.data().read(file, buffer, offset, count));
    }

    /** Returns the count written, which is short when space runs out in the middle. */
    public int write(int fd, byte[] buffer, int offset, int count) {
        return transferOn(SystemCall.WRITE, fd, file -> vfs.data().write(context, file, buffer, offset, count));
    }

    public int pread(int fd, byte[] buffer, int offset, int count, long position) {
        return transferOn(SystemCall.READ, fd, file -> vfs.data().pread(file, buffer, offset, count, position));
    }

    /** With O_APPEND the data goes to the end of the file whatever {@code position} says, as on Linux and unlike POSIX. */
    public int pwrite(int fd, byte[] buffer, int offset, int count, long position) {
        return transferOn(
                SystemCall.WRITE, fd, file -> vfs.data().pwrite(context, file, buffer, offset, count, position));
    }

    /** {@code whence}: 0 SEEK_SET, 1 SEEK_CUR, 2 SEEK_END, 3 SEEK_DATA, 4 SEEK_HOLE. */
    public long lseek(int fd, long offset, int whence) {
        return callOn(SystemCall.LSEEK, fd, file -> vfs.data().lseek(file, offset, whence));
    }

    public void ftruncate(int fd, long sizeBytes) {
        performOn(SystemCall.TRUNCATE, fd, file -> vfs.data().ftruncate(context, file, sizeBytes));
    }

    public void fsync(int fd) {
        performOn(SystemCall.FSYNC, fd, file -> vfs.data().fsync(file, false));
    }

    public void fdatasync(int fd) {
        performOn(SystemCall.FSYNC, fd, file -> vfs.data().fsync(file, true));
    }

    /** Makes durable the filesystem that an open file is on. */
    public void syncfs(int fd) {
        performOn(SystemCall.SYNC, fd, file -> vfs.data().syncfs(file));
    }

    /** Mode 0 makes space for a range, and the file grow; see {@link dev.powercut.kernel.vfs.FileData#fallocate}. */
    public void fallocate(int fd, int mode, long offset, long length) {
        performOn(SystemCall.FALLOCATE, fd, file -> vfs.data().fallocate(context, file, mode, offset, length));
    }

    /**
     * Stores bytes to a file through a shared mapping that is made for it and given up again, without msync. The file must have
     * bytes there: SIGBUS, which a program would get where it has none, or no space or a device that fails, ends the store.
     *
     * @return how many bytes were stored, at least one
     * @throws dev.powercut.kernel.vfs.ErrnoException as mmap(2); why there was SIGBUS at the first byte: EFAULT behind the end,
     *     else what the filesystem says
     */
    public int storeMapped(int fd, long offset, byte @Nullable [] from) {
        if (from == null) {
            throw Errno.EFAULT.exception("no bytes");
        }
        AddressSpace addresses = new AddressSpace(new AddressSpace.Numbers(), Long.MAX_VALUE);
        int inPage = Math.floorMod(offset, AddressSpace.PAGE_BYTES);
        int protection = Protection.PROT_READ | Protection.PROT_WRITE;
        long length = inPage + (long) from.length;
        long start = call(
                SystemCall.MMAP,
                () -> addresses.map(vfs, context, 0, length, protection, Protection.MAP_SHARED, fd, offset - inPage));
        int done = 0;
        try {
            while (done < from.length) {
                long at = start + inPage + done;
                int part = (int) Math.min(from.length - done, AddressSpace.PAGE_BYTES - at % AddressSpace.PAGE_BYTES);
                addresses.store(at, from, done, part);
                done += part;
            }
        } catch (MemoryFault fault) {
            if (done == 0) {
                throw fault.getCause() instanceof ErrnoException reason ? reason : Errno.EFAULT.exception();
            }
        } finally {
            perform(SystemCall.MUNMAP, () -> addresses.munmap(start, length));
        }
        return done;
    }

    public Stat fstat(int fd) {
        return fetchOn(SystemCall.STAT, fd, file -> vfs.attributes().stat(file));
    }

    public void fchmod(int fd, int mode) {
        performOn(SystemCall.CHMOD, fd, file -> vfs.attributes().chmod(context, file, mode));
    }

    public void fchown(int fd, int uid, int gid) {
        performOn(SystemCall.CHOWN, fd, file -> vfs.attributes().chown(context, file, uid, gid));
    }

    public void futimens(int fd, long accessedNanos, long modifiedNanos) {
        performOn(
                SystemCall.UTIMENS, fd, file -> vfs.attributes().utimens(context, file, accessedNanos, modifiedNanos));
    }

    /** All remaining entries of an open directory, {@code .} and {@code ..} included. */
    public List<DirectoryEntry> readdir(int fd) {
        return fetchOn(SystemCall.READDIR, fd, file -> vfs.namespace().readdir(file));
    }

    public FileSystemStatistics fstatfs(int fd) {
        return fetchOn(SystemCall.STATFS, fd, file -> vfs.attributes().statfs(file));
    }

    public long fpathconf(int fd, PathLimit limit) {
        return callOn(SystemCall.PATHCONF, fd, file -> vfs.attributes().pathconf(file, limit));
    }

    public void fchdir(int fd) {
        performOn(SystemCall.CHDIR, fd, file -> vfs.namespace().fchdir(context, file));
    }
}
