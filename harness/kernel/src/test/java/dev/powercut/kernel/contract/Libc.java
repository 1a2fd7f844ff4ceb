package dev.powercut.kernel.contract;

import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** The functions of the C library on Linux with 64 bits, and the system calls that it has no function for that acts on one thread. */
final class Libc {

    static final MethodHandle OPENAT = LibcThread.function("openat", "iipii", Linker.Option.firstVariadicArg(3));
    static final MethodHandle CREAT = LibcThread.function("creat", "ipi");
    static final MethodHandle CLOSE = LibcThread.function("close", "ii");
    static final MethodHandle DUP = LibcThread.function("dup", "ii");
    static final MethodHandle DUP2 = LibcThread.function("dup2", "iii");
    static final MethodHandle DUP3 = LibcThread.function("dup3", "iiii");
    static final MethodHandle PIPE2 = LibcThread.function("pipe2", "ipi");
    static final MethodHandle FCNTL = LibcThread.function("fcntl", "iiil", Linker.Option.firstVariadicArg(2));
    static final MethodHandle FCNTL_LOCK = LibcThread.function("fcntl", "iiip", Linker.Option.firstVariadicArg(2));
    static final MethodHandle IOCTL = LibcThread.function("ioctl", "iilp", Linker.Option.firstVariadicArg(2));
    static final MethodHandle READ = LibcThread.function("read", "lipl");
    static final MethodHandle PREAD = LibcThread.function("pread", "lipll");
    static final MethodHandle WRITE = LibcThread.function("write", "lipl");
    static final MethodHandle PWRITE = LibcThread.function("pwrite", "lipll");
    static final MethodHandle LSEEK = LibcThread.function("lseek", "lili");
    static final MethodHandle TRUNCATE = LibcThread.function("truncate", "ipl");
    static final MethodHandle FTRUNCATE = LibcThread.function("ftruncate", "iil");
    static final MethodHandle FALLOCATE = LibcThread.function("fallocate", "iiill");
    static final MethodHandle FSYNC = LibcThread.function("fsync", "ii");
    static final MethodHandle FDATASYNC = LibcThread.function("fdatasync", "ii");
    static final MethodHandle SYNCFS = LibcThread.function("syncfs", "ii");
    static final MethodHandle MKDIR = LibcThread.function("mkdir", "ipi");
    static final MethodHandle MKDIRAT = LibcThread.function("mkdirat", "iipi");
    static final MethodHandle MKNOD = LibcThread.function("mknod", "ipil");
    static final MethodHandle MKNODAT = LibcThread.function("mknodat", "iipil");
    static final MethodHandle MKFIFO = LibcThread.function("mkfifo", "ipi");
    static final MethodHandle MKFIFOAT = LibcThread.function("mkfifoat", "iipi");
    static final MethodHandle RMDIR = LibcThread.function("rmdir", "ip");
    static final MethodHandle LINK = LibcThread.function("link", "ipp");
    static final MethodHandle LINKAT = LibcThread.function("linkat", "iipipi");
    static final MethodHandle UNLINK = LibcThread.function("unlink", "ip");
    static final MethodHandle UNLINKAT = LibcThread.function("unlinkat", "iipi");
    static final MethodHandle SYMLINK = LibcThread.function("symlink", "ipp");
    static final MethodHandle SYMLINKAT = LibcThread.function("symlinkat", "ipip");
    static final MethodHandle READLINK = LibcThread.function("readlink", "lppl");
    static final MethodHandle READLINKAT = LibcThread.function("readlinkat", "lippl");
    static final MethodHandle RENAME = LibcThread.function("rename", "ipp");
    static final MethodHandle RENAMEAT = LibcThread.function("renameat", "iipip");
    static final MethodHandle RENAMEAT2 = LibcThread.function("renameat2", "iipipi");
    static final MethodHandle STATX = LibcThread.function("statx", "iipiip");
    static final MethodHandle ACCESS = LibcThread.function("access", "ipi");
    static final MethodHandle FACCESSAT = LibcThread.function("faccessat", "iipii");
    static final MethodHandle CHMOD = LibcThread.function("chmod", "ipi");
    static final MethodHandle FCHMOD = LibcThread.function("fchmod", "iii");
    static final MethodHandle FCHMODAT = LibcThread.function("fchmodat", "iipii");
    static final MethodHandle CHOWN = LibcThread.function("chown", "ipii");
    static final MethodHandle LCHOWN = LibcThread.function("lchown", "ipii");
    static final MethodHandle FCHOWN = LibcThread.function("fchown", "iiii");
    static final MethodHandle FCHOWNAT = LibcThread.function("fchownat", "iipiii");
    static final MethodHandle UTIMENSAT = LibcThread.function("utimensat", "iippi");
    static final MethodHandle FUTIMENS = LibcThread.function("futimens", "iip");
    static final MethodHandle GETDENTS64 = LibcThread.function("getdents64", "lipl");
    static final MethodHandle STATVFS = LibcThread.function("statvfs", "ipp");
    static final MethodHandle FSTATVFS = LibcThread.function("fstatvfs", "iip");
    static final MethodHandle PATHCONF = LibcThread.function("pathconf", "lpi");
    static final MethodHandle FPATHCONF = LibcThread.function("fpathconf", "lii");
    static final MethodHandle CHDIR = LibcThread.function("chdir", "ip");
    static final MethodHandle FCHDIR = LibcThread.function("fchdir", "ii");
    static final MethodHandle GETCWD = LibcThread.function("getcwd", "lpl");
    static final MethodHandle UMASK = LibcThread.function("umask", "ii");
    static final MethodHandle CHROOT = LibcThread.function("chroot", "ip");
    static final MethodHandle UNSHARE = LibcThread.function("unshare", "ii");
    static final MethodHandle CLOCK_GETTIME = LibcThread.function("clock_gettime", "iip");
    static final MethodHandle SYSCALL = LibcThread.function("syscall", "lllllll", Linker.Option.firstVariadicArg(1));

    /** unshare(2): a working directory, root and umask of its own. */
    static final int CLONE_FS = 0x200;

    /** unshare(2): file descriptors, and so record locks, of its own. */
    static final int CLONE_FILES = 0x400;

    private static final boolean IS_ARM = System.getProperty("os.arch").equals("aarch64");
    static final long SYS_SETGROUPS = IS_ARM ? 159 : 116;
    static final long SYS_SETRESGID = IS_ARM ? 149 : 119;
    static final long SYS_SETRESUID = IS_ARM ? 147 : 117;
    static final long SYS_SYNC = IS_ARM ? 81 : 162;
    static final long SYS_FCHMODAT2 = 452;

    private Libc() {}
}
