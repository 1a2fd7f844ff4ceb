package dev.powercut.kernel.vfs;

import org.jspecify.annotations.Nullable;

/**
 * Path resolution (POSIX.1-2024 base definitions 4.16, path_resolution(7)). A walk stands somewhere: at an inode in a mount,
 * which it holds a reference to; closing the walk gives it back.
 *
 * <p>A symbolic link is followed by putting its target in front of what is left of the path. {@code ..} needs no entry on
 * disk: a directory in memory knows the directory that it was found in.
 */
final class PathWalk implements AutoCloseable {

    /** PATH_MAX without its terminating NUL. */
    static final int MAX_PATH_BYTES = 4095;

    /** As Linux's MAXSYMLINKS. */
    private static final int MAX_SYMLINKS = 40;

    /** What the last component of a path is. */
    enum Last {
        NAME,
        DOT,
        DOT_DOT,
        /** There is none: the path is nothing but slashes. */
        ROOT
    }

    private final Vfs vfs;
    private final PathContext context;
    private String path;
    private int at;
    private int symlinks;
    private Mount mount;
    private Inode inode;
    private Last lastKind = Last.ROOT;
    private String lastName = "";
    private boolean trailingSlash;

    /** @param dirfd where a relative path begins: the descriptor of a directory, or {@link DescriptorTable#AT_FDCWD} */
    PathWalk(Vfs vfs, PathContext context, int dirfd, String path) {
        this(vfs, context, dirfd, path, false);
    }

    /** @param emptyAllowed whether an empty path means the file itself that {@code dirfd} stands for, as AT_EMPTY_PATH says */
    PathWalk(Vfs vfs, PathContext context, int dirfd, String path, boolean emptyAllowed) {
        requireValid(path, emptyAllowed);
        this.vfs = vfs;
        this.context = context;
        this.path = path;
        if (!path.isEmpty() && path.charAt(0) == '/') {
            this.mount = context.rootMount;
            this.inode = context.root;
        } else if (dirfd == DescriptorTable.AT_FDCWD) {
            this.mount = context.mount;
            this.inode = context.directory;
        } else {
            OpenFile file = context.descriptors.get(dirfd);
            this.mount = file.mount;
            this.inode = file.inode;
        }
        if (mount.detached || context.ended) {
            throw Errno.ESRCH.exception("the process has ended, or its root is not mounted any more");
        }
        vfs.inodes().retain(inode);
    }

    private static void requireValid(@Nullable String path, boolean emptyAllowed) {
        if (path == null) {
            throw Errno.EFAULT.exception("no path");
        }
        if (path.isEmpty()) {
            if (!emptyAllowed) {
                throw Errno.ENOENT.exception();
            }
            return;
        }
        if (path.indexOf('\0') >= 0) {
            throw Errno.EINVAL.exception("NUL in a path");
        }
        if (isLonger(path, MAX_PATH_BYTES)) {
            throw Errno.ENAMETOOLONG.exception();
        }
    }

    private static boolean isLonger(String text, int maxBytes) {
        // A UTF-16 unit takes at most three bytes.
        return text.length() * 3 > maxBytes && FileName.toBytes(text).length > maxBytes;
    }

    Mount mount() {
        return mount;
    }

    /** Where the walk stands. */
    Inode inode() {
        return inode;
    }

    Last lastKind() {
        return lastKind;
    }

    /** The last component, after {@link #toParent}. */
    String lastName() {
        return lastName;
    }

    /** Whether slashes follow the last component. */
    boolean hasTrailingSlash() {
        return trailingSlash;
    }

    /** Walks to the directory in which the last component is to be looked up, which the caller may search. */
    void toParent() {
        while (true) {
            at = skipSlashes(at);
            if (at == path.length()) {
                lastKind = Last.ROOT;
                lastName = "";
                return;
            }
            int slash = path.indexOf('/', at);
            int end = slash < 0 ? path.length() : slash;
            String name = path.substring(at, end);
            at = skipSlashes(end);
            requireSearchable();
            if (at == path.length()) {
                lastName = name;
                lastKind = name.equals(".") ? Last.DOT : name.equals("..") ? Last.DOT_DOT : Last.NAME;
                trailingSlash = at > end;
                if (lastKind == Last.NAME) {
                    requireShort(name);
                }
                return;
            }
            step(name);
        }
    }

