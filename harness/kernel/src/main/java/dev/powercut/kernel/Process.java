package dev.powercut.kernel;

import dev.powercut.kernel.vfs.FileSystemStatistics;
import java.util.List;

/**
 * A program's view of the kernel: file descriptors and system calls, with POSIX names and POSIX failures ({@link
 * dev.powercut.kernel.vfs.ErrnoException}). Buffers are Java arrays with an offset and a count.
 */
public final class Process {

    Process() {}

    /** Returns the lowest free descriptor. {@code mode} counts with O_CREAT, after the umask. */
    public int open(String path, int flags, int mode) {
        throw new UnsupportedOperationException();
    }

    public int creat(String path, int mode) {
        return open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC, mode);
    }

    public void close(int fd) {
        throw new UnsupportedOperationException();
    }

    /** Returns the count read, 0 at end of file. */
    public int read(int fd, byte[] buffer, int offset, int count) {
        throw new UnsupportedOperationException();
    }

    /** Returns the count written, which is short when space runs out in the middle. */
    public int write(int fd, byte[] buffer, int offset, int count) {
        throw new UnsupportedOperationException();
    }

    public int pread(int fd, byte[] buffer, int offset, int count, long position) {
        throw new UnsupportedOperationException();
    }

    public int pwrite(int fd, byte[] buffer, int offset, int count, long position) {
        throw new UnsupportedOperationException();
    }

    /** {@code whence}: 0 SEEK_SET, 1 SEEK_CUR, 2 SEEK_END. */
    public long lseek(int fd, long offset, int whence) {
        throw new UnsupportedOperationException();
    }

    public void truncate(String path, long sizeBytes) {
        throw new UnsupportedOperationException();
    }

    public void ftruncate(int fd, long sizeBytes) {
        throw new UnsupportedOperationException();
    }

    public void fsync(int fd) {
        throw new UnsupportedOperationException();
    }

    public void fdatasync(int fd) {
        throw new UnsupportedOperationException();
    }

    /** Unlike POSIX's, returns when everything is durable, as Linux's does. */
    public void sync() {
        throw new UnsupportedOperationException();
    }

    public void mkdir(String path, int mode) {
        throw new UnsupportedOperationException();
    }

    public void rmdir(String path) {
        throw new UnsupportedOperationException();
    }

    /** Does not follow a symbolic link at the end of {@code existing}, as Linux's link(2). */
    public void link(String existing, String path) {
        throw new UnsupportedOperationException();
    }

    public void unlink(String path) {
        throw new UnsupportedOperationException();
    }

    public void symlink(String target, String path) {
        throw new UnsupportedOperationException();
    }

    public String readlink(String path) {
        throw new UnsupportedOperationException();
    }

    public void rename(String from, String to) {
        throw new UnsupportedOperationException();
    }

    /** {@code flags}: 1 RENAME_NOREPLACE; 2 RENAME_EXCHANGE and others give EINVAL. */
    public void renameat2(String from, String to, int flags) {
        throw new UnsupportedOperationException();
    }

    public Stat stat(String path) {
        throw new UnsupportedOperationException();
    }

    public Stat lstat(String path) {
        throw new UnsupportedOperationException();
    }

    public Stat fstat(int fd) {
        throw new UnsupportedOperationException();
    }

    public void chmod(String path, int mode) {
        throw new UnsupportedOperationException();
    }

    /** -1 leaves an id as it is. */
    public void chown(String path, int uid, int gid) {
        throw new UnsupportedOperationException();
    }

    public void lchown(String path, int uid, int gid) {
        throw new UnsupportedOperationException();
    }

    /** Sets access and modification time, nanoseconds since 1970. */
    public void utimens(String path, long accessedNanos, long modifiedNanos) {
        throw new UnsupportedOperationException();
    }

    /** All remaining entries of an open directory, {@code .} and {@code ..} included. */
    public List<DirectoryEntry> readdir(int fd) {
        throw new UnsupportedOperationException();
    }

    public FileSystemStatistics statfs(String path) {
        throw new UnsupportedOperationException();
    }

    public void chdir(String path) {
        throw new UnsupportedOperationException();
    }

    /** Sets the file creation mask and returns the old one. */
    public int umask(int mask) {
        throw new UnsupportedOperationException();
    }
}
