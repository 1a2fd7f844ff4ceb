package dev.powercut.kernel.vfs;

/** An open file description: what one open(2) made, with its file offset; descriptors share it after dup(2). */
public final class OpenFile {

    final Mount mount;
    final Inode inode;
    private final int flags;

    /** The file offset; in a directory, the cursor. */
    long position;

    private int descriptors = 1;

    OpenFile(Mount mount, Inode inode, int flags) {
        this.mount = mount;
        this.inode = inode;
        this.flags = flags;
    }

    /** The file. */
    public Inode inode() {
        return inode;
    }

    /** One more descriptor refers to this. */
    public void share() {
        descriptors++;
    }

    boolean leave() {
        return --descriptors == 0;
    }

    boolean isReadable() {
        return (flags & OpenFlags.O_ACCMODE) != OpenFlags.O_WRONLY;
    }

    boolean isWritable() {
        return (flags & OpenFlags.O_ACCMODE) != OpenFlags.O_RDONLY;
    }

    boolean appends() {
        return (flags & OpenFlags.O_APPEND) != 0;
    }
}
