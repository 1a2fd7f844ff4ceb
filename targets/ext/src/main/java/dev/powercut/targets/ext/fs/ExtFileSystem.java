package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.vfs.DirectorySink;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileName;
import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.FileSystemLimits;
import dev.powercut.kernel.vfs.FileSystemStatistics;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.kernel.vfs.Inode;
import dev.powercut.kernel.vfs.NewInode;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.format.Format;
import org.jspecify.annotations.Nullable;

/** A mounted filesystem: what the VFS calls, under one lock. */
final class ExtFileSystem implements FileSystem {

    private final FileSystemType type;
    private final boolean readOnly;
    private final Volume volume;
    private final Turn turn;
    private final Credits credits;
    private final InodeStore inodes;
    private final BlockAllocator blocks;
    private final InodeAllocator inodeNumbers;
    private final FileSpace space;
    private final FilePages pages;
    private final Truncation truncation;
    private final HolePunching holes;
    private final Directory directories;
    private final NameOperations names;
    private final Renaming renaming;
    private final Syncing syncing;
    private final ExtInode root;

    /** @throws ErrnoException EUCLEAN when the root is no directory */
    ExtFileSystem(FileSystemType type, Volume volume, GroupCounts counts, boolean readOnly) {
        this.type = type;
        this.readOnly = readOnly;
        this.volume = volume;
        credits = new Credits(volume);
        inodes = new InodeStore(this, volume);
        blocks = new BlockAllocator(volume, counts);
        inodeNumbers = new InodeAllocator(volume, counts, inodes);
        BlockTree tree = new BlockTree(volume, blocks, inodes);
        space = new FileSpace(volume, tree, blocks);
        pages = new FilePages(volume, tree, blocks, space, inodes, credits);
        OrphanList orphans = new OrphanList(volume, inodes);
        truncation = new Truncation(volume, tree, blocks, inodeNumbers, inodes, orphans, credits);
        holes = new HolePunching(volume, tree, blocks, space, inodes, credits);
        directories = new Directory(volume, tree, blocks, inodes);
        names = new NameOperations(volume, directories, space, blocks, inodeNumbers, inodes, orphans);
        renaming = new Renaming(volume, directories, names, blocks, inodeNumbers, inodes);
        syncing = new Syncing(volume, inodes, inodeNumbers, blocks, counts);
        turn = new Turn(volume, syncing, readOnly);
        root = inodes.get(Format.ROOT_INODE);
        if (!root.isDirectory()) {
            throw volume.corrupt("the root is not a directory");
        }
    }

    @Override
    public FileSystemType type() {
        return type;
    }

    @Override
    public boolean isReadOnly() {
        return readOnly || volume.discipline.isAborted();
    }

    @Override
    public Inode root() {
        return root;
    }

    @Override
    public @Nullable Inode lookup(Inode directory, String name) {
        turn.enter();
        try {
            return names.lookup((ExtInode) directory, name);
        } finally {
            turn.leave();
        }
    }

    @Override
    public void readdir(Inode directory, long cursor, DirectorySink sink) {
        turn.enter();
        try {
            directories.list((ExtInode) directory, cursor, sink);
        } finally {
            turn.leave();
        }
    }

    @Override
    public String readlink(Inode symlink) {
        turn.enter();
        try {
            return names.readlink((ExtInode) symlink);
        } finally {
            turn.leave();
        }
    }

    @Override
    public Inode create(Inode directory, String name, NewInode what) {
        turn.enterChange(Credits.NAME);
        try {
            return names.create((ExtInode) directory, name, what);
        } finally {
            turn.leaveChange();
        }
    }

    @Override
    public void link(Inode directory, String name, Inode inode) {
        turn.enterChange(Credits.NAME);
        try {
            names.link((ExtInode) directory, name, (ExtInode) inode);
        } finally {
            turn.leaveChange();
        }
    }

    @Override
    public void unlink(Inode directory, String name, Inode inode) {
        turn.enterChange(Credits.NAME);
        try {
            names.unlink((ExtInode) directory, name, (ExtInode) inode);
        } finally {
            turn.leaveChange();
        }
    }

