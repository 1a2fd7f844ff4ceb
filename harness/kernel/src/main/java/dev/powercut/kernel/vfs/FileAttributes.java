package dev.powercut.kernel.vfs;

import org.jspecify.annotations.Nullable;

/** The calls that read and change what stat(2) tells. */
public final class FileAttributes {

    /** For {@link #utimens}: the present time, as UTIME_NOW. */
    public static final long TIME_NOW = Long.MAX_VALUE;

    /** For {@link #utimens}: the time stays as it is, as UTIME_OMIT. */
    public static final long TIME_OMIT = Long.MIN_VALUE;

    private final Vfs vfs;

    FileAttributes(Vfs vfs) {
        this.vfs = vfs;
    }

    /** {@code flags}: AT_SYMLINK_NOFOLLOW, AT_EMPTY_PATH. */
    public Stat stat(PathContext context, int dirfd, String path, int flags) {
        AtFlags.require(flags, AtFlags.AT_SYMLINK_NOFOLLOW | AtFlags.AT_EMPTY_PATH);
        try (PathWalk walk = walk(context, dirfd, path, flags)) {
            walk.toEnd(AtFlags.follows(flags));
            return stat(walk.mount(), walk.inode());
        }
    }

    public Stat stat(OpenFile file) {
        return stat(file.mount, file.inode);
    }

    /** POSIX.1-2024, 2.9.7: atomic with respect to calls that change what it tells. */
    private Stat stat(Mount mount, Inode inode) {
        inode.lock(vfs.runner());
        try {
            return statLocked(mount, inode);
        } finally {
            inode.unlock();
        }
    }

    private PathWalk walk(PathContext context, int dirfd, String path, int flags) {
        return new PathWalk(vfs, context, dirfd, path, (flags & AtFlags.AT_EMPTY_PATH) != 0);
    }

    private static Stat statLocked(Mount mount, Inode inode) {
        return new Stat(
                inode.number(),
                inode.mode(),
                inode.linkCount(),
                inode.uid(),
                inode.gid(),
                inode.device(),
                inode.sizeBytes(),
                mount.blockSizeBytes(),
                inode.blocks512() + inode.fileSystem().reservedBlocks512(inode),
                inode.accessedNanos(),
                inode.modifiedNanos(),
                inode.changedNanos());
    }

    public FileSystemStatistics statfs(PathContext context, String path) {
        try (PathWalk walk = new PathWalk(vfs, context, DescriptorTable.AT_FDCWD, path)) {
            walk.toEnd(true);
            return walk.mount().fileSystem.statistics();
        }
    }

    public FileSystemStatistics statfs(OpenFile file) {
        return file.mount.fileSystem.statistics();
    }

    public long pathconf(PathContext context, String path, @Nullable PathLimit limit) {
        if (limit == null) {
            throw Errno.EINVAL.exception("no limit");
        }
        try (PathWalk walk = new PathWalk(vfs, context, DescriptorTable.AT_FDCWD, path)) {
            walk.toEnd(true);
            return limit.of(walk.mount(), walk.inode());
        }
    }

    public long pathconf(OpenFile file, @Nullable PathLimit limit) {
        if (limit == null) {
            throw Errno.EINVAL.exception("no limit");
        }
        return limit.of(file.mount, file.inode);
    }

    /**
     * Fails when the process may not do something to a file: {@code wanted} is a sum of 4 to read, 2 to write, 1 to execute or
     * search; 0 asks only whether it is there. The real user and groups count, with AT_EACCESS the effective ones.
     */
    public void access(PathContext context, int dirfd, String path, int wanted, int flags) {
        if ((wanted & ~7) != 0) {
            throw Errno.EINVAL.exception();
        }
        AtFlags.require(flags, AtFlags.AT_EACCESS | AtFlags.AT_SYMLINK_NOFOLLOW | AtFlags.AT_EMPTY_PATH);
        PathContext who = (flags & AtFlags.AT_EACCESS) != 0 ? context : context.withRealIds();
        try (PathWalk walk = walk(who, dirfd, path, flags)) {
            walk.toEnd(AtFlags.follows(flags));
            Inode inode = walk.inode();
            if ((wanted & Permissions.WRITE) != 0 && (inode.isRegular() || inode.isDirectory() || inode.isSymlink())) {
                walk.mount().requireWritable();
            }
            Permissions.requireAccess(who, inode, wanted);
        }
    }

    /** {@code flags}: AT_SYMLINK_NOFOLLOW, which gives EOPNOTSUPP when the file is a symbolic link. */
    public void chmod(PathContext context, int dirfd, String path, int mode, int flags) {
        AtFlags.require(flags, AtFlags.AT_SYMLINK_NOFOLLOW);
        try (PathWalk walk = walk(context, dirfd, path, flags)) {
            walk.toEnd(AtFlags.follows(flags));
            if (walk.inode().isSymlink()) {
                throw Errno.EOPNOTSUPP.exception("symbolic links have no permissions");
            }
            chmod(context, walk.mount(), walk.inode(), mode);
        }
    }

