package dev.powercut.check.workload;

/**
 * One thing that a workload does: a few system calls that belong together. Paths are absolute and plain: no {@code .} or
 * {@code ..}, no empty component. Where POSIX follows a symbolic link, so do they.
 *
 * <p>The text form is one line: a word, then arguments separated by spaces, as {@link #text} writes and {@link
 * ScriptWorkload#parse} reads.
 */
public sealed interface Operation {

    /** The operation in one line. */
    default String text() {
        return OperationText.write(this);
    }

    /** open(O_WRONLY | O_CREAT | O_TRUNC), close. */
    record Creat(String path, int mode) implements Operation {}

    record Mkdir(String path, int mode) implements Operation {}

    record Mkfifo(String path, int mode) implements Operation {}

    record Symlink(String target, String path) implements Operation {}

    record Link(String existing, String path) implements Operation {}

    record Unlink(String path) implements Operation {}

    record Rmdir(String path) implements Operation {}

    record Rename(String from, String to) implements Operation {}

    /** open(O_WRONLY), one pwrite of generated data, close. */
    record Write(String path, long offsetBytes, int length) implements Operation {}

    /**
     * open(O_RDWR), mmap with MAP_SHARED, generated data stored as far as the file has bytes there, munmap, close; no msync. What
     * would be behind the end of the file is left out: storing there gives SIGBUS, or is lost.
     */
    record MmapWrite(String path, long offsetBytes, int length) implements Operation {}

    /** open(O_WRONLY | O_APPEND), one write of generated data, close. */
    record Append(String path, int length) implements Operation {}

    record Truncate(String path, long sizeBytes) implements Operation {}

    /** open(O_WRONLY), fallocate of mode 0, which may make the file longer, close. */
    record Allocate(String path, long offsetBytes, int length) implements Operation {}

    /** open(O_WRONLY), fallocate with FALLOC_FL_PUNCH_HOLE, close. */
    record Punch(String path, long offsetBytes, int length) implements Operation {}

    record Chmod(String path, int mode) implements Operation {}

    /** -1 leaves an id as it is. */
    record Chown(String path, int uid, int gid) implements Operation {}

    /** Sets the modification time, nanoseconds since 1970, and the access time to the same. */
    record Utimens(String path, long modifiedNanos) implements Operation {}

    /** open(O_RDONLY), fsync, close, of a file or a directory. */
    record Fsync(String path) implements Operation {}

    record Fdatasync(String path) implements Operation {}

    record Sync() implements Operation {}

    /** open(O_RDONLY), pread until {@code length} bytes or the end of the file, close. */
    record Read(String path, long offsetBytes, int length) implements Operation {}

    record Stat(String path) implements Operation {}

    record Lstat(String path) implements Operation {}

    record Readlink(String path) implements Operation {}

    record ListDirectory(String path) implements Operation {}

    record Sleep(long nanos) implements Operation {}

    /** open(O_RDWR) into a slot, which keeps the file open; what the slot held is closed first. */
    record Open(int slot, String path) implements Operation {}

    record WriteOpen(int slot, long offsetBytes, int length) implements Operation {}

    record ReadOpen(int slot, long offsetBytes, int length) implements Operation {}

    record TruncateOpen(int slot, long sizeBytes) implements Operation {}

    record FsyncOpen(int slot) implements Operation {}

    record FdatasyncOpen(int slot) implements Operation {}

    record Close(int slot) implements Operation {}

    /** Closes all slots and unmounts; nothing may follow. */
    record Unmount() implements Operation {}
}
