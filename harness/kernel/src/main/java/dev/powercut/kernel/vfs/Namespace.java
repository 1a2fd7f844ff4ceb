package dev.powercut.kernel.vfs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls that make, remove and read names. Checks come in the order in which Linux makes them. */
public final class Namespace {

    private final Vfs vfs;
    private final Renaming renaming;

    Namespace(Vfs vfs) {
        this.vfs = vfs;
        this.renaming = new Renaming(vfs);
    }

    public void mkdir(PathContext context, int dirfd, String path, int mode) {
        // Linux takes permissions and the sticky bit.
        create(context, dirfd, path, Mode.DIRECTORY | mode & (0x1FF | Mode.STICKY), "", 0);
    }

    /**
     * Makes a regular file, FIFO, socket or device node.
     *
     * @param mode type and permission bits; no type means a regular file
     */
    public void mknod(PathContext context, int dirfd, String path, int mode, int device) {
        int type = Mode.type(mode) == 0 ? Mode.REGULAR : Mode.type(mode);
        boolean isDevice = type == Mode.BLOCK_DEVICE || type == Mode.CHARACTER_DEVICE;
        if (type == Mode.DIRECTORY || isDevice && !context.isSuperUser()) {
            throw Errno.EPERM.exception();
        }
        if (!isDevice && type != Mode.REGULAR && type != Mode.FIFO && type != Mode.SOCKET) {
            throw Errno.EINVAL.exception();
        }
        create(context, dirfd, path, type | mode & Mode.PERMISSIONS, "", isDevice ? device : 0);
    }

    public void symlink(PathContext context, @Nullable String target, int dirfd, String path) {
        if (target == null) {
            throw Errno.EFAULT.exception("no target");
        }
        if (target.isEmpty()) {
            throw Errno.ENOENT.exception();
        }
        if (FileName.toBytes(target).length > PathWalk.MAX_PATH_BYTES) {
            throw Errno.ENAMETOOLONG.exception();
        }
        create(context, dirfd, path, Mode.SYMLINK | 0x1FF, target, 0);
    }

    private void create(PathContext context, int dirfd, String path, int mode, String target, int device) {
        try (PathWalk walk = new PathWalk(vfs, context, dirfd, path)) {
            walk.toParent();
            requireName(walk);
            Inode directory = walk.inode();
            directory.lock(vfs.runner());
            try {
                if (walk.lookupLocked(walk.lastName()) != null) {
                    throw Errno.EEXIST.exception();
                }
                if (walk.hasTrailingSlash() && !Mode.isDirectory(mode)) {
                    throw Errno.ENOENT.exception();
                }
                vfs.letGoBetweenSeeingAndMaking(directory);
                createLocked(context, walk, mode, target, device);
            } finally {
                directory.unlock();
            }
        }
    }

    private static void requireName(PathWalk walk) {
        if (walk.lastKind() != PathWalk.Last.NAME) {
            throw Errno.EEXIST.exception();
        }
    }

    /** Makes the last component of a walk, which does not exist, in the locked directory where the walk stands. */
    Inode createLocked(PathContext context, PathWalk walk, int mode, String target, int device) {
        Inode directory = walk.inode();
        walk.mount().requireWritable();
        Permissions.requireMayCreate(context, directory);
        int masked = Mode.isSymlink(mode) ? mode : mode & ~context.umask;
        NewInode what = new NewInode(
                Permissions.initialMode(context, directory, masked),
                context.uid,
                Permissions.initialGroup(context, directory),
                target,
                device);
        Inode made = directory.fileSystem().create(directory, walk.lastName(), what);
        made.tailSound = true;
        vfs.inodes().found(directory, made);
        return made;
    }

    /** {@code flags}: AT_SYMLINK_FOLLOW, and AT_EMPTY_PATH for the super-user. */
    public void link(PathContext context, int fromDirfd, String existing, int dirfd, String path, int flags) {
        AtFlags.require(flags, AtFlags.AT_SYMLINK_FOLLOW | AtFlags.AT_EMPTY_PATH);
        boolean emptyAllowed = (flags & AtFlags.AT_EMPTY_PATH) != 0;
        if (emptyAllowed && existing.isEmpty() && !context.isSuperUser()) {
            throw Errno.ENOENT.exception("for the super-user only");
        }
        try (PathWalk from = new PathWalk(vfs, context, fromDirfd, existing, emptyAllowed)) {
            from.toEnd((flags & AtFlags.AT_SYMLINK_FOLLOW) != 0);
            try (PathWalk walk = new PathWalk(vfs, context, dirfd, path)) {
                walk.toParent();
                requireName(walk);
                walk.inode().lock(vfs.runner());
                try {
                    linkLocked(context, from, walk);
                } finally {
                    walk.inode().unlock();
                }
            }
        }
    }

    private void linkLocked(PathContext context, PathWalk from, PathWalk to) {
        Inode inode = from.inode();
        Inode directory = to.inode();
        if (to.lookupLocked(to.lastName()) != null) {
            throw Errno.EEXIST.exception();
        }
        if (to.hasTrailingSlash()) {
            throw Errno.ENOENT.exception();
        }
        to.mount().requireWritable();
        if (from.mount() != to.mount()) {
            throw Errno.EXDEV.exception();
        }
        Permissions.requireMayCreate(context, directory);
        if (inode.isDirectory()) {
            throw Errno.EPERM.exception();
        }
        inode.lock(vfs.runner());
        try {
            if (inode.linkCount() == 0) {
                throw Errno.ENOENT.exception();
            }
            directory.fileSystem().link(directory, to.lastName(), inode);
        } finally {
            inode.unlock();
        }
    }

