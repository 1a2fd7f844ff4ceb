package dev.powercut.kernel.vfs;

import static dev.powercut.kernel.vfs.OpenFlags.O_ACCMODE;
import static dev.powercut.kernel.vfs.OpenFlags.O_APPEND;
import static dev.powercut.kernel.vfs.OpenFlags.O_CLOEXEC;
import static dev.powercut.kernel.vfs.OpenFlags.O_CREAT;
import static dev.powercut.kernel.vfs.OpenFlags.O_DIRECTORY;
import static dev.powercut.kernel.vfs.OpenFlags.O_DSYNC;
import static dev.powercut.kernel.vfs.OpenFlags.O_EXCL;
import static dev.powercut.kernel.vfs.OpenFlags.O_NOATIME;
import static dev.powercut.kernel.vfs.OpenFlags.O_NOFOLLOW;
import static dev.powercut.kernel.vfs.OpenFlags.O_NONBLOCK;
import static dev.powercut.kernel.vfs.OpenFlags.O_RDONLY;
import static dev.powercut.kernel.vfs.OpenFlags.O_SYNC;
import static dev.powercut.kernel.vfs.OpenFlags.O_TRUNC;
import static dev.powercut.kernel.vfs.OpenFlags.O_WRONLY;

import org.jspecify.annotations.Nullable;

/** open(2), pipe(2) and the last close(2). */
final class FileOpening {

    private static final int KNOWN_FLAGS = O_ACCMODE
            | O_CREAT
            | O_EXCL
            | O_TRUNC
            | O_APPEND
            | O_NONBLOCK
            | O_DSYNC
            | O_SYNC
            | O_DIRECTORY
            | O_NOFOLLOW
            | O_NOATIME
            | O_CLOEXEC;

    private final Vfs vfs;
    private long pipes;

    FileOpening(Vfs vfs) {
        this.vfs = vfs;
    }

    OpenFile open(PathContext context, int dirfd, String path, int flags, int mode) {
        requireValid(flags);
        vfs.requireOpenable(1);
        try (PathWalk walk = new PathWalk(vfs, context, dirfd, path)) {
            boolean made = false;
            if ((flags & O_CREAT) == 0) {
                walk.toEnd((flags & O_NOFOLLOW) == 0);
            } else {
                made = findOrCreate(context, walk, flags, mode);
            }
            Inode inode = walk.inode();
            if (!made) {
                requireMayOpen(context, walk.mount(), inode, flags);
                if ((flags & O_TRUNC) != 0 && inode.isRegular()) {
                    vfs.data().emptyOnOpen(context, inode);
                }
            }
            OpenFile opened = new OpenFile(walk.mount(), inode, flags, special(inode, flags));
            opened(walk.mount(), inode);
            return opened;
        }
    }

    private @Nullable SpecialFile special(Inode inode, int flags) {
        return switch (Mode.type(inode.mode())) {
            case Mode.FIFO -> openFifo(inode, flags);
            case Mode.CHARACTER_DEVICE -> vfs.devices().find(inode.device());
            default -> null;
        };
    }

    private Pipe openFifo(Inode inode, int flags) {
        Pipe pipe = inode.pipe;
        if (pipe == null) {
            pipe = new Pipe(vfs, "fifo of " + inode);
            inode.pipe = pipe;
        }
        int access = flags & O_ACCMODE;
        try {
            pipe.open(access != O_WRONLY, access != O_RDONLY, (flags & O_NONBLOCK) == 0);
        } finally {
            if (!pipe.isOpen() && inode.pipe == pipe) {
                inode.pipe = null;
            }
        }
        return pipe;
    }

    /** Two ends of a new pipe without a name: the one to read from, and the one to write to. */
    OpenFile[] pipe(PathContext context, int flags) {
        if ((flags & ~(O_NONBLOCK | O_CLOEXEC)) != 0) {
            throw Errno.EINVAL.exception("flags 0x" + Integer.toHexString(flags));
        }
        vfs.requireOpenable(2);
        Mount mount = vfs.nameless();
        Inode inode = namelessInode(mount, Mode.FIFO | 0x180, 0, context);
        Pipe pipe = new Pipe(vfs, "pipe " + ++pipes);
        inode.pipe = pipe;
        pipe.attach(true, true);
        OpenFile reader = new OpenFile(mount, inode, flags & O_NONBLOCK, pipe);
        OpenFile writer = new OpenFile(mount, inode, flags & O_NONBLOCK | O_WRONLY, pipe);
        opened(mount, inode);
        opened(mount, inode);
        return new OpenFile[] {reader, writer};
    }

