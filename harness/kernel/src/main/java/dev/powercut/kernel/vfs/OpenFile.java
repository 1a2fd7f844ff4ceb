package dev.powercut.kernel.vfs;

import org.jspecify.annotations.Nullable;

/** An open file description: what one open(2) made, with its file offset; descriptors share it after dup(2). */
public final class OpenFile {

    final Mount mount;
    final Inode inode;
    private final int flags;

    /** The file offset; in a directory, the cursor. */
    long position;

    private int descriptors = 1;

    /** What flows through a FIFO. */
    final @Nullable Pipe pipe;

    OpenFile(Mount mount, Inode inode, int flags, @Nullable Pipe pipe) {
        this.mount = mount;
        this.inode = inode;
        this.flags = flags;
        this.pipe = pipe;
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

    boolean waits() {
        return (flags & OpenFlags.O_NONBLOCK) == 0;
    }

    boolean leavesAccessTime() {
        return (flags & OpenFlags.O_NOATIME) != 0;
    }

    boolean syncsData() {
        return (flags & OpenFlags.O_DSYNC) != 0;
    }

    boolean syncsAttributes() {
        return (flags & OpenFlags.O_SYNC) == OpenFlags.O_SYNC;
    }

    boolean appends() {
        return (flags & OpenFlags.O_APPEND) != 0;
    }
}
