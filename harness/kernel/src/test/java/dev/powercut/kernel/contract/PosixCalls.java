package dev.powercut.kernel.contract;

import dev.powercut.kernel.vfs.AtFlags;
import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.FileSystemStatistics;
import dev.powercut.kernel.vfs.PathLimit;
import dev.powercut.kernel.vfs.RecordLock;
import dev.powercut.kernel.vfs.Stat;
import java.util.List;

/**
 * What a program may ask of a kernel, simulated or real: each call gives its value or fails with {@link
 * dev.powercut.kernel.vfs.ErrnoException}. Flags, modes and whence have Linux's values on x86-64.
 */
public interface PosixCalls {

    int open(String path, int flags, int mode);

    int openat(int dirfd, String path, int flags, int mode);

    int creat(String path, int mode);

    void close(int fd);

    int dup(int fd);

    int dup2(int fd, int newFd);

    int dup3(int fd, int newFd, int flags);

    /** The end to read from and the end to write to. */
    int[] pipe2(int flags);

    int fcntl(int fd, int command, int argument);

    RecordLock fcntl(int fd, int command, RecordLock lock);

    int ioctl(int fd, int request);

    /** At most {@code count} bytes; none at the end. */
    byte[] read(int fd, int count);

    byte[] pread(int fd, int count, long position);

    int write(int fd, byte[] bytes);

    int pwrite(int fd, byte[] bytes, long position);

    long lseek(int fd, long offset, int whence);

    void truncate(String path, long size);

    void ftruncate(int fd, long size);

    void fallocate(int fd, int mode, long offset, long length);

    void fsync(int fd);

    void fdatasync(int fd);

    void sync();

    void syncfs(int fd);

    void mkdir(String path, int mode);

    void mkdirat(int dirfd, String path, int mode);

    /** {@code device}: major * 256 + minor. */
    void mknod(String path, int mode, int device);

    void mknodat(int dirfd, String path, int mode, int device);

    void mkfifo(String path, int mode);

    void mkfifoat(int dirfd, String path, int mode);

    void rmdir(String path);

    void link(String existing, String path);

    void linkat(int fromDirfd, String existing, int dirfd, String path, int flags);

    void unlink(String path);

    void unlinkat(int dirfd, String path, int flags);

    void symlink(String target, String path);

    void symlinkat(String target, int dirfd, String path);

    String readlink(String path);

    String readlinkat(int dirfd, String path);

    void rename(String from, String to);

    void renameat(int fromDirfd, String from, int toDirfd, String to);

    void renameat2(int fromDirfd, String from, int toDirfd, String to, int flags);

    Stat fstatat(int dirfd, String path, int flags);

    default Stat stat(String path) {
        return fstatat(AtFlags.AT_FDCWD, path, 0);
    }

    default Stat lstat(String path) {
        return fstatat(AtFlags.AT_FDCWD, path, AtFlags.AT_SYMLINK_NOFOLLOW);
    }

    Stat fstat(int fd);

    void access(String path, int wanted);

    void faccessat(int dirfd, String path, int wanted, int flags);

    void chmod(String path, int mode);

    void fchmod(int fd, int mode);

    void fchmodat(int dirfd, String path, int mode, int flags);

    void chown(String path, int uid, int gid);

    void lchown(String path, int uid, int gid);

    void fchown(int fd, int uid, int gid);

    void fchownat(int dirfd, String path, int uid, int gid, int flags);

    /** Times in nanoseconds since 1970, or {@link dev.powercut.kernel.Process#UTIME_NOW} or UTIME_OMIT. */
    void utimensat(int dirfd, String path, long accessedNanos, long modifiedNanos, int flags);

    void futimens(int fd, long accessedNanos, long modifiedNanos);

    /** All remaining entries. */
    List<DirectoryEntry> readdir(int fd);

    FileSystemStatistics statfs(String path);

    FileSystemStatistics fstatfs(int fd);

    long pathconf(String path, PathLimit limit);

    long fpathconf(int fd, PathLimit limit);

    void chdir(String path);

    void fchdir(int fd);

    String getcwd();

    int umask(int mask);

    void setresuid(int real, int effective, int saved);
}
