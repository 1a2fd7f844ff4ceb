package dev.powercut.kernel.vfs;

/** Flags of the calls with a directory descriptor (fcntl.h), with Linux's values. */
public final class AtFlags {

    /** Relative paths begin at the working directory. */
    public static final int AT_FDCWD = DescriptorTable.AT_FDCWD;

    public static final int AT_SYMLINK_NOFOLLOW = 0x100;
    public static final int AT_REMOVEDIR = 0x200;

    /** Of faccessat, where it has the value of AT_REMOVEDIR. */
    public static final int AT_EACCESS = 0x200;

    public static final int AT_SYMLINK_FOLLOW = 0x400;

    /** Linux's: an empty path means what the descriptor stands for. */
    public static final int AT_EMPTY_PATH = 0x1000;

    private AtFlags() {}

    static void require(int flags, int known) {
        if ((flags & ~known) != 0) {
            throw Errno.EINVAL.exception("flags 0x" + Integer.toHexString(flags));
        }
    }

    static boolean follows(int flags) {
        return (flags & AT_SYMLINK_NOFOLLOW) == 0;
    }
}