    /** A device that no name leads to. */
    OpenFile device(PathContext context, int device, int flags) {
        SpecialFile driver = vfs.devices().find(device);
        if (driver == null) {
            throw Errno.ENXIO.exception();
        }
        Mount mount = vfs.nameless();
        Inode inode = namelessInode(mount, Mode.CHARACTER_DEVICE | 0x180, device, context);
        opened(mount, inode);
        return new OpenFile(mount, inode, flags, driver);
    }

    private Inode namelessInode(Mount mount, int mode, int device, PathContext context) {
        NamelessFileSystem fileSystem = (NamelessFileSystem) mount.fileSystem;
        return fileSystem.newInode(mode, device, context.uid, context.gid, vfs.nowNanos());
    }

    private void opened(Mount mount, Inode inode) {
        vfs.counted();
        vfs.inodes().retain(inode);
        mount.openFiles++;
    }

    /** Flags that are not modelled are refused rather than passed over: O_DIRECT would be a promise. */
    private static void requireValid(int flags) {
        if ((flags & ~KNOWN_FLAGS) != 0 || (flags & O_ACCMODE) == O_ACCMODE) {
            throw Errno.EINVAL.exception("flags 0x" + Integer.toHexString(flags));
        }
        // Since Linux 6.3; before, it made a regular file.
        if ((flags & O_CREAT) != 0 && (flags & O_DIRECTORY) != 0) {
            throw Errno.EINVAL.exception("O_CREAT with O_DIRECTORY");
        }
    }

    /** Walks to the file, which is created if it does not exist. Returns whether it was. */
    private boolean findOrCreate(PathContext context, PathWalk walk, int flags, int mode) {
        while (true) {
            walk.toParent();
            if (walk.lastKind() != PathWalk.Last.NAME || walk.hasTrailingSlash()) {
                boolean isThere = walk.lastKind() != PathWalk.Last.NAME && (flags & O_EXCL) != 0;
                throw isThere ? Errno.EEXIST.exception() : Errno.EISDIR.exception();
            }
            Inode directory = walk.inode();
            Inode child;
            boolean made = false;
            directory.lock(vfs.runner());
            try {
                child = walk.lookupLocked(walk.lastName());
                if (child == null) {
                    vfs.letGoBetweenSeeingAndMaking(directory);
                    child = vfs.namespace().createLocked(context, walk, Mode.REGULAR | mode & Mode.PERMISSIONS, "", 0);
                    made = true;
                } else if ((flags & O_EXCL) != 0) {
                    throw Errno.EEXIST.exception();
                }
            } finally {
                directory.unlock();
            }
            if (!child.isSymlink() || (flags & O_NOFOLLOW) != 0) {
                walk.enter(walk.mount(), child);
                return made;
            }
            walk.followLast(child);
        }
    }

    private void requireMayOpen(PathContext context, Mount mount, Inode inode, int flags) {
        int access = flags & O_ACCMODE;
        boolean writes = access != O_RDONLY || (flags & O_TRUNC) != 0;
        if ((flags & O_DIRECTORY) != 0 && !inode.isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
        if (inode.isSymlink()) {
            throw Errno.ELOOP.exception();
        }
        if (inode.isDirectory() && (writes || (flags & O_CREAT) != 0)) {
            throw Errno.EISDIR.exception();
        }
        if (writes && (inode.isRegular() || inode.isDirectory())) {
            mount.requireWritable();
        }
        int wanted = (access != O_WRONLY ? Permissions.READ : 0) | (writes ? Permissions.WRITE : 0);
        Permissions.require(context, inode, wanted);
        if ((flags & O_NOATIME) != 0 && !Permissions.isOwner(context, inode)) {
            throw Errno.EPERM.exception("O_NOATIME is for the owner");
        }
        int type = Mode.type(inode.mode());
        boolean isOpenable = switch (type) {
            case Mode.REGULAR, Mode.DIRECTORY, Mode.FIFO -> true;
            case Mode.CHARACTER_DEVICE -> vfs.devices().find(inode.device()) != null;
            default -> false;
        };
        if (!isOpenable) {
            throw Errno.ENXIO.exception("the device has no driver, or this is a socket, which is not opened");
        }
    }

    void close(OpenFile file) {
        if (file.leave()) {
            if (file.special != null) {
                vfs.control().stopNotifying(file, file.special);
                file.special.closed(file);
            }
            vfs.uncounted();
            file.mount.openFiles--;
            vfs.inodes().release(file.inode);
        }
    }
}
