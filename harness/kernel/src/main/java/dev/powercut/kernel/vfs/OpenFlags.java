package dev.powercut.kernel.vfs;

/** Flags of open(2), with Linux's values on x86-64. */
public final class OpenFlags {

    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_ACCMODE = 3;
    public static final int O_CREAT = 0x40;
    public static final int O_EXCL = 0x80;
    public static final int O_TRUNC = 0x200;
    public static final int O_APPEND = 0x400;

    /** Has no effect on regular files and directories. */
    public static final int O_NONBLOCK = 0x800;

    /** Each write returns when the data is durable. */
    public static final int O_DSYNC = 0x1000;

    /** The owner of the open file description gets a signal when there is something to read or room to write; by fcntl(2) only. */
    public static final int O_ASYNC = 0x2000;

    public static final int O_DIRECTORY = 0x10000;
    public static final int O_NOFOLLOW = 0x20000;

    /** Reading does not change the access time; for the owner. */
    public static final int O_NOATIME = 0x40000;

    /** The descriptor is closed by exec. */
    public static final int O_CLOEXEC = 0x80000;

    /** Each write returns when data and attributes are durable. */
    public static final int O_SYNC = 0x101000;

    private OpenFlags() {}
}
