package dev.powercut.kernel.vfs;

import dev.powercut.kernel.wait.WaitList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pipes, and the calls on descriptors themselves: dup(2), fcntl(2), ioctl(2). Numbers are Linux's on x86-64. */
public final class FileControl {

    public static final int F_DUPFD = 0;
    public static final int F_GETFD = 1;
    public static final int F_SETFD = 2;
    public static final int F_GETFL = 3;
    public static final int F_SETFL = 4;
    public static final int F_GETLK = 5;
    public static final int F_SETLK = 6;
    public static final int F_SETLKW = 7;
    public static final int F_SETOWN = 8;
    public static final int F_GETOWN = 9;
    public static final int F_SETSIG = 10;
    public static final int F_GETSIG = 11;
    public static final int F_DUPFD_CLOEXEC = 1030;
    public static final int F_SETPIPE_SZ = 1031;
    public static final int F_GETPIPE_SZ = 1032;

    public static final int FD_CLOEXEC = 1;

    /** How many bytes can be read at once. */
    public static final int FIONREAD = 0x541B;

    /** Succeeds for terminals. */
    public static final int TCGETS = 0x5401;

    private static final int LAST_SIGNAL = 64;

    /** Tells the owners of descriptions. */
    public interface Notifier {

        /** Nobody is told. */
        Notifier NONE = (fd, owner, signal, news) -> {};

        /**
         * There is news.
         *
         * @param fd the descriptor that O_ASYNC was set by
         * @param owner a process, or a group negated
         * @param signal as of F_SETSIG, or 0
         */
        void changed(int fd, int owner, int signal, WaitList.News news);

        /** Whether there is such a process, or group negated. */
        default boolean isThere(int owner) {
            return true;
        }
    }

    private record Notified(OpenFile file, WaitList.Listener listener) {}

    private final Vfs vfs;
    private final List<Notified> notified = new ArrayList<>(0);
    private Notifier notifier = Notifier.NONE;

    FileControl(Vfs vfs) {
        this.vfs = vfs;
    }

    /** Who sends the signals of O_ASYNC. */
    public void notifier(Notifier sender) {
        notifier = sender;
    }

    /** A new pipe: a descriptor to read from it, and one to write to it. {@code flags}: O_NONBLOCK, O_CLOEXEC. */
    public int[] pipe(PathContext context, int flags) {
        DescriptorTable descriptors = context.descriptors();
        OpenFile[] ends = vfs.openPipe(context, flags);
        boolean closes = (flags & OpenFlags.O_CLOEXEC) != 0;
        try {
            int reader = descriptors.add(ends[0]);
            int writer;
            try {
                writer = descriptors.add(ends[1]);
            } catch (ErrnoException full) {
                descriptors.remove(reader);
                throw full;
            }
            descriptors.closeOnExec(reader, closes);
            descriptors.closeOnExec(writer, closes);
            return new int[] {reader, writer};
        } catch (ErrnoException full) {
            vfs.release(ends[0]);
            vfs.release(ends[1]);
            throw full;
        }
    }

    /** Lets {@code newFd} stand for what {@code fd} stands for, and closes what it stood for; {@code flags}: O_CLOEXEC. */
    public int dup3(PathContext context, int fd, int newFd, int flags) {
        if ((flags & ~OpenFlags.O_CLOEXEC) != 0 || fd == newFd) {
            throw Errno.EINVAL.exception();
        }
        replace(context, fd, newFd);
        context.descriptors().closeOnExec(newFd, (flags & OpenFlags.O_CLOEXEC) != 0);
        return newFd;
    }

    public int dup2(PathContext context, int fd, int newFd) {
        if (fd == newFd) {
            context.descriptors().get(fd);
        } else {
            replace(context, fd, newFd);
        }
        return newFd;
    }

    private void replace(PathContext context, int fd, int newFd) {
        DescriptorTable descriptors = context.descriptors();
        OpenFile file = descriptors.get(fd);
        OpenFile former = descriptors.replace(newFd, file);
        file.share();
        if (former != null) {
            vfs.close(context, former);
        }
    }

    /** All commands but those that take a lock. */
    public int fcntl(PathContext context, int fd, int command, int argument) {
        DescriptorTable descriptors = context.descriptors();
        OpenFile file = descriptors.get(fd);
        return switch (command) {
            case F_DUPFD, F_DUPFD_CLOEXEC -> {
                int copy = descriptors.nextFrom(argument);
                descriptors.put(copy, file);
                file.share();
                descriptors.closeOnExec(copy, command == F_DUPFD_CLOEXEC);
                yield copy;
            }
            case F_GETFD -> descriptors.isClosedOnExec(fd) ? FD_CLOEXEC : 0;
            case F_SETFD -> {
                descriptors.closeOnExec(fd, (argument & FD_CLOEXEC) != 0);
                yield 0;
            }
            case F_GETFL -> file.flags();
            case F_SETFL -> {
                setStatusFlags(context, fd, file, argument);
                yield 0;
            }
            case F_GETOWN -> file.owner();
            case F_SETOWN -> {
                if (argument == Integer.MIN_VALUE) {
                    throw Errno.EINVAL.exception();
                }
                if (argument != 0 && !notifier.isThere(argument)) {
                    throw Errno.ESRCH.exception("owner " + argument);
                }
                file.setOwner(argument);
                yield 0;
            }
            case F_GETSIG -> file.ownerSignal();
            case F_SETSIG -> {
                if (argument < 0 || argument > LAST_SIGNAL) {
                    throw Errno.EINVAL.exception();
                }
                file.setOwnerSignal(argument);
                yield 0;
            }
            case F_SETPIPE_SZ -> pipe(file).resize(argument, context.uid() == 0);
            case F_GETPIPE_SZ -> pipe(file).capacityBytes();
            default -> throw Errno.EINVAL.exception("command " + command);
        };
    }