    @Override
    public void rmdir(Inode directory, String name, Inode child) {
        turn.enterChange(Credits.NAME);
        try {
            names.rmdir((ExtInode) directory, name, (ExtInode) child);
        } finally {
            turn.leaveChange();
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
        turn.enterChange(Credits.NAME);
        try {
            renaming.rename(
                    (ExtInode) fromDirectory, fromName, (ExtInode) toDirectory, toName, (ExtInode) moved, (ExtInode)
                            replaced);
        } finally {
            turn.leaveChange();
        }
    }

    @Override
    public void readPage(Inode inode, long pageIndex, byte[] page) {
        turn.enter();
        try {
            pages.read((ExtInode) inode, pageIndex, page);
        } finally {
            turn.leave();
        }
    }

    @Override
    public long nextData(Inode inode, long offsetBytes) {
        turn.enter();
        try {
            return pages.nextData((ExtInode) inode, offsetBytes);
        } finally {
            turn.leave();
        }
    }

    @Override
    public long nextHole(Inode inode, long offsetBytes) {
        turn.enter();
        try {
            return pages.nextHole((ExtInode) inode, offsetBytes);
        } finally {
            turn.leave();
        }
    }

    @Override
    public void reserve(Inode inode, long offsetBytes, long endBytes, int uid) {
        turn.enterChange(Credits.NOTHING);
        try {
            space.reserve((ExtInode) inode, offsetBytes, endBytes, uid);
        } finally {
            turn.leaveChange();
        }
    }

    @Override
    public void writePages(Inode inode, long firstPage, long lastPage, Trigger trigger) {
        if (isReadOnly()) {
            pages.lose((ExtInode) inode, firstPage, lastPage);
            return;
        }
        turn.enterChange(credits.writing(((ExtInode) inode).pages().dirtyCount()));
        try {
            pages.write((ExtInode) inode, firstPage, lastPage, trigger);
        } finally {
            turn.leaveChange();
        }
    }

    @Override
    public void truncate(Inode inode, long oldSizeBytes) {
        turn.enterChange(credits.freeing());
        try {
            ExtInode file = (ExtInode) inode;
            long size = file.sizeBytes();
            if (size > space.maxSizeBytes()) {
                file.setSizeBytes(oldSizeBytes);
                throw Errno.EFBIG.exception();
            }
            space.releaseFrom(file, (size + volume.blockSizeBytes - 1) / volume.blockSizeBytes);
            truncation.shrink(file, size);
            pages.growSize(file);
        } finally {
            turn.leaveChange();
        }
    }

    @Override
    public void punchHole(Inode inode, long offsetBytes, long endBytes) {
        turn.enterChange(credits.freeing());
        try {
            holes.punch((ExtInode) inode, offsetBytes, endBytes);
        } finally {
            turn.leaveChange();
        }
    }

    @Override
    public long reservedBlocks512(Inode inode) {
        return ((ExtInode) inode).reservation.size() * volume.sectorsPerBlock;
    }

    @Override
    public void attributesChanged(Inode inode) {
        turn.enterChange(Credits.ATTRIBUTES);
        try {
            inodes.store((ExtInode) inode, Sites.ATTRIBUTES);
        } finally {
            turn.leaveChange();
        }
    }

    @Override
    public void evict(Inode inode) {
        ExtInode file = (ExtInode) inode;
        boolean deleted = file.linkCount() == 0 && !isReadOnly();
        if (deleted) {
            turn.enterChange(credits.freeing());
        } else {
            turn.enter();
        }
        try {
            space.releaseFrom(file, 0);
            if (deleted) {
                delete(file);
            }
            if (file != root) {
                inodes.forget(file, deleted);
            }
        } finally {
            if (deleted) {
                turn.leaveChange();
            } else {
                turn.leave();
            }
        }
    }

    /** A close or unlink that ends a file's life must not fail: what is wrong with the image was noted, and fsck will tell. */
    private void delete(ExtInode file) {
        try {
            truncation.delete(file);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EUCLEAN) {
                throw e;
            }
        }
    }

    @Override
    public void syncInode(Inode inode, boolean dataOnly, Trigger trigger) {
        if (readOnly) {
            return;
        }
        turn.enter();
        try {
            syncing.sync((ExtInode) inode, dataOnly, trigger);
        } finally {
            turn.leave();
        }
    }

    @Override
    public void syncAll(Trigger trigger) {
        if (readOnly) {
            return;
        }
        turn.enter();
        try {
            if (volume.superblock.isInUse()) {
                syncing.syncAll(trigger);
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
            volume.discipline.writeSome(choices);
        } finally {
            turn.leave();
        }
    }

    @Override
    public void trim() {
        turn.enter();
        try {
            volume.discipline.trim();
        } finally {
            turn.leave();
        }
    }

    @Override
    public FileSystemStatistics statistics() {
        long free = blocks.freeBlocks();
        return new FileSystemStatistics(
                volume.blockSizeBytes,
                volume.dataBlockCount(),
                free,
                Math.max(0, free - volume.superblock.keptFrom(Integer.MAX_VALUE)),
                volume.geometry.inodeCount(),
                inodeNumbers.freeInodes(),
                FileName.MAX_BYTES);
    }

    @Override
    public FileSystemLimits limits() {
        return new FileSystemLimits(
                Format.MAX_LINKS,
                space.maxSizeBytes(),
                volume.blockSizeBytes - 1,
                InodeTimes.granularityNanos(volume.geometry.inodeSizeBytes()));
    }

    @Override
    public void unmount() {
        if (readOnly) {
            return;
        }
        turn.enter();
        try {
            if (volume.superblock.isInUse()) {
                syncing.settle(new Trigger.Unmount());
                if (!volume.discipline.isAborted()) {
                    volume.superblock.markClean();
                }
            }
        } finally {
            turn.leave();
        }
    }
}
