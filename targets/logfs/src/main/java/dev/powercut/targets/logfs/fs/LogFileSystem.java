package dev.powercut.targets.logfs.fs;

import dev.powercut.kernel.vfs.DirectorySink;
import dev.powercut.kernel.vfs.FileName;
import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.FileSystemLimits;
import dev.powercut.kernel.vfs.FileSystemStatistics;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.kernel.vfs.Inode;
import dev.powercut.kernel.vfs.NewInode;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.logfs.format.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A mounted log-structured filesystem: what the VFS calls, under one lock. */
final class LogFileSystem implements FileSystem {

    private final FileSystemType type;
    private final boolean readOnly;
    private final Volume volume;
    private final Parts parts;
    private final Turn turn;
    private final InodeStore inodes;
    private final Committer committer;
    private final Reclaim reclaim;
    private final Directory directories;
    private final FilePages pages;
    private final NameOperations names;
    private final BackgroundCleaner background;
    private final CheckpointTimer checkpoints;
    private @Nullable LogInode root;

    LogFileSystem(FileSystemType type, Volume volume, boolean readOnly) {
        this.type = type;
        this.readOnly = readOnly;
        this.volume = volume;
        parts = new Parts(this, volume);
        turn = new Turn(volume, readOnly);
        inodes = parts.inodes;
        committer = parts.committer;
        reclaim = parts.reclaim;
        directories = parts.directories;
        pages = new FilePages(volume, inodes, reclaim);
        names = new NameOperations(volume, directories, inodes, committer);
        background = new BackgroundCleaner(volume, turn, reclaim, parts.cleaner);
        checkpoints = new CheckpointTimer(volume, turn, reclaim, committer);
    }

    Parts parts() {
        return parts;
    }

    /**
     * Rolls forward, and unless only reading is asked for writes what that came to.
     *
     * @throws dev.powercut.kernel.vfs.ErrnoException EUCLEAN when the image is not sound
     */
    LogFileSystem start() {
        if (parts.rollForward().groups() > 0 && !readOnly) {
            parts.completeRecovery();
        }
        volume.recoveryNanos = 0;
        root = inodes.get(Format.ROOT_INODE);
        if (!root.isDirectory()) {
            throw volume.corrupt("the root is not a directory");
        }
        if (!readOnly && volume.request.world().runner().canSpawn()) {
            turn.tell(checkpoints);
        }
        return this;
    }

