package dev.powercut.kernel.vfs;

/** File type and permission bits of st_mode, as in POSIX sys/stat.h with Linux's values. */
public final class Mode {

    public static final int TYPE_MASK = 0xF000;
    public static final int SOCKET = 0xC000;
    public static final int SYMLINK = 0xA000;
    public static final int REGULAR = 0x8000;
    public static final int BLOCK_DEVICE = 0x6000;
    public static final int DIRECTORY = 0x4000;
    public static final int CHARACTER_DEVICE = 0x2000;
    public static final int FIFO = 0x1000;

    public static final int SET_UID = 0x800;
    public static final int SET_GID = 0x400;
    public static final int STICKY = 0x200;
    public static final int PERMISSIONS = 0xFFF;

    private Mode() {}

    public static int type(int mode) {
        return mode & TYPE_MASK;
    }

    public static boolean isDirectory(int mode) {
        return type(mode) == DIRECTORY;
    }

    public static boolean isRegular(int mode) {
        return type(mode) == REGULAR;
    }

    public static boolean isSymlink(int mode) {
        return type(mode) == SYMLINK;
    }
}
