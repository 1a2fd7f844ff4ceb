package dev.powercut.kernel;

import dev.powercut.kernel.vfs.AtFlags;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.FileAttributes;
import dev.powercut.kernel.vfs.FileSystemStatistics;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.OpenFile;
import dev.powercut.kernel.vfs.PathContext;
import dev.powercut.kernel.vfs.PathLimit;
import dev.powercut.kernel.vfs.Stat;
import dev.powercut.kernel.vfs.Vfs;
import dev.powercut.sim.World;

/**
 * A program's view of the kernel: file descriptors and system calls, with POSIX names and POSIX failures ({@link
 * dev.powercut.kernel.vfs.ErrnoException}). Buffers are Java arrays with an offset and a count.
 *
 * <p>Each call takes virtual time and leaves a step in the trace: its name, its result and its error number.
 */
public class Process extends DescriptorCalls {

    /** For {@link #utimens}: the present time. */
    public static final long UTIME_NOW = FileAttributes.TIME_NOW;

    /** For {@link #utimens}: the time stays as it is. */
    public static final long UTIME_OMIT = FileAttributes.TIME_OMIT;

    private static final int AT_FDCWD = AtFlags.AT_FDCWD;

    protected Process(World world, Vfs vfs, PathContext context) {
        super(world, vfs, context);
    }

    /** The effective user. */
    public int uid() {
        return context.uid();
    }

    /** The effective group. */
    public int gid() {
        return context.gid();
    }

    /** The process ends: its descriptors are closed, its working directory is given up. Calls that take a path give ESRCH. */
    public void exit() {
        perform(SystemCall.EXIT, () -> {
            for (OpenFile file : descriptors.removeAll()) {
                vfs.close(context, file);
            }
            vfs.end(context);
        });
    }

    public void truncate(String path, long sizeBytes) {
        perform(SystemCall.TRUNCATE, () -> vfs.data().truncate(context, path, sizeBytes));
    }

    /** Unlike POSIX's, returns when everything is durable, as Linux's does. */
    public void sync() {
        perform(SystemCall.SYNC, () -> vfs.data().sync());
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

    public void chmod(String path, int mode) {
        fchmodat(AT_FDCWD, path, mode, 0);
    }

    /** {@code flags}: AT_SYMLINK_NOFOLLOW, which gives EOPNOTSUPP for a symbolic link. */
    public void fchmodat(int dirfd, String path, int mode, int flags) {
        perform(SystemCall.CHMOD, () -> vfs.attributes().chmod(context, dirfd, path, mode, flags));
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

    public FileSystemStatistics statfs(String path) {
        return fetch(SystemCall.STATFS, () -> vfs.attributes().statfs(context, path));
    }

    public long pathconf(String path, PathLimit limit) {
        return call(SystemCall.PATHCONF, () -> vfs.attributes().pathconf(context, path, limit));
    }

    public void chdir(String path) {
        perform(SystemCall.CHDIR, () -> vfs.namespace().chdir(context, path));
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
