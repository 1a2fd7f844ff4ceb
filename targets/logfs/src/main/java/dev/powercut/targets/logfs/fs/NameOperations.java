package dev.powercut.targets.logfs.fs;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.FileName;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.NewInode;
import dev.powercut.sim.disk.Site;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.OperationRecord;
import org.jspecify.annotations.Nullable;

/**
 * Names come and go. Each operation finds out first whether it can be done; then it changes directories and inodes in memory, and notes one
 * record that goes to the log before, or with, the first of them.
 */
final class NameOperations {

    private static final byte[] NO_NAME = {};

    private final Volume volume;
    private final Directory directories;
    private final InodeStore inodes;
    private final Committer committer;

    NameOperations(Volume volume, Directory directories, InodeStore inodes, Committer committer) {
        this.volume = volume;
        this.directories = directories;
        this.inodes = inodes;
        this.committer = committer;
    }

    private static int type(LogInode inode) {
        return inode.mode() >>> 12;
    }

    LogInode create(LogInode directory, String name, NewInode what) {
        byte[] bytes = FileName.toBytes(name);
        boolean isDirectory = Mode.isDirectory(what.mode());
        if (isDirectory && directory.linkCount() >= Format.MAX_LINKS) {
            throw Errno.EMLINK.exception();
        }
        directories.makeRoom(directory, bytes.length, true);
        LogInode inode = inodes.create(what, directory);
        inodes.markDirty(inode, Sites.CREATE, true);
        directories.insert(directory, bytes, 0, bytes.length, inode.ino(), type(inode), Sites.CREATE);
        if (isDirectory) {
            directory.setLinkCount(directory.linkCount() + 1);
        }
        touch(directory, Sites.CREATE);
        note(Format.OP_CREATE, inode, null, NO_NAME, directory, bytes, null, Sites.CREATE);
        return inode;
    }

    void link(LogInode directory, String name, LogInode inode) {
        byte[] bytes = FileName.toBytes(name);
        if (inode.linkCount() >= Format.MAX_LINKS) {
            throw Errno.EMLINK.exception();
        }
        directories.makeRoom(directory, bytes.length, true);
        directories.insert(directory, bytes, 0, bytes.length, inode.ino(), type(inode), Sites.LINK);
        setLinks(inode, inode.linkCount() + 1, Sites.LINK);
        touch(directory, Sites.LINK);
        note(Format.OP_LINK, inode, null, NO_NAME, directory, bytes, null, Sites.LINK);
    }

    void unlink(LogInode directory, String name, LogInode inode) {
        byte[] bytes = FileName.toBytes(name);
        directories.remove(directory, require(directory, bytes, inode), Sites.UNLINK);
        touch(directory, Sites.UNLINK);
        setLinks(inode, inode.linkCount() - 1, Sites.UNLINK);
        note(Format.OP_UNLINK, inode, directory, bytes, null, NO_NAME, null, Sites.UNLINK);
    }

    void rmdir(LogInode directory, String name, LogInode child) {
        byte[] bytes = FileName.toBytes(name);
        long position = require(directory, bytes, child);
        if (!directories.isEmpty(child)) {
            throw Errno.ENOTEMPTY.exception();
        }
        directories.remove(directory, position, Sites.RMDIR);
        directory.setLinkCount(directory.linkCount() - 1);
        touch(directory, Sites.RMDIR);
        setLinks(child, 0, Sites.RMDIR);
        note(Format.OP_RMDIR, child, directory, bytes, null, NO_NAME, null, Sites.RMDIR);
    }

    void rename(
            LogInode from, String fromName, LogInode to, String toName, LogInode moved, @Nullable LogInode replaced) {
        byte[] oldName = FileName.toBytes(fromName);
        byte[] newName = FileName.toBytes(toName);
        require(from, oldName, moved);
        boolean changesParent = moved.isDirectory() && from != to;
        if (replaced != null) {
            require(to, newName, replaced);
            if (replaced.isDirectory() && !directories.isEmpty(replaced)) {
                throw Errno.ENOTEMPTY.exception();
            }
        } else {
            if (changesParent && to.linkCount() >= Format.MAX_LINKS) {
                throw Errno.EMLINK.exception();
            }
            directories.makeRoom(to, newName.length, true);
        }
        directories.remove(from, require(from, oldName, moved), Sites.RENAME);
        if (replaced == null) {
            directories.insert(to, newName, 0, newName.length, moved.ino(), type(moved), Sites.RENAME);
        } else {
            directories.replace(to, require(to, newName, replaced), moved.ino(), type(moved), Sites.RENAME);
            if (replaced.isDirectory()) {
                to.setLinkCount(to.linkCount() - 1);
            }
        }
        if (changesParent) {
            from.setLinkCount(from.linkCount() - 1);
            to.setLinkCount(to.linkCount() + 1);
            moved.parentNumber = to.ino();
        }
        touch(from, Sites.RENAME);
        touch(to, Sites.RENAME);
        if (replaced != null) {
            setLinks(replaced, replaced.isDirectory() ? 0 : replaced.linkCount() - 1, Sites.RENAME);
        }
        setLinks(moved, moved.linkCount(), Sites.RENAME);
        note(Format.OP_RENAME, moved, from, oldName, to, newName, replaced, Sites.RENAME);
    }

    private long require(LogInode directory, byte[] name, LogInode inode) {
        long position = directories.find(directory, name);
        if (position == Directory.NOWHERE || directories.inodeAt(directory, position) != inode.ino()) {
            throw Errno.ENOENT.exception();
        }
        return position;
    }

    /** A directory's entries have changed. */
    private void touch(LogInode directory, Site site) {
        long now = volume.nowNanos();
        directory.setModifiedNanos(now);
        directory.setChangedNanos(now);
        inodes.markDirty(directory, site, true);
    }

    private void setLinks(LogInode inode, int count, Site site) {
        inode.setLinkCount(Math.max(0, count));
        inode.setChangedNanos(volume.nowNanos());
        if (inode.linkCount() == 0) {
            inodes.makeOrphan(inode);
        } else {
            inodes.markDirty(inode, site, true);
        }
    }

    private void note(
            int kind,
            LogInode inode,
            @Nullable LogInode from,
            byte[] fromName,
            @Nullable LogInode to,
            byte[] toName,
            @Nullable LogInode replaced,
            Site site) {
        if (!volume.rules.records(kind)) {
            return;
        }
        committer.note(
                OperationRecord.encode(
                        kind,
                        type(inode),
                        volume.nowNanos(),
                        inode.ino(),
                        inode.linkCount(),
                        inode.version,
                        from == null ? 0 : from.ino(),
                        fromName,
                        to == null ? 0 : to.ino(),
                        toName,
                        replaced == null ? 0 : replaced.ino(),
                        replaced == null ? 0 : replaced.linkCount(),
                        replaced == null ? 0 : replaced.version),
                volume.by(site));
    }
}
