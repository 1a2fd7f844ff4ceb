package dev.powercut.kernel.vfs;

import org.jspecify.annotations.Nullable;

/**
 * rename(2), with the rules of POSIX in the order in which Linux checks them.
 *
 * <p>Locks: for two directories first the mount's rename lock, so that nobody else moves directories about, then both, the one
 * nearer to the root first, else by number; then what is moved and what is replaced, by number.
 */
final class Renaming {

    private static final int RENAME_NOREPLACE = 1;

    /** More directories above one another than any path can name: the tree is damaged. */
    private static final int MAX_DEPTH = 1 << 16;

    private final Vfs vfs;

    Renaming(Vfs vfs) {
        this.vfs = vfs;
    }

    void rename(PathContext context, int fromDirfd, String from, int toDirfd, String to, int flags) {
        if ((flags & ~RENAME_NOREPLACE) != 0) {
            throw Errno.EINVAL.exception();
        }
        boolean mayReplace = (flags & RENAME_NOREPLACE) == 0;
        try (PathWalk source = new PathWalk(vfs, context, fromDirfd, from)) {
            source.toParent();
            try (PathWalk target = new PathWalk(vfs, context, toDirfd, to)) {
                target.toParent();
                if (source.mount() != target.mount()) {
                    throw Errno.EXDEV.exception();
                }
                if (source.lastKind() != PathWalk.Last.NAME) {
                    throw Errno.EBUSY.exception();
                }
                if (target.lastKind() != PathWalk.Last.NAME) {
                    throw mayReplace ? Errno.EBUSY.exception() : Errno.EEXIST.exception();
                }
                source.mount().requireWritable();
                Inode replaced = lockedRename(context, source, target, mayReplace);
                if (replaced != null) {
                    vfs.inodes().release(replaced);
                }
            }
        }
    }

    /** Returns what was replaced, retained. */
    private @Nullable Inode lockedRename(PathContext context, PathWalk source, PathWalk target, boolean mayReplace) {
        Inode one = source.inode();
        Inode other = target.inode();
        if (one == other) {
            one.lock(vfs.runner());
            try {
                return renameInLocked(context, source, target, mayReplace);
            } finally {
                one.unlock();
            }
        }
        if (!vfs.holds(LockRule.DIRECTORIES_IN_ORDER)) {
            return withBothLocked(one, other, context, source, target, mayReplace);
        }
        source.mount().renameLock.lock();
        try {
            boolean oneFirst = isAbove(one, other) || !isAbove(other, one) && one.number() < other.number();
            Inode first = oneFirst ? one : other;
            return withBothLocked(first, oneFirst ? other : one, context, source, target, mayReplace);
        } finally {
            source.mount().renameLock.unlock();
        }
    }

    private @Nullable Inode withBothLocked(
            Inode first, Inode second, PathContext context, PathWalk source, PathWalk target, boolean mayReplace) {
        first.lock(vfs.runner());
        try {
            second.lock(vfs.runner());
            try {
                return renameInLocked(context, source, target, mayReplace);
            } finally {
                second.unlock();
            }
        } finally {
            first.unlock();
        }
    }

    private @Nullable Inode renameInLocked(PathContext context, PathWalk source, PathWalk target, boolean mayReplace) {
        Inode from = source.inode();
        Inode to = target.inode();
        Inode moved = source.lookupLocked(source.lastName());
        if (moved == null) {
            throw Errno.ENOENT.exception();
        }
        Inode replaced = target.lookupLocked(target.lastName());
        if (replaced != null && !mayReplace) {
            throw Errno.EEXIST.exception();
        }
        if (!moved.isDirectory() && (source.hasTrailingSlash() || target.hasTrailingSlash())) {
            throw Errno.ENOTDIR.exception();
        }
        if (moved == to || isAbove(moved, to)) {
            throw Errno.EINVAL.exception("a directory cannot move into itself");
        }
        if (replaced != null && (replaced == from || isAbove(replaced, from))) {
            throw Errno.ENOTEMPTY.exception();
        }
        if (moved == replaced) {
            return null;
        }
        requireMayMove(context, from, to, moved, replaced);
        vfs.inodes().retain(moved);
        if (replaced != null) {
            vfs.inodes().retain(replaced);
        }
        boolean done = false;
        try {
            move(from, source.lastName(), to, target.lastName(), moved, replaced);
            done = true;
        } finally {
            vfs.inodes().release(moved);
            if (!done && replaced != null) {
                vfs.inodes().release(replaced);
            }
        }
        return replaced;
    }

    private static void requireMayMove(
            PathContext context, Inode from, Inode to, Inode moved, @Nullable Inode replaced) {
        Permissions.requireMayDelete(context, from, moved, moved.isDirectory());
        if (replaced == null) {
            Permissions.requireMayCreate(context, to);
        } else {
            Permissions.requireMayDelete(context, to, replaced, moved.isDirectory());
        }
        if (moved.isDirectory() && from != to) {
            // Its entry ".." changes.
            Permissions.require(context, moved, Permissions.WRITE);
        }
    }

    private void move(Inode from, String fromName, Inode to, String toName, Inode moved, @Nullable Inode replaced) {
        Inode first = replaced == null || moved.number() < replaced.number() ? moved : replaced;
        Inode second = replaced == null ? null : first == moved ? replaced : moved;
        first.lock(vfs.runner());
        try {
            if (second != null) {
                second.lock(vfs.runner());
            }
            try {
                from.fileSystem().rename(from, fromName, to, toName, moved, replaced);
                vfs.inodes().found(to, moved);
            } finally {
                if (second != null) {
                    second.unlock();
                }
            }
        } finally {
            first.unlock();
        }
    }

    /** Whether {@code upper} is a directory somewhere above {@code lower}. */
    private static boolean isAbove(Inode upper, Inode lower) {
        Inode at = lower.parent;
        for (int depth = 0; at != null; depth++) {
            if (at == upper) {
                return true;
            }
            if (depth == MAX_DEPTH) {
                throw Errno.EUCLEAN.exception("directories form a ring above " + lower);
            }
            at = at.parent;
        }
        return false;
    }
}
