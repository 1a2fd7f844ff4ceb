package dev.powercut.kernel.vfs;

/** Where a process's paths begin and who walks them: root, working directory, user, group and file creation mask. */
public final class PathContext {

    final Mount rootMount;
    final Inode root;
    final int uid;
    final int gid;
    Mount mount;
    Inode directory;
    boolean ended;
    int umask = 0b000_010_010;

    PathContext(Mount rootMount, int uid, int gid) {
        this.rootMount = rootMount;
        this.root = rootMount.root;
        this.mount = rootMount;
        this.directory = rootMount.root;
        this.uid = uid;
        this.gid = gid;
    }

    public int uid() {
        return uid;
    }

    public int gid() {
        return gid;
    }

    /** Sets the file creation mask and returns the old one. */
    public int umask(int mask) {
        int old = umask;
        umask = mask & 0x1FF;
        return old;
    }

    boolean isSuperUser() {
        return uid == 0;
    }
}