    private int skipSlashes(int from) {
        int index = from;
        while (index < path.length() && path.charAt(index) == '/') {
            index++;
        }
        return index;
    }

    private void requireSearchable() {
        if (!inode.isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
        Permissions.require(context, inode, Permissions.SEARCH);
    }

    private static void requireShort(String name) {
        if (isLonger(name, FileName.MAX_BYTES)) {
            throw Errno.ENAMETOOLONG.exception();
        }
    }

    /** One component in the middle of the path. */
    private void step(String name) {
        if (name.equals(".")) {
            return;
        }
        if (name.equals("..")) {
            up();
            return;
        }
        requireShort(name);
        Inode child = lookup(name);
        if (child == null) {
            throw Errno.ENOENT.exception();
        }
        if (child.isSymlink()) {
            follow(child, "/" + path.substring(at));
        } else {
            enter(mount, child);
        }
    }

    /**
     * Walks to the file that the path names.
     *
     * @param followLast whether a symbolic link at the very end is followed; with a slash behind it, it always is
     */
    void toEnd(boolean followLast) {
        toParent();
        while (!last(followLast)) {
            toParent();
        }
        if (trailingSlash && !inode.isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
    }

    /** Takes the last component; false when it was a symbolic link, whose target is now to be walked. */
    private boolean last(boolean followLast) {
        switch (lastKind) {
            case ROOT, DOT -> {}
            case DOT_DOT -> up();
            case NAME -> {
                Inode child = lookup(lastName);
                if (child == null) {
                    throw Errno.ENOENT.exception();
                }
                if (child.isSymlink() && (followLast || trailingSlash)) {
                    follow(child, trailingSlash ? "/" : "");
                    return false;
                }
                enter(mount, child);
            }
        }
        return true;
    }

    /** Follows a symbolic link found as the last component. The caller goes on with {@link #toParent}. */
    void followLast(Inode symlink) {
        follow(symlink, trailingSlash ? "/" : "");
    }

    private void follow(Inode symlink, String rest) {
        if (++symlinks > MAX_SYMLINKS) {
            throw Errno.ELOOP.exception();
        }
        vfs.inodes().retain(symlink);
        try {
            String target = targetOf(symlink);
            if (target.isEmpty()) {
                throw Errno.ENOENT.exception();
            }
            path = target + rest;
        } finally {
            vfs.inodes().release(symlink);
        }
        at = 0;
        if (path.charAt(0) == '/') {
            enter(context.rootMount, context.root);
        }
    }

    private String targetOf(Inode symlink) {
        symlink.lock(vfs.runner());
        try {
            vfs.accessed(mount, symlink);
            return symlink.fileSystem().readlink(symlink);
        } finally {
            symlink.unlock();
        }
    }

    /** The inode that a name in the present directory leads to, or null; to be kept by a reference before the next wait. */
    private @Nullable Inode lookup(String name) {
        Inode found;
        inode.lock(vfs.runner());
        try {
            found = lookupLocked(name);
        } finally {
            inode.unlock();
        }
        if (found != null && !vfs.holds(LockRule.LOOKUP_KEEPS_INODE)) {
            vfs.runner().point("walk", found.toString());
        }
        return found;
    }

    /** As {@link #lookup}, when the caller holds the lock of the directory. */
    @Nullable
    Inode lookupLocked(String name) {
        return vfs.lookupLocked(inode, name);
    }

    /** Goes to the directory above; above the root is the root, above a mount's root is what it covers. */
    private void up() {
        Mount aboveMount = mount;
        Inode above = inode;
        while (above == aboveMount.root && above != context.root && aboveMount.parent != null) {
            Inode covered = aboveMount.covered;
            aboveMount = aboveMount.parent;
            above = covered == null ? aboveMount.root : covered;
        }
        if (above != context.root && above.parent != null && above != aboveMount.root) {
            above = above.parent;
        }
        enter(aboveMount, above);
    }

    /** Steps to an inode, and into what is mounted over it. */
    void enter(Mount toMount, Inode to) {
        Mount newMount = toMount;
        Inode newInode = to;
        while (newInode.mounted != null) {
            newMount = newInode.mounted;
            newInode = newMount.root;
        }
        Inode former = inode;
        vfs.inodes().retain(newInode);
        mount = newMount;
        inode = newInode;
        vfs.inodes().release(former);
    }

    @Override
    public void close() {
        vfs.inodes().release(inode);
    }
}
