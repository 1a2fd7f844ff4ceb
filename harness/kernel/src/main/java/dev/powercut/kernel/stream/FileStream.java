package dev.powercut.kernel.stream;

import dev.powercut.kernel.process.Mutex;
import dev.powercut.kernel.process.UserProcess;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.IllegalFormatException;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream: the address of its FILE and nothing else, so that the body of a child that has it finds the child's own copy.
 *
 * <p>The error mark is set by what fails to read or to write, also for a stream that is not for that; not by what fails to move, to
 * put back or to set up (as glibc).
 *
 * <p>Each call locks the stream, as the C library's do; a child of a process with threads may find it locked for ever.
 */
public record FileStream(long address) {

    public static final int SEEK_SET = 0;
    public static final int SEEK_CUR = 1;
    public static final int SEEK_END = 2;

    /** What {@link #fgetc} gives at the end. */
    public static final int EOF = -1;

    /** What is read is given so much room at first, and more when there is more. */
    private static final int FIRST_READ_BYTES = 4096;

    private FileRecord record(UserProcess self) {
        return new FileRecord(self, address);
    }

    private int locked(FileRecord record, IntSupplier body) {
        Mutex lock = record.lock();
        lock.lock(record.self);
        int result;
        try {
            result = body.getAsInt();
        } catch (ErrnoException failure) {
            lock.unlock(record.self);
            throw failure;
        }
        lock.unlock(record.self);
        return result;
    }

    // ---- Writing ----

    /** Writes bytes, at once or later. Returns how many: all, or it fails. EBADF for a stream that is not for writing. */
    public int fwrite(UserProcess self, byte @Nullable [] bytes) {
        if (bytes == null) {
            throw Errno.EFAULT.exception("no bytes");
        }
        FileRecord record = record(self);
        return locked(record, () -> {
            beginWriting(record);
            if (record.has(FileRecord.UNBUFFERED)) {
                Output.writeAll(record, bytes, 0, bytes.length);
            } else {
                Output.put(record, bytes);
            }
            return bytes.length;
        });
    }

    private static void beginWriting(FileRecord record) {
        if (!record.has(FileRecord.MAY_WRITE)) {
            record.set(FileRecord.FAILED);
            throw Errno.EBADF.exception("not open to write");
        }
        if (record.has(FileRecord.IS_READING)) {
            Input.giveBack(record);
            Input.drop(record);
        }
    }