    public void chmod(PathContext context, OpenFile file, int mode) {
        chmod(context, file.mount, file.inode, mode);
    }

    private void chmod(PathContext context, Mount mount, Inode inode, int mode) {
        mount.requireWritable();
        inode.lock(vfs.runner());
        try {
            Permissions.requireOwner(context, inode);
            int permissions = mode & Mode.PERMISSIONS;
            if (!context.isSuperUser() && !context.isMember(inode.gid())) {
                permissions &= ~Mode.SET_GID;
            }
            inode.setMode(Mode.type(inode.mode()) | permissions);
            changed(inode);
        } finally {
            inode.unlock();
        }
    }

    /** -1 leaves an id as it is. {@code flags}: AT_SYMLINK_NOFOLLOW, AT_EMPTY_PATH. */
    public void chown(PathContext context, int dirfd, String path, int uid, int gid, int flags) {
        AtFlags.require(flags, AtFlags.AT_SYMLINK_NOFOLLOW | AtFlags.AT_EMPTY_PATH);
        try (PathWalk walk = walk(context, dirfd, path, flags)) {
            walk.toEnd(AtFlags.follows(flags));
            chown(context, walk.mount(), walk.inode(), uid, gid);
        }
    }

    public void chown(PathContext context, OpenFile file, int uid, int gid) {
        chown(context, file.mount, file.inode, uid, gid);
    }

    private void chown(PathContext context, Mount mount, Inode inode, int uid, int gid) {
        mount.requireWritable();
        inode.lock(vfs.runner());
        try {
            if (!mayChown(context, inode, uid, gid)) {
                throw Errno.EPERM.exception();
            }
            inode.setOwner(uid == -1 ? inode.uid() : uid, gid == -1 ? inode.gid() : gid);
            if (!inode.isDirectory()) {
                inode.setMode(Permissions.withoutSetId(inode.mode()));
            }
            changed(inode);
        } finally {
            inode.unlock();
        }
    }

    /** The owner may give a file to a group that he is in; only the super-user may give it to another user. */
    private static boolean mayChown(PathContext context, Inode inode, int uid, int gid) {
        boolean owns = context.uid == inode.uid();
        boolean mayUser = uid == -1 || owns && uid == inode.uid();
        boolean mayGroup = gid == -1 || owns && (gid == inode.gid() || context.isMember(gid));
        return context.isSuperUser() || mayUser && mayGroup;
    }

    /**
     * Sets access and modification time, nanoseconds since 1970, or {@link #TIME_NOW} or {@link #TIME_OMIT}. Who is not the
     * owner may set both to now when allowed to write. {@code flags}: AT_SYMLINK_NOFOLLOW, AT_EMPTY_PATH.
     */
    public void utimens(
            PathContext context, int dirfd, String path, long accessedNanos, long modifiedNanos, int flags) {
        if (accessedNanos == TIME_OMIT && modifiedNanos == TIME_OMIT) {
            return;
        }
        AtFlags.require(flags, AtFlags.AT_SYMLINK_NOFOLLOW | AtFlags.AT_EMPTY_PATH);
        try (PathWalk walk = walk(context, dirfd, path, flags)) {
            walk.toEnd(AtFlags.follows(flags));
            utimens(context, walk.mount(), walk.inode(), accessedNanos, modifiedNanos);
        }
    }

    public void utimens(PathContext context, OpenFile file, long accessedNanos, long modifiedNanos) {
        utimens(context, file.mount, file.inode, accessedNanos, modifiedNanos);
    }

    private void utimens(PathContext context, Mount mount, Inode inode, long accessedNanos, long modifiedNanos) {
        if (accessedNanos == TIME_OMIT && modifiedNanos == TIME_OMIT) {
            return;
        }
        mount.requireWritable();
        inode.lock(vfs.runner());
        try {
            if (accessedNanos != TIME_NOW || modifiedNanos != TIME_NOW) {
                Permissions.requireOwner(context, inode);
            } else if (!Permissions.isOwner(context, inode)) {
                Permissions.require(context, inode, Permissions.WRITE);
            }
            if (accessedNanos != TIME_OMIT) {
                inode.setAccessedNanos(accessedNanos == TIME_NOW ? vfs.nowNanos() : accessedNanos);
            }
            if (modifiedNanos != TIME_OMIT) {
                inode.setModifiedNanos(modifiedNanos == TIME_NOW ? vfs.nowNanos() : modifiedNanos);
            }
            changed(inode);
        } finally {
            inode.unlock();
        }
    }

    private void changed(Inode inode) {
        inode.setChangedNanos(vfs.nowNanos());
        inode.fileSystem().attributesChanged(inode);
    }
}
