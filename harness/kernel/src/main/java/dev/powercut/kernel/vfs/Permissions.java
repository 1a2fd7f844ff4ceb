package dev.powercut.kernel.vfs;

/** Who may do what: POSIX file access permissions, and the sticky bit. */
final class Permissions {

    static final int READ = 4;
    static final int WRITE = 2;
    static final int SEARCH = 1;

    private Permissions() {}

    /**
     * Requires all of the wanted permissions. The class is the first that matches of owner, group, others. The super-user may
     * read, write and search everything.
     */
    static void require(PathContext who, Inode inode, int wanted) {
        if (!who.isSuperUser() && (permissions(who, inode) & wanted) != wanted) {
            throw Errno.EACCES.exception();
        }
    }

    /** As {@link #require}, where {@link #SEARCH} means to execute: not even the super-user may where nobody may. */
    static void requireAccess(PathContext who, Inode inode, int wanted) {
        require(who, inode, wanted);
        if ((wanted & SEARCH) != 0 && !inode.isDirectory() && (inode.mode() & 0b001_001_001) == 0) {
            throw Errno.EACCES.exception();
        }
    }

    private static int permissions(PathContext who, Inode inode) {
        int shift = who.uid == inode.uid() ? 6 : who.isMember(inode.gid()) ? 3 : 0;
        return inode.mode() >> shift & 7;
    }

    static boolean isOwner(PathContext who, Inode inode) {
        return who.isSuperUser() || who.uid == inode.uid();
    }

    static void requireOwner(PathContext who, Inode inode) {
        if (!isOwner(who, inode)) {
            throw Errno.EPERM.exception();
        }
    }

    /** Whether an entry may be added to a directory. A removed directory takes none. */
    static void requireMayCreate(PathContext who, Inode directory) {
        if (directory.linkCount() == 0) {
            throw Errno.ENOENT.exception();
        }
        require(who, directory, WRITE | SEARCH);
    }

    /** Whether an entry that names {@code victim} may be removed, as a directory or as something else. */
    static void requireMayDelete(PathContext who, Inode directory, Inode victim, boolean asDirectory) {
        if (victim == directory) {
            throw Errno.EUCLEAN.exception(directory + " is an entry of itself");
        }
        require(who, directory, WRITE | SEARCH);
        boolean sticky = (directory.mode() & Mode.STICKY) != 0;
        if (sticky && !isOwner(who, victim) && !isOwner(who, directory)) {
            throw Errno.EPERM.exception();
        }
        if (asDirectory != victim.isDirectory()) {
            throw asDirectory ? Errno.ENOTDIR.exception() : Errno.EISDIR.exception();
        }
        if (victim.mounted != null) {
            throw Errno.EBUSY.exception();
        }
    }

    /** The mode of something new: a directory inherits the set-group-ID bit; who is not in the group may not set it on a program. */
    static int initialMode(PathContext who, Inode directory, int mode) {
        boolean inherits = (directory.mode() & Mode.SET_GID) != 0;
        if (inherits && Mode.isDirectory(mode)) {
            return mode | Mode.SET_GID;
        }
        boolean foreignProgram = inherits
                && (mode & (Mode.SET_GID | 0b001_000)) == (Mode.SET_GID | 0b001_000)
                && !who.isSuperUser()
                && !who.isMember(directory.gid());
        return foreignProgram ? mode & ~Mode.SET_GID : mode;
    }

    /** The group of something new: the directory's when that has the set-group-ID bit, else the creator's. */
    static int initialGroup(PathContext who, Inode directory) {
        return (directory.mode() & Mode.SET_GID) != 0 ? directory.gid() : who.gid;
    }

    /** The mode after contents or owner changed: set-user-ID is lost, and set-group-ID where it is not a lock mark. */
    static int withoutSetId(int mode) {
        int cleared = mode & ~Mode.SET_UID;
        return (mode & 0b001_000) != 0 ? cleared & ~Mode.SET_GID : cleared;
    }
}