    public void unlink(PathContext context, int dirfd, String path) {
        try (PathWalk walk = new PathWalk(vfs, context, dirfd, path)) {
            walk.toParent();
            if (walk.lastKind() != PathWalk.Last.NAME) {
                throw Errno.EISDIR.exception();
            }
            remove(context, walk, false);
        }
    }

    public void rmdir(PathContext context, int dirfd, String path) {
        try (PathWalk walk = new PathWalk(vfs, context, dirfd, path)) {
            walk.toParent();
            switch (walk.lastKind()) {
                case DOT -> throw Errno.EINVAL.exception();
                case DOT_DOT -> throw Errno.ENOTEMPTY.exception();
                case ROOT -> throw Errno.EBUSY.exception();
                case NAME -> remove(context, walk, true);
            }
        }
    }

    private void remove(PathContext context, PathWalk walk, boolean asDirectory) {
        walk.mount().requireWritable();
        Inode directory = walk.inode();
        Inode victim;
        directory.lock(vfs.runner());
        try {
            victim = walk.lookupLocked(walk.lastName());
            if (victim == null) {
                throw Errno.ENOENT.exception();
            }
            if (!asDirectory && walk.hasTrailingSlash()) {
                throw victim.isDirectory() ? Errno.EISDIR.exception() : Errno.ENOTDIR.exception();
            }
            Permissions.requireMayDelete(context, directory, victim, asDirectory);
            vfs.inodes().retain(victim);
            try {
                removeLocked(directory, walk.lastName(), victim);
            } catch (RuntimeException failure) {
                vfs.inodes().release(victim);
                throw failure;
            }
        } finally {
            directory.unlock();
        }
        // If this is the last reference, the file is deleted, which needs no lock of the directory.
        vfs.inodes().release(victim);
    }

    private void removeLocked(Inode directory, String name, Inode victim) {
        victim.lock(vfs.runner());
        try {
            if (victim.isDirectory()) {
                directory.fileSystem().rmdir(directory, name, victim);
            } else {
                directory.fileSystem().unlink(directory, name, victim);
            }
        } finally {
            victim.unlock();
        }
    }

    /** An empty path reads the symbolic link that the descriptor stands for. */
    public String readlink(PathContext context, int dirfd, String path) {
        boolean emptyAllowed = dirfd != DescriptorTable.AT_FDCWD;
        try (PathWalk walk = new PathWalk(vfs, context, dirfd, path, emptyAllowed)) {
            walk.toEnd(false);
            if (!walk.inode().isSymlink()) {
                throw path.isEmpty() ? Errno.ENOENT.exception() : Errno.EINVAL.exception();
            }
            walk.inode().lock(vfs.runner());
            try {
                vfs.accessed(walk.mount(), walk.inode());
                return walk.inode().fileSystem().readlink(walk.inode());
            } finally {
                walk.inode().unlock();
            }
        }
    }

    /** {@code flags}: 1 RENAME_NOREPLACE; others give EINVAL. */
    public void rename(PathContext context, int fromDirfd, String from, int toDirfd, String to, int flags) {
        renaming.rename(context, fromDirfd, from, toDirfd, to, flags);
    }

    /** All remaining entries of an open directory, {@code .} and {@code ..} included. */
    public List<DirectoryEntry> readdir(OpenFile file) {
        Inode directory = file.inode;
        if (!directory.isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
        List<DirectoryEntry> entries = new ArrayList<>();
        directory.lock(vfs.runner());
        try {
            if (directory.linkCount() == 0) {
                throw Errno.ENOENT.exception();
            }
            directory.fileSystem().readdir(directory, file.position, (name, inodeNumber, type, nextCursor) -> {
                entries.add(new DirectoryEntry(name, inodeNumber, type));
                file.position = nextCursor;
                return true;
            });
            vfs.accessed(file.mount, directory);
        } finally {
            directory.unlock();
        }
        return entries;
    }

    public void chdir(PathContext context, String path) {
        try (PathWalk walk = new PathWalk(vfs, context, DescriptorTable.AT_FDCWD, path)) {
            walk.toEnd(true);
            moveTo(context, walk.mount(), walk.inode());
        }
    }

    public void fchdir(PathContext context, OpenFile file) {
        moveTo(context, file.mount, file.inode);
    }

    private void moveTo(PathContext context, Mount mount, Inode directory) {
        if (!directory.isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
        Permissions.require(context, directory, Permissions.SEARCH);
        vfs.inodes().retain(directory);
        mount.workingDirectories++;
        Inode former = context.directory;
        context.mount.workingDirectories--;
        context.mount = mount;
        context.directory = directory;
        vfs.inodes().release(former);
    }

    /** The absolute path of the working directory; ENOENT when it has been removed. */
    public String getcwd(PathContext context) {
        return WorkingDirectory.path(vfs, context);
    }
}