    @Override
    public FileSystemType type() {
        return type;
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public Inode root() {
        return Objects.requireNonNull(root);
    }

    @Override
    public @Nullable Inode lookup(Inode directory, String name) {
        turn.enter();
        try {
            LogInode in = (LogInode) directory;
            long position = directories.find(in, FileName.toBytes(name));
            return position == Directory.NOWHERE ? null : directories.child(in, position);
        } finally {
            turn.leave();
        }
    }

    @Override
    public void readdir(Inode directory, long cursor, DirectorySink sink) {
        turn.enter();
        try {
            directories.list((LogInode) directory, cursor, sink);
        } finally {
            turn.leave();
        }
    }

    @Override
    public String readlink(Inode symlink) {
        turn.enter();
        try {
            LogInode link = (LogInode) symlink;
            if (link.target.length < link.sizeBytes()) {
                link.target = java.util.Arrays.copyOf(
                        volume.readBlock(volume.checked(link.extents.find(0), "symbolic link " + link.number())),
                        (int) link.sizeBytes());
            }
            return FileName.fromBytes(link.target, 0, link.target.length);
        } finally {
            turn.leave();
        }
    }

    @Override
    public Inode create(Inode directory, String name, NewInode what) {
        turn.enterChange();
        try {
            return names.create((LogInode) directory, name, what);
        } finally {
            turn.leave();
        }
    }

    @Override
    public void link(Inode directory, String name, Inode inode) {
        turn.enterChange();
        try {
            names.link((LogInode) directory, name, (LogInode) inode);
        } finally {
            turn.leave();
        }
    }

    @Override
    public void unlink(Inode directory, String name, Inode inode) {
        turn.enterChange();
        try {
            names.unlink((LogInode) directory, name, (LogInode) inode);
        } finally {
            turn.leave();
        }
    }

    @Override
    public void rmdir(Inode directory, String name, Inode child) {
        turn.enterChange();
        try {
            names.rmdir((LogInode) directory, name, (LogInode) child);
        } finally {
            turn.leave();
        }
    }

    @Override
    public void rename(
            Inode fromDirectory,
            String fromName,
            Inode toDirectory,
            String toName,
            Inode moved,
            @Nullable Inode replaced) {
        turn.enterChange();
        try {
            names.rename(
                    (LogInode) fromDirectory, fromName, (LogInode) toDirectory, toName, (LogInode) moved, (LogInode)
                            replaced);
        } finally {
            turn.leave();
        }
    }

    @Override
    public void readPage(Inode inode, long pageIndex, byte[] page) {
        turn.enter();
        try {
            pages.read((LogInode) inode, pageIndex, page);
        } finally {
            turn.leave();
        }
    }

    @Override
    public long nextData(Inode inode, long offsetBytes) {
        turn.enter();
        try {
            return pages.nextData((LogInode) inode, offsetBytes);
        } finally {
            turn.leave();
        }
    }

    @Override
    public long nextHole(Inode inode, long offsetBytes) {
        turn.enter();
        try {
            return pages.nextHole((LogInode) inode, offsetBytes);
        } finally {
            turn.leave();
        }
    }

    @Override
    public long reservedBlocks512(Inode inode) {
        LogInode file = (LogInode) inode;
        return file.isRegular() ? file.reserved.size() * (long) (volume.blockSizeBytes / 512) : 0;
    }

    @Override
    public void punchHole(Inode inode, long offsetBytes, long endBytes) {
        turn.enterChange();
        try {
            pages.punch((LogInode) inode, offsetBytes, endBytes);
        } finally {
            turn.leave();
        }
    }

    @Override
    public void reserve(Inode inode, long offsetBytes, long endBytes, int uid) {
        turn.enterChange();
        try {
            pages.reserve((LogInode) inode, offsetBytes, endBytes);
        } finally {
            turn.leave();
        }
    }

    @Override
    public void writePages(Inode inode, long firstPage, long lastPage, Trigger trigger) {
        turn.enterChange();
        try {
            pages.write((LogInode) inode, firstPage, lastPage, trigger);
        } finally {
            turn.leave();
        }
    }

    @Override
    public void truncate(Inode inode, long oldSizeBytes) {
        turn.enterChange();
        try {
            pages.truncate((LogInode) inode, oldSizeBytes);
        } finally {
            turn.leave();
        }
    }

    @Override
    public void attributesChanged(Inode inode) {
        turn.enterChange();
        try {
            inodes.markDirty((LogInode) inode, Sites.ATTRIBUTES, false);
        } finally {
            turn.leave();
        }
    }

    @Override
    public void evict(Inode inode) {
        turn.enter();
        try {
            if (inode != root) {
                inodes.evict((LogInode) inode);
            }
        } finally {
            turn.leave();
        }
    }

    @Override
    public void syncInode(Inode inode, boolean dataOnly, Trigger trigger) {
        if (readOnly) {
            return;
        }
        turn.enter();
        try {
            LogInode file = (LogInode) inode;
            // Of a file without names, what is to be durable is that it has none.
            boolean isGone = file.orphan && committer.hasOperations();
            boolean isNeeded = file.dirty && (!dataOnly || file.contentsDirty) || isGone;
            if (isNeeded && volume.rules.syncsInode()) {
                writeGroup(List.of(file), trigger);
            }
            volume.flush(Sites.FSYNC_FLUSH, trigger);
        } finally {
            turn.leave();
        }
    }

    /** Making room may write everything; what is clean then is not written again. */
    private void writeGroup(List<LogInode> some, Trigger trigger) {
        reclaim.keepRoom(committer.blocksOf(inodes.dirtyInodes()));
        committer.group(some, trigger);
    }

    @Override
    public void syncAll(Trigger trigger) {
        if (readOnly) {
            return;
        }
        turn.enter();
        try {
            if (committer.isAnythingNew()) {
                committer.checkpoint(trigger);
            }
        } finally {
            turn.leave();
        }
    }

    @Override
    public void writeBackSome(Choices choices) {
        if (readOnly) {
            return;
        }
        turn.enter();
        try {
            List<LogInode> some = new ArrayList<>();
            for (LogInode inode : inodes.dirtyInodes()) {
                if (choices.chance("write-back.inode", 1, 2)) {
                    some.add(inode);
                }
            }
            writeGroup(some, new Trigger.WriteBack());
        } finally {
            turn.leave();
        }
    }

    @Override
    public void trim() {
        if (readOnly) {
            return;
        }
        turn.enter();
        try {
            if (committer.isCheckpointDue()) {
                reclaim.keepRoom(0);
                committer.checkpoint(new Trigger.WriteBack());
            } else if (committer.isFull()) {
                writeGroup(inodes.dirtyInodes(), new Trigger.Eviction());
            }
            background.beginIfWanted();
        } finally {
            turn.leave();
        }
    }

    @Override
    public FileSystemStatistics statistics() {
        long free = volume.space.freeBlocks();
        return new FileSystemStatistics(
                volume.blockSizeBytes,
                volume.space.totalBlocks(),
                free,
                free,
                volume.geometry.inodeCount(),
                inodes.freeInodes(),
                FileName.MAX_BYTES);
    }

    @Override
    public FileSystemLimits limits() {
        return new FileSystemLimits(Format.MAX_LINKS, Format.MAX_FILE_BYTES, volume.blockSizeBytes - 1, 1);
    }

    @Override
    public void unmount() {
        if (readOnly) {
            return;
        }
        background.stop();
        checkpoints.stop();
        turn.enter();
        try {
            if (committer.isAnythingNew()) {
                committer.checkpoint(new Trigger.Unmount());
            }
        } finally {
            turn.leave();
        }
    }
}
