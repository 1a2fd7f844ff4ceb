package dev.powercut.kernel.vfs;

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

    /** @param follow whether a symbolic link at the end is followed */
    public Stat stat(PathContext context, String path, boolean follow) {
        try (PathWalk walk = new PathWalk(vfs, context, path)) {
            walk.toEnd(follow);
            return stat(walk.mount(), walk.inode());
        }
    }

    public Stat stat(OpenFile file) {
        return stat(file.mount, file.inode);
    }

    private static Stat stat(Mount mount, Inode inode) {
        return new Stat(
                inode.number(),
                inode.mode(),
                inode.linkCount(),
                inode.uid(),
                inode.gid(),
                inode.device(),
                inode.sizeBytes(),
                mount.blockSizeBytes(),
                inode.blocks512(),
                inode.accessedNanos(),
                inode.modifiedNanos(),
                inode.changedNanos());
    }

    public FileSystemStatistics statfs(PathContext context, String path) {
        try (PathWalk walk = new PathWalk(vfs, context, path)) {
            walk.toEnd(true);
            return walk.mount().fileSystem.statistics();
        }
    }

    public void chmod(PathContext context, String path, int mode) {
        try (PathWalk walk = new PathWalk(vfs, context, path)) {
            walk.toEnd(true);
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
            if (!context.isSuperUser() && context.gid != inode.gid()) {
                permissions &= ~Mode.SET_GID;
            }
            inode.setMode(Mode.type(inode.mode()) | permissions);
            changed(inode);
        } finally {
            inode.unlock();
        }
    }

    /** -1 leaves an id as it is. */
    public void chown(PathContext context, String path, int uid, int gid, boolean follow) {
        try (PathWalk walk = new PathWalk(vfs, context, path)) {
            walk.toEnd(follow);
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
            boolean mayChown = context.isSuperUser()
                    || (uid == -1 || context.uid == inode.uid() && uid == inode.uid())
                            && (gid == -1 || context.uid == inode.uid() && (gid == inode.gid() || gid == context.gid));
            if (!mayChown) {
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

    /**
     * Sets access and modification time, nanoseconds since 1970, or {@link #TIME_NOW} or {@link #TIME_OMIT}. Who is not the
     * owner may set both to now when allowed to write.
     */
    public void utimens(PathContext context, String path, long accessedNanos, long modifiedNanos, boolean follow) {
        try (PathWalk walk = new PathWalk(vfs, context, path)) {
            walk.toEnd(follow);
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
