package dev.powercut.kernel.vfs;

import dev.powercut.sim.OperationId;
import dev.powercut.sim.disk.Trigger;
import org.jspecify.annotations.Nullable;

/** The calls that read, change and make durable what is in files. */
public final class FileData {

    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;

    private final Vfs vfs;
    private final FileWriting writing;
    private final FileSizing sizing;
    private final FileAllocation allocation;

    FileData(Vfs vfs) {
        this.vfs = vfs;
        this.sizing = new FileSizing(vfs);
        this.writing = new FileWriting(vfs, sizing);
        this.allocation = new FileAllocation(vfs, sizing);
    }

    /** Reads at the file offset, and moves it. Returns the count read, 0 at end of file. */
    public int read(OpenFile file, byte[] buffer, int offset, int count) {
        requireReadable(file, buffer, offset, count);
        if (file.special != null) {
            int done = file.special.read(file, buffer, offset, count);
            if (done > 0) {
                accessed(file);
            }
            return done;
        }
        lockToRead(file.inode);
        try {
            int done = FileReading.read(vfs, file, buffer, offset, count, file.position);
            file.position += done;
            return done;
        } finally {
            unlockRead(file.inode);
        }
    }

    public int pread(OpenFile file, byte[] buffer, int offset, int count, long position) {
        requirePosition(position);
        requireSeekable(file);
        requireReadable(file, buffer, offset, count);
        if (file.special != null) {
            return file.special.read(file, buffer, offset, count);
        }
        lockToRead(file.inode);
        try {
            return FileReading.read(vfs, file, buffer, offset, count, position);
        } finally {
            unlockRead(file.inode);
        }
    }

    private void lockToRead(Inode inode) {
        if (vfs.holds(LockRule.READING_HOLDS_FILE)) {
            inode.lock(vfs.runner());
        } else {
            vfs.runner().point("read", inode.toString());
        }
    }

    private void unlockRead(Inode inode) {
        if (vfs.holds(LockRule.READING_HOLDS_FILE)) {
            inode.unlock();
        }
    }

    private void accessed(OpenFile file) {
        file.inode.lock(vfs.runner());
        try {
            vfs.accessed(file.mount, file.inode);
        } finally {
            file.inode.unlock();
        }
    }

    private static void requireSeekable(OpenFile file) {
        if (file.special != null && !file.special.hasOffset()) {
            throw Errno.ESPIPE.exception();
        }
    }

    private static void requireReadable(OpenFile file, byte[] buffer, int offset, int count) {
        if (!file.isReadable()) {
            throw Errno.EBADF.exception();
        }
        requireRange(buffer, offset, count);
        if (file.inode.isDirectory()) {
            throw Errno.EISDIR.exception();
        }
    }

    private static void requireRange(byte @Nullable [] buffer, int offset, int count) {
        if (count < 0) {
            throw Errno.EINVAL.exception();
        }
        if (buffer == null || offset < 0 || offset > buffer.length - count) {
            throw Errno.EFAULT.exception();
        }
    }

    private static void requirePosition(long position) {
        if (position < 0) {
            throw Errno.EINVAL.exception();
        }
    }

    /**
     * Writes at the file offset, or with O_APPEND at the end of the file, and moves the offset behind it. Returns the count
     * written, which is short when space runs out in the middle.
     */
    public int write(PathContext context, OpenFile file, byte[] buffer, int offset, int count) {
        requireWritable(file, buffer, offset, count);
        if (file.special != null) {
            return writeSpecial(file, file.special, buffer, offset, count);
        }
        int done;
        file.inode.lock(vfs.runner());
        try {
            long position = file.appends() ? file.inode.sizeBytes() : file.position;
            done = writing.write(context, file.inode, buffer, offset, count, position);
            if (count > 0) {
                file.position = position + done;
            }
        } finally {
            file.inode.unlock();
        }
        syncWritten(file, done);
        return done;
    }

    private int writeSpecial(OpenFile file, SpecialFile special, byte[] buffer, int offset, int count) {
        int done = special.write(file, buffer, offset, count);
        if (done > 0 && !file.mount.isReadOnly()) {
            file.inode.lock(vfs.runner());
            try {
                long nowNanos = vfs.nowNanos();
                file.inode.setModifiedNanos(nowNanos);
                file.inode.setChangedNanos(nowNanos);
                file.inode.fileSystem().attributesChanged(file.inode);
            } finally {
                file.inode.unlock();
            }
        }
        return done;
    }

    /** O_SYNC and O_DSYNC. */
    private void syncWritten(OpenFile file, int done) {
        if (file.syncsData() && done > 0) {
            fsync(file, !file.syncsAttributes());
        }
    }

    /** With O_APPEND the data goes to the end of the file whatever {@code position} says, as on Linux. */
    public int pwrite(PathContext context, OpenFile file, byte[] buffer, int offset, int count, long position) {
        requirePosition(position);
        requireSeekable(file);
        requireWritable(file, buffer, offset, count);
        if (file.special != null) {
            return file.special.write(file, buffer, offset, count);
        }
        int done;
        file.inode.lock(vfs.runner());
        try {
            long at = file.appends() ? file.inode.sizeBytes() : position;
            done = writing.write(context, file.inode, buffer, offset, count, at);
        } finally {
            file.inode.unlock();
        }
        syncWritten(file, done);
        return done;
    }

