package dev.powercut.kernel.vfs;

import org.jspecify.annotations.Nullable;

/**
 * An open file description: what one open(2) made, with its file offset and its flags; descriptors share it after dup(2) and after
 * fork(2). Mappings of the file hold it open too.
 */
public final class OpenFile {

    /** What F_SETFL can change (fcntl(2)); O_DIRECT is not modelled. */
    private static final int CHANGEABLE =
            OpenFlags.O_APPEND | OpenFlags.O_NONBLOCK | OpenFlags.O_NOATIME | OpenFlags.O_ASYNC;

    /** What F_GETFL does not tell: these mattered while opening, or belong to the descriptor. */
    private static final int OF_OPENING =
            OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_TRUNC | OpenFlags.O_CLOEXEC;

    final Mount mount;
    final Inode inode;
    private int flags;

    /** The file offset; in a directory, the cursor. */
    long position;

    private int references = 1;

    /** Which write errors it has been told; null where there are none. */
    private final NotedErrors.@Nullable Told errorsTold;

    /** How it is read; null until there is read-ahead. */
    private ReadAhead.@Nullable Window window;

    /** What is behind a FIFO, a pipe or a device. */
    final @Nullable SpecialFile special;

    /** Who is told by a signal, with O_ASYNC: F_SETOWN; a process when positive, a group when negative. */
    private int owner;

    /** Which signal that is, F_SETSIG; 0 is SIGIO. */
    private int ownerSignal;

    OpenFile(Mount mount, Inode inode, int flags, @Nullable SpecialFile special) {
        this.mount = mount;
        this.inode = inode;
        this.errorsTold = mount.errors == null ? null : mount.errors.opened(inode);
        this.flags = flags & ~OF_OPENING;
        this.special = special;
    }

    ReadAhead.Window window() {
        if (window == null) {
            window = new ReadAhead.Window();
        }
        return window;
    }

    /** The file. */
    public Inode inode() {
        return inode;
    }

    /** What is behind a FIFO, a pipe or a device; null for regular files and directories. */
    public @Nullable SpecialFile special() {
        return special;
    }

    /** Throws EIO when something of the file could not be written since this was told so last. */
    void requireNoWriteErrors() {
        NotedErrors errors = mount.errors;
        if (errors != null && errorsTold != null && errors.tell(inode, errorsTold)) {
            throw Errno.EIO.exception("something could not be written");
        }
    }

    /** Throws EIO when something of the filesystem, of whatever file, could not be written since this was told so last. */
    void requireNoWriteErrorsOfFileSystem() {
        NotedErrors errors = mount.errors;
        if (errors != null && errorsTold != null && errors.tellOfFileSystem(errorsTold)) {
            throw Errno.EIO.exception("something could not be written");
        }
    }

    /** One more descriptor or mapping refers to this. */
    public void share() {
        references++;
    }

    boolean leave() {
        return --references == 0;
    }

    /** Access mode and status flags, as F_GETFL. */
    public int flags() {
        return flags;
    }

    void setStatusFlags(int changed) {
        flags = flags & ~CHANGEABLE | changed & CHANGEABLE;
    }

    int owner() {
        return owner;
    }

    int ownerSignal() {
        return ownerSignal;
    }

    void setOwner(int processOrGroup) {
        owner = processOrGroup;
    }

    void setOwnerSignal(int signal) {
        ownerSignal = signal;
    }

    public boolean isReadable() {
        return (flags & OpenFlags.O_ACCMODE) != OpenFlags.O_WRONLY;
    }

    public boolean isWritable() {
        return (flags & OpenFlags.O_ACCMODE) != OpenFlags.O_RDONLY;
    }

    /** Whether reading and writing wait when there is nothing or no room: not with O_NONBLOCK. */
    public boolean waits() {
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
