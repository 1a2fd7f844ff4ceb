package dev.powercut.kernel.stream;

import dev.powercut.kernel.process.UserProcess;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileControl;
import dev.powercut.kernel.vfs.OpenFlags;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens streams. They are listed in the process's memory, so that exit finds them, and a child has them too. */
public final class Stdio {

    private static final int FILE_BUFFER_BYTES = 4096;
    private static final int TERMINAL_BUFFER_BYTES = 1024;

    private Stdio() {}

    /** The stream of descriptor 0. */
    public static FileStream stdin(UserProcess self) {
        return standard(self, 0);
    }

    /** The stream of descriptor 1: of a terminal it is written line by line. */
    public static FileStream stdout(UserProcess self) {
        return standard(self, 1);
    }

    /** The stream of descriptor 2, which is written at once. */
    public static FileStream stderr(UserProcess self) {
        return standard(self, 2);
    }

    private static FileStream standard(UserProcess self, int fd) {
        for (long at = self.memory().getLong(self.memory().streams()); at != 0; ) {
            FileRecord record = new FileRecord(self, at);
            if (record.descriptor() == fd) {
                return new FileStream(at);
            }
            at = record.next();
        }
        FileStream stream = open(self, fd, fd == 0 ? FileRecord.MAY_READ : FileRecord.MAY_WRITE);
        if (fd == 2) {
            stream.setvbuf(self, Buffering.NONE, 0);
        }
        return stream;
    }

    /**
     * Opens a file: {@code r} to read, {@code w} to write it anew, {@code a} to write at its end; with {@code +} for both; with
     * {@code x} only if it is new, with {@code e} closed by exec.
     */
    public static FileStream fopen(UserProcess self, String path, @Nullable String mode) {
        if (mode == null) {
            throw Errno.EINVAL.exception("no mode");
        }
        int flags = flags(mode);
        int fd = self.open(path, flags, 0666);
        if (mode.startsWith("a")) {
            toEnd(self, fd, mode);
        }
        return open(self, fd, marks(mode));
    }

    /** A stream that only appends tells from the start where it will. */
    private static void toEnd(UserProcess self, int fd, String mode) {
        if (mode.indexOf('+') < 0) {
            try {
                self.lseek(fd, 0, FileStream.SEEK_END);
            } catch (ErrnoException pipe) {
                if (pipe.errno() != Errno.ESPIPE) {
                    throw pipe;
                }
            }
        }
    }

    /** A stream of a descriptor that is open for what the mode says. EBADF, EINVAL. */
    public static FileStream fdopen(UserProcess self, int fd, @Nullable String mode) {
        if (mode == null) {
            throw Errno.EINVAL.exception("no mode");
        }
        int wanted = flags(mode) & OpenFlags.O_ACCMODE;
        int flags = self.fcntl(fd, FileControl.F_GETFL, 0);
        int access = flags & OpenFlags.O_ACCMODE;
        if (access != OpenFlags.O_RDWR && access != wanted) {
            throw Errno.EINVAL.exception("the descriptor is not open for " + mode);
        }
        if (mode.startsWith("a") && (flags & OpenFlags.O_APPEND) == 0) {
            self.fcntl(fd, FileControl.F_SETFL, flags | OpenFlags.O_APPEND);
            toEnd(self, fd, mode);
        }
        return open(self, fd, marks(mode));
    }

    private static int flags(String mode) {
        boolean both = mode.indexOf('+') > 0;
        int flags = switch (mode.isEmpty() ? ' ' : mode.charAt(0)) {
            case 'r' -> both ? OpenFlags.O_RDWR : OpenFlags.O_RDONLY;
            case 'w' -> (both ? OpenFlags.O_RDWR : OpenFlags.O_WRONLY) | OpenFlags.O_CREAT | OpenFlags.O_TRUNC;
            case 'a' -> (both ? OpenFlags.O_RDWR : OpenFlags.O_WRONLY) | OpenFlags.O_CREAT | OpenFlags.O_APPEND;
            default -> throw Errno.EINVAL.exception("mode " + mode);
        };
        flags |= mode.indexOf('x') > 0 ? OpenFlags.O_EXCL : 0;
        return flags | (mode.indexOf('e') > 0 ? OpenFlags.O_CLOEXEC : 0);
    }

    private static int marks(String mode) {
        if (mode.indexOf('+') > 0) {
            return FileRecord.MAY_READ | FileRecord.MAY_WRITE | (mode.charAt(0) == 'a' ? FileRecord.APPENDS : 0);
        }
        return switch (mode.charAt(0)) {
            case 'r' -> FileRecord.MAY_READ;
            case 'a' -> FileRecord.MAY_WRITE | FileRecord.APPENDS;
            default -> FileRecord.MAY_WRITE;
        };
    }

    private static FileStream open(UserProcess self, int fd, int marks) {
        boolean isTerminal = self.isatty(fd);
        int size = isTerminal ? TERMINAL_BUFFER_BYTES : FILE_BUFFER_BYTES;
        FileRecord record = new FileRecord(self, self.memory().allocate(FileRecord.BYTES));
        record.setDescriptor(fd);
        record.set(marks | (isTerminal ? FileRecord.LINE_BUFFERED : 0));
        record.setBuffer(self.memory().allocate(size), size);
        long list = self.memory().streams();
        record.setNext(self.memory().getLong(list));
        self.memory().putLong(list, record.address);
        self.atExitLast(AtExit.FLUSH);
        return new FileStream(record.address);
    }

    /** fflush(NULL): writes what the streams of a process hold; when some fail, goes on, and fails as the first did. */
    public static void flushAll(UserProcess self) {
        flush(self, FileRecord.IS_WRITING);
    }

    /** As the C library does before it waits for input: what is written line by line is. */
    static void flushLines(UserProcess self) {
        flush(self, FileRecord.LINE_BUFFERED | FileRecord.IS_WRITING);
    }

    private static void flush(UserProcess self, int marks) {
        ErrnoException first = null;
        for (long at = self.memory().getLong(self.memory().streams()); at != 0; ) {
            FileRecord record = new FileRecord(self, at);
            if (record.hasAll(marks)) {
                try {
                    new FileStream(at).fflush(self);
                } catch (ErrnoException failure) {
                    first = first == null ? failure : first;
                }
            }
            at = record.next();
        }
        if (first != null) {
            throw first;
        }
    }

    /** Takes a stream off the list. */
    static void unlist(UserProcess self, FileRecord record) {
        long link = self.memory().streams();
        while (self.memory().getLong(link) != record.address) {
            link = new FileRecord(self, self.memory().getLong(link)).linkAddress();
        }
        self.memory().putLong(link, record.next());
    }

    /** exit(3): what is buffered is written, and what was read ahead is given back to whoever shares the open file description. */
    private enum AtExit implements Consumer<UserProcess> {
        FLUSH;

        @Override
        public void accept(UserProcess self) {
            try {
                flushAll(self);
            } catch (ErrnoException lost) {
                // exit(3) has nobody to tell.
            }
            for (long at = self.memory().getLong(self.memory().streams()); at != 0; ) {
                FileRecord record = new FileRecord(self, at);
                // One that another thread waits to read from is left alone.
                if (record.has(FileRecord.IS_READING) && record.lock().tryLock(self)) {
                    giveBack(record);
                    record.lock().unlock(self);
                }
                at = record.next();
            }
        }

        private static void giveBack(FileRecord record) {
            try {
                Input.giveBack(record);
            } catch (ErrnoException closed) {
                // There is nobody to tell of this either.
            }
        }
    }
}