    private static Pipe pipe(OpenFile file) {
        if (file.special instanceof Pipe pipe) {
            return pipe;
        }
        throw Errno.EBADF.exception("no pipe");
    }

    private void setStatusFlags(PathContext context, int fd, OpenFile file, int flags) {
        boolean becomesQuiet = (flags & OpenFlags.O_NOATIME) != 0 && !file.leavesAccessTime();
        if (becomesQuiet && !Permissions.isOwner(context, file.inode)) {
            throw Errno.EPERM.exception("O_NOATIME is for the owner");
        }
        int before = file.flags();
        file.setStatusFlags(flags);
        int after = file.flags();
        if (((before ^ after) & OpenFlags.O_ASYNC) != 0 && file.special != null) {
            stopNotifying(file, file.special);
            if ((after & OpenFlags.O_ASYNC) != 0) {
                notify(fd, file, file.special);
            }
        }
    }

    private void notify(int fd, OpenFile file, SpecialFile special) {
        WaitList.Listener listener = news -> {
            boolean isOwn = news == WaitList.News.READABLE ? file.isReadable() : file.isWritable();
            if (isOwn && file.owner() != 0) {
                notifier.changed(fd, file.owner(), file.ownerSignal(), news);
            }
        };
        special.changes().listen(listener);
        notified.add(new Notified(file, listener));
    }

    /** A description has no O_ASYNC any more, or is gone. */
    void stopNotifying(OpenFile file, SpecialFile special) {
        for (int i = notified.size() - 1; i >= 0; i--) {
            if (notified.get(i).file == file) {
                special.changes().unlisten(notified.remove(i).listener());
            }
        }
    }

    /** F_GETLK, whose answer says what is in the way; F_SETLK and F_SETLKW, which answer with the lock itself. */
    public RecordLock fcntl(PathContext context, int fd, int command, @Nullable RecordLock lock) {
        OpenFile file = context.descriptors().get(fd);
        if (lock == null) {
            throw Errno.EFAULT.exception("no lock");
        }
        if (command == F_GETLK) {
            return vfs.recordLocks().test(context, file, lock);
        }
        if (command != F_SETLK && command != F_SETLKW) {
            throw Errno.EINVAL.exception("command " + command);
        }
        file.share();
        try {
            vfs.recordLocks().set(context, file, lock, command == F_SETLKW);
            if (lock.type() != RecordLock.NONE && !context.descriptors().isFor(fd, file)) {
                // Closed while this waited: nobody would ever give the lock up (fcntl_setlk of Linux does the same).
                vfs.recordLocks().closed(context, file.inode);
                throw Errno.EBADF.exception("another thread has closed the descriptor meanwhile");
            }
        } finally {
            vfs.release(file);
        }
        return lock;
    }

    /** {@link #FIONREAD} and {@link #TCGETS}; other requests give ENOTTY. */
    public int ioctl(PathContext context, int fd, int request) {
        OpenFile file = context.descriptors().get(fd);
        if (request == TCGETS && file.special != null && file.special.isTerminal()) {
            return 0;
        }
        if (request != FIONREAD) {
            throw Errno.ENOTTY.exception("request 0x" + Integer.toHexString(request));
        }
        SpecialFile special = file.special;
        if (special != null) {
            return special.readableBytes();
        }
        if (!file.inode.isRegular()) {
            throw Errno.ENOTTY.exception();
        }
        return (int) (file.inode.sizeBytes() - file.position);
    }

    /** exec: closes the descriptors that are marked so. */
    public void closeMarked(PathContext context) {
        DescriptorTable descriptors = context.descriptors();
        for (int fd : descriptors.open()) {
            if (descriptors.isClosedOnExec(fd)) {
                vfs.close(context, descriptors.remove(fd));
            }
        }
    }

    /** Some description in a process's table that has an end of a pipe open, or null. */
    public static @Nullable OpenFile end(PathContext context, SpecialFile special, boolean writing) {
        for (int fd : context.descriptors().open()) {
            OpenFile file = context.descriptors().get(fd);
            if (file.special == special && (writing ? file.isWritable() : file.isReadable())) {
                return file;
            }
        }
        return null;
    }
}