    /** Writes a text in UTF-8. */
    public void fputs(UserProcess self, @Nullable String text) {
        fwrite(self, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    public void fputc(UserProcess self, int oneByte) {
        fwrite(self, new byte[] {(byte) oneByte});
    }

    /** Writes a text that is put together as {@link String#format} says. EINVAL for a format that does not fit its arguments. */
    public void fprintf(UserProcess self, @Nullable String format, Object... arguments) {
        if (format == null) {
            throw Errno.EFAULT.exception("no format");
        }
        String text;
        try {
            text = String.format(Locale.ROOT, format, arguments);
        } catch (IllegalFormatException wrong) {
            throw Errno.EINVAL.exception(wrong.toString());
        }
        fputs(self, text);
    }

    /** Hands what was written over to the kernel; of a stream that is read, gives back what was read ahead. */
    public void fflush(UserProcess self) {
        FileRecord record = record(self);
        locked(record, () -> {
            flush(record);
            return 0;
        });
    }

    private static void flush(FileRecord record) {
        if (record.has(FileRecord.IS_WRITING)) {
            Output.flush(record);
        } else if (record.has(FileRecord.IS_READING)) {
            Input.giveBack(record);
        }
    }

    // ---- Reading ----

    /**
     * Reads so many bytes, fewer at the end, or before a failure: that one is thrown when there is nothing to give, else it is told by
     * the error mark alone. EBADF for a stream that is not for reading, EINVAL for a negative count.
     */
    public byte[] fread(UserProcess self, int count) {
        if (count < 0) {
            throw Errno.EINVAL.exception("count " + count);
        }
        FileRecord record = record(self);
        byte[][] bytes = {new byte[Math.min(count, FIRST_READ_BYTES)]};
        int done = locked(record, () -> {
            beginReading(record);
            int read = 0;
            while (read < count && fillAfter(record, read, true)) {
                if (read == bytes[0].length) {
                    bytes[0] = Arrays.copyOf(bytes[0], (int) Math.min(count, 2L * read));
                }
                read += Input.take(record, bytes[0], read, bytes[0].length - read);
            }
            return read;
        });
        return Arrays.copyOf(bytes[0], done);
    }

    /** Whether there is more; what fails after something was read is marked, and thrown only if it would lose nothing. */
    private static boolean fillAfter(FileRecord record, int read, boolean keepsAll) {
        try {
            return Input.fill(record);
        } catch (ErrnoException failure) {
            if (read > 0 && (keepsAll || failure.errno() == Errno.EAGAIN)) {
                return false;
            }
            throw failure;
        }
    }

    private static void beginReading(FileRecord record) {
        if (!record.has(FileRecord.MAY_READ)) {
            record.set(FileRecord.FAILED);
            throw Errno.EBADF.exception("not open to read");
        }
        if (record.has(FileRecord.IS_WRITING)) {
            Output.flush(record);
        }
        record.set(FileRecord.IS_READING);
    }

    /** The next byte, or {@link #EOF}. */
    public int fgetc(UserProcess self) {
        byte[] one = fread(self, 1);
        return one.length == 0 ? EOF : one[0] & 0xFF;
    }

    /**
     * Puts a byte back, which is read next: one always, also before anything was read, and more as long as the buffer has room. EBADF
     * for a stream that is not for reading, EINVAL where there is no room.
     */
    public void ungetc(UserProcess self, int oneByte) {
        FileRecord record = record(self);
        locked(record, () -> {
            if (!record.has(FileRecord.MAY_READ)) {
                throw Errno.EBADF.exception("not open to read");
            }
            beginReading(record);
            Input.putBack(record, oneByte);
            return 0;
        });
    }

    /**
     * The next line with its end, of at most {@code limit - 1} bytes; null at the end of the file. A limit of 1 gives nothing, without
     * a look at the file, and a lower one null, as glibc's. What is no UTF-8, or is cut by the limit in the middle of a character, is
     * replaced: {@link #fgetsBytes} gives it as it is. A failure in the middle of a line loses what was read of it, but for EAGAIN,
     * which gives it (as glibc).
     */
    public @Nullable String fgets(UserProcess self, int limit) {
        byte[] line = fgetsBytes(self, limit);
        return line == null ? null : new String(line, StandardCharsets.UTF_8);
    }

    /** As {@link #fgets}, the bytes. */
    public byte @Nullable [] fgetsBytes(UserProcess self, int limit) {
        if (limit <= 1) {
            return limit == 1 ? new byte[0] : null;
        }
        FileRecord record = record(self);
        int most = limit - 1;
        byte[][] bytes = {new byte[Math.min(most, FIRST_READ_BYTES)]};
        int done = locked(record, () -> {
            beginReading(record);
            int read = 0;
            while (read < most && (read == 0 || bytes[0][read - 1] != '\n') && fillAfter(record, read, false)) {
                if (read == bytes[0].length) {
                    bytes[0] = Arrays.copyOf(bytes[0], (int) Math.min(most, 2L * read));
                }
                read += Input.takeLine(record, bytes[0], read, bytes[0].length - read);
            }
            return read;
        });
        return done == 0 ? null : Arrays.copyOf(bytes[0], done);
    }

    // ---- Position and marks ----

    /** Moves: {@code whence} is SEEK_SET, SEEK_CUR or SEEK_END. EINVAL, ESPIPE. */
    public void fseek(UserProcess self, long offset, int whence) {
        FileRecord record = record(self);
        locked(record, () -> {
            flush(record);
            self.lseek(record.descriptor(), offset, whence);
            Input.drop(record);
            record.clear(FileRecord.AT_END | FileRecord.IS_WRITING);
            return 0;
        });
    }

    public void rewind(UserProcess self) {
        fseek(self, 0, SEEK_SET);
        clearerr(self);
    }

    /** Where the next byte is read or written: the descriptor's offset, less what was read ahead, and what is not yet written. ESPIPE. */
    public long ftell(UserProcess self) {
        FileRecord record = record(self);
        long[] position = new long[1];
        locked(record, () -> {
            // What is appended goes to the end, wherever that will be.
            boolean appends = record.has(FileRecord.IS_WRITING) && record.has(FileRecord.APPENDS);
            long offset = self.lseek(record.descriptor(), 0, appends ? SEEK_END : SEEK_CUR);
            long reading = record.has(FileRecord.IS_READING) ? record.held() - record.position() : 0;
            long writing = record.has(FileRecord.IS_WRITING) ? record.position() : 0;
            position[0] = Math.max(0, offset - reading + writing);
            return 0;
        });
        return position[0];
    }

    /** Whether reading came to the end. */
    public boolean feof(UserProcess self) {
        return record(self).has(FileRecord.AT_END);
    }

    /** Whether something failed. */
    public boolean ferror(UserProcess self) {
        return record(self).has(FileRecord.FAILED);
    }

    public void clearerr(UserProcess self) {
        record(self).clear(FileRecord.AT_END | FileRecord.FAILED);
    }

    public int fileno(UserProcess self) {
        return record(self).descriptor();
    }

    /** Says when the stream writes, and how large its buffer is; before anything is read or written. EINVAL. */
    public void setvbuf(UserProcess self, @Nullable Buffering mode, int size) {
        FileRecord record = record(self);
        locked(record, () -> {
            if (mode == null || size < 0 || record.has(FileRecord.IS_READING | FileRecord.IS_WRITING)) {
                throw Errno.EINVAL.exception();
            }
            record.clear(FileRecord.LINE_BUFFERED | FileRecord.UNBUFFERED);
            record.set(mode == Buffering.LINE ? FileRecord.LINE_BUFFERED : 0);
            record.set(mode == Buffering.NONE ? FileRecord.UNBUFFERED : 0);
            if (size > 0) {
                self.memory().free(record.buffer());
                record.setBuffer(self.memory().allocate(size), size);
            }
            return 0;
        });
    }

    /** Writes what is not yet written, and closes the descriptor; the stream is gone, also when writing fails. */
    public void fclose(UserProcess self) {
        FileRecord record = record(self);
        int fd = record.descriptor();
        try {
            fflush(self);
        } finally {
            Stdio.unlist(self, record);
            self.memory().free(record.buffer());
            self.memory().free(address);
            self.close(fd);
        }
    }
}