    private static void requireWritable(OpenFile file, byte[] buffer, int offset, int count) {
        if (!file.isWritable()) {
            throw Errno.EBADF.exception();
        }
        requireRange(buffer, offset, count);
    }

    /** {@code whence}: 0 SEEK_SET, 1 SEEK_CUR, 2 SEEK_END, 3 SEEK_DATA, 4 SEEK_HOLE. */
    public long lseek(OpenFile file, long offset, int whence) {
        if (whence < 0 || whence > SEEK_HOLE) {
            throw Errno.EINVAL.exception("whence " + whence);
        }
        requireSeekable(file);
        if (file.special != null) {
            return 0;
        }
        if (whence == SEEK_DATA || whence == SEEK_HOLE) {
            file.position = HoleSearch.seek(vfs, file.inode, offset, whence == SEEK_DATA);
            return file.position;
        }
        long base = switch (whence) {
            case 0 -> 0;
            case 1 -> file.position;
            case 2 -> file.inode.sizeBytes();
            default -> throw Errno.EINVAL.exception();
        };
        if (offset > 0 && base > Long.MAX_VALUE - offset) {
            throw Errno.EOVERFLOW.exception();
        }
        if (base + offset < 0) {
            throw Errno.EINVAL.exception();
        }
        file.position = base + offset;
        return file.position;
    }

    public void truncate(PathContext context, String path, long sizeBytes) {
        requirePosition(sizeBytes);
        try (PathWalk walk = new PathWalk(vfs, context, DescriptorTable.AT_FDCWD, path)) {
            walk.toEnd(true);
            Inode inode = walk.inode();
            if (inode.isDirectory()) {
                throw Errno.EISDIR.exception();
            }
            if (!inode.isRegular()) {
                throw Errno.EINVAL.exception();
            }
            walk.mount().requireWritable();
            Permissions.require(context, inode, Permissions.WRITE);
            resize(context, inode, sizeBytes);
        }
    }

    public void ftruncate(PathContext context, OpenFile file, long sizeBytes) {
        requirePosition(sizeBytes);
        if (!file.isWritable() || !file.inode.isRegular()) {
            throw Errno.EINVAL.exception();
        }
        resize(context, file.inode, sizeBytes);
    }

    /**
     * As Linux's fallocate(2): mode 0 gives bytes {@code offset} to {@code offset + length - 1} space, and lets the file grow so
     * far unless FALLOC_FL_KEEP_SIZE; FALLOC_FL_PUNCH_HOLE takes it away, FALLOC_FL_ZERO_RANGE makes it zero.
     */
    public void fallocate(PathContext context, OpenFile file, int mode, long offset, long length) {
        allocation.fallocate(context, file, mode, offset, length);
    }

    /** O_TRUNC. */
    void emptyOnOpen(PathContext context, Inode inode) {
        resize(context, inode, 0);
    }

    private void resize(PathContext context, Inode inode, long sizeBytes) {
        inode.lock(vfs.runner());
        try {
            sizing.resize(context, inode, sizeBytes);
        } finally {
            inode.unlock();
        }
    }

    /** Makes a file's contents durable and, unless {@code dataOnly}, its attributes; or a directory's entries. */
    public void fsync(OpenFile file, boolean dataOnly) {
        if (file.special != null) {
            throw Errno.EINVAL.exception("nothing is ever durable here");
        }
        if (file.mount.hasNothingToSync()) {
            return;
        }
        Trigger trigger = new Trigger.Fsync(operation());
        Inode inode = file.inode;
        inode.lock(vfs.runner());
        try {
            vfs.pages().write(inode, 0, Long.MAX_VALUE, trigger);
            inode.fileSystem().syncInode(inode, dataOnly, trigger);
        } finally {
            inode.unlock();
        }
        file.requireNoWriteErrors();
    }

    /** Makes everything durable, as far as devices let it: it has no way of saying that they do not (sync(2)). */
    public void sync() {
        Trigger trigger = new Trigger.Sync(operation());
        for (Mount mount : vfs.mounts().all()) {
            try {
                sync(mount, trigger);
            } catch (ErrnoException failure) {
                vfs.mounts().noteError(failure);
            }
        }
    }

    private void sync(Mount mount, Trigger trigger) {
        if (!mount.isReadOnly()) {
            vfs.writeBack().all(mount.fileSystem, trigger);
        }
        if (!mount.isReadOnly()) {
            mount.fileSystem.syncAll(trigger);
        }
    }

    /** Makes the filesystem that a file is on durable. */
    public void syncfs(OpenFile file) {
        if (!file.mount.hasNothingToSync()) {
            Trigger trigger = new Trigger.Sync(operation());
            vfs.writeBack().all(file.mount.fileSystem, trigger);
            if (!file.mount.isReadOnly()) {
                file.mount.fileSystem.syncAll(trigger);
            }
            file.requireNoWriteErrorsOfFileSystem();
        }
    }

    private OperationId operation() {
        return vfs.runner().current().operation();
    }
}
