package dev.powercut.kernel.contract;

import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.FileSystemStatistics;
import dev.powercut.kernel.vfs.PathLimit;
import dev.powercut.kernel.vfs.RecordLock;
import dev.powercut.kernel.vfs.Stat;
import java.util.Arrays;
import java.util.List;

/** The calls of a simulated process. */
public record ProcessCalls(Process process) implements PosixCalls {

    @Override
    public int open(String path, int flags, int mode) {
        return process.open(path, flags, mode);
    }

    @Override
    public int openat(int dirfd, String path, int flags, int mode) {
        return process.openat(dirfd, path, flags, mode);
    }

    @Override
    public int creat(String path, int mode) {
        return process.creat(path, mode);
    }

    @Override
    public void close(int fd) {
        process.close(fd);
    }

    @Override
    public int dup(int fd) {
        return process.dup(fd);
    }

    @Override
    public int dup2(int fd, int newFd) {
        return process.dup2(fd, newFd);
    }

    @Override
    public int dup3(int fd, int newFd, int flags) {
        return process.dup3(fd, newFd, flags);
    }

    @Override
    public int[] pipe2(int flags) {
        return process.pipe2(flags);
    }

    @Override
    public int fcntl(int fd, int command, int argument) {
        return process.fcntl(fd, command, argument);
    }

    @Override
    public RecordLock fcntl(int fd, int command, RecordLock lock) {
        return process.fcntl(fd, command, lock);
    }

    @Override
    public int ioctl(int fd, int request) {
        return process.ioctl(fd, request);
    }

    @Override
    public byte[] read(int fd, int count) {
        byte[] buffer = new byte[count];
        return Arrays.copyOf(buffer, process.read(fd, buffer, 0, count));
    }

    @Override
    public byte[] pread(int fd, int count, long position) {
        byte[] buffer = new byte[count];
        return Arrays.copyOf(buffer, process.pread(fd, buffer, 0, count, position));
    }

    @Override
    public int write(int fd, byte[] bytes) {
        return process.write(fd, bytes, 0, bytes.length);
    }

    @Override
    public int pwrite(int fd, byte[] bytes, long position) {
        return process.pwrite(fd, bytes, 0, bytes.length, position);
    }

    @Override
    public long lseek(int fd, long offset, int whence) {
        return process.lseek(fd, offset, whence);
    }

    @Override
    public void truncate(String path, long size) {
        process.truncate(path, size);
    }

    @Override
    public void ftruncate(int fd, long size) {
        process.ftruncate(fd, size);
    }

    @Override
    public void fallocate(int fd, int mode, long offset, long length) {
        process.fallocate(fd, mode, offset, length);
    }

    @Override
    public void fsync(int fd) {
        process.fsync(fd);
    }

    @Override
    public void fdatasync(int fd) {
        process.fdatasync(fd);
    }

    @Override
    public void sync() {
        process.sync();
    }

    @Override
    public void syncfs(int fd) {
        process.syncfs(fd);
    }

    @Override
    public void mkdir(String path, int mode) {
        process.mkdir(path, mode);
    }

    @Override
    public void mkdirat(int dirfd, String path, int mode) {
        process.mkdirat(dirfd, path, mode);
    }

    @Override
    public void mknod(String path, int mode, int device) {
        process.mknod(path, mode, device);
    }

    @Override
    public void mknodat(int dirfd, String path, int mode, int device) {
        process.mknodat(dirfd, path, mode, device);
    }

    @Override
    public void mkfifo(String path, int mode) {
        process.mkfifo(path, mode);
    }

    @Override
    public void mkfifoat(int dirfd, String path, int mode) {
        process.mkfifoat(dirfd, path, mode);
    }

    @Override
    public void rmdir(String path) {
        process.rmdir(path);
    }

    @Override
    public void link(String existing, String path) {
        process.link(existing, path);
    }

    @Override
    public void linkat(int fromDirfd, String existing, int dirfd, String path, int flags) {
        process.linkat(fromDirfd, existing, dirfd, path, flags);
    }

    @Override
    public void unlink(String path) {
        process.unlink(path);
    }

    @Override
    public void unlinkat(int dirfd, String path, int flags) {
        process.unlinkat(dirfd, path, flags);
    }

    @Override
    public void symlink(String target, String path) {
        process.symlink(target, path);
    }

    @Override
    public void symlinkat(String target, int dirfd, String path) {
        process.symlinkat(target, dirfd, path);
    }

    @Override
    public String readlink(String path) {
        return process.readlink(path);
    }

    @Override
    public String readlinkat(int dirfd, String path) {
        return process.readlinkat(dirfd, path);
    }

    @Override
    public void rename(String from, String to) {
        process.rename(from, to);
    }

    @Override
    public void renameat(int fromDirfd, String from, int toDirfd, String to) {
        process.renameat(fromDirfd, from, toDirfd, to);
    }

    @Override
    public void renameat2(int fromDirfd, String from, int toDirfd, String to, int flags) {
        process.renameat2(fromDirfd, from, toDirfd, to, flags);
    }

    @Override
    public Stat fstatat(int dirfd, String path, int flags) {
        return process.fstatat(dirfd, path, flags);
    }

    @Override
    public Stat fstat(int fd) {
        return process.fstat(fd);
    }

    @Override
    public void access(String path, int wanted) {
        process.access(path, wanted);
    }

    @Override
    public void faccessat(int dirfd, String path, int wanted, int flags) {
        process.faccessat(dirfd, path, wanted, flags);
    }

    @Override
    public void chmod(String path, int mode) {
        process.chmod(path, mode);
    }

    @Override
    public void fchmod(int fd, int mode) {
        process.fchmod(fd, mode);
    }

    @Override
    public void fchmodat(int dirfd, String path, int mode, int flags) {
        process.fchmodat(dirfd, path, mode, flags);
    }

    @Override
    public void chown(String path, int uid, int gid) {
        process.chown(path, uid, gid);
    }

    @Override
    public void lchown(String path, int uid, int gid) {
        process.lchown(path, uid, gid);
    }

    @Override
    public void fchown(int fd, int uid, int gid) {
        process.fchown(fd, uid, gid);
    }

    @Override
    public void fchownat(int dirfd, String path, int uid, int gid, int flags) {
        process.fchownat(dirfd, path, uid, gid, flags);
    }

    @Override
    public void utimensat(int dirfd, String path, long accessedNanos, long modifiedNanos, int flags) {
        process.utimensat(dirfd, path, accessedNanos, modifiedNanos, flags);
    }

    @Override
    public void futimens(int fd, long accessedNanos, long modifiedNanos) {
        process.futimens(fd, accessedNanos, modifiedNanos);
    }

    @Override
    public List<DirectoryEntry> readdir(int fd) {
        return process.readdir(fd);
    }

    @Override
    public FileSystemStatistics statfs(String path) {
        return process.statfs(path);
    }

    @Override
    public FileSystemStatistics fstatfs(int fd) {
        return process.fstatfs(fd);
    }

    @Override
    public long pathconf(String path, PathLimit limit) {
        return process.pathconf(path, limit);
    }

    @Override
    public long fpathconf(int fd, PathLimit limit) {
        return process.fpathconf(fd, limit);
    }

    @Override
    public void chdir(String path) {
        process.chdir(path);
    }

    @Override
    public void fchdir(int fd) {
        process.fchdir(fd);
    }

    @Override
    public String getcwd() {
        return process.getcwd();
    }

    @Override
    public int umask(int mask) {
        return process.umask(mask);
    }

    @Override
    public void setresuid(int real, int effective, int saved) {
        process.setresuid(real, effective, saved);
    }
}
