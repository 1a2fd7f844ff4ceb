package dev.powercut.kernel.vfs;

/** getcwd(3): the name of a directory, found upwards. */
final class WorkingDirectory {

    private WorkingDirectory() {}

    static String path(Vfs vfs, PathContext context) {
        Mount mount = context.mount;
        Inode inode = context.directory;
        StringBuilder path = new StringBuilder();
        while (inode != context.root) {
            if (inode == mount.root) {
                Mount parent = mount.parent;
                Inode covered = mount.covered;
                if (parent == null || covered == null) {
                    break;
                }
                mount = parent;
                inode = covered;
                continue;
            }
            Inode parent = inode.parent;
            if (parent == null || inode.linkCount() == 0) {
                throw Errno.ENOENT.exception();
            }
            path.insert(0, nameIn(vfs, parent, inode)).insert(0, '/');
            if (path.length() > PathWalk.MAX_PATH_BYTES) {
                throw Errno.ENAMETOOLONG.exception();
            }
            inode = parent;
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    private static String nameIn(Vfs vfs, Inode directory, Inode child) {
        StringBuilder found = new StringBuilder();
        directory.lock(vfs.runner());
        try {
            directory.fileSystem().readdir(directory, 0, (name, inodeNumber, type, nextCursor) -> {
                boolean isIt = inodeNumber == child.number() && !name.equals(".") && !name.equals("..");
                if (isIt) {
                    found.append(name);
                }
                return !isIt;
            });
        } finally {
            directory.unlock();
        }
        if (found.isEmpty()) {
            throw Errno.ENOENT.exception();
        }
        return found.toString();
    }
}
