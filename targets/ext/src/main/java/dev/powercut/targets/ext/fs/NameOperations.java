package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileName;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.NewInode;
import dev.powercut.sim.disk.Site;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Format;
import org.jspecify.annotations.Nullable;

/**
 * Names come and go. Each operation first finds all that it needs, and fails there if it must; then it changes sector after
 * sector, each ordered after what it relies on.
 */
final class NameOperations {

    private final Volume volume;
    private final Directory directories;
    private final FileSpace space;
    private final BlockAllocator blocks;
    private final InodeAllocator inodeNumbers;
    private final InodeStore inodes;
    private final OrphanList orphans;

    NameOperations(
            Volume volume,
            Directory directories,
            FileSpace space,
            BlockAllocator blocks,
            InodeAllocator inodeNumbers,
            InodeStore inodes,
            OrphanList orphans) {
        this.volume = volume;
        this.directories = directories;
        this.space = space;
        this.blocks = blocks;
        this.inodeNumbers = inodeNumbers;
        this.inodes = inodes;
        this.orphans = orphans;
    }

    @Nullable
    ExtInode lookup(ExtInode directory, String name) {
        EntryPosition position = directories.find(directory, FileName.toBytes(name));
        if (position == null) {
            return null;
        }
        ExtInode inode = inodes.get(position.ino());
        if (inode.isDirectory() && !name.equals(".") && !name.equals("..")) {
            inode.parentDirectory = directory;
        }
        return inode;
    }

    // ---- Adding names ----

    ExtInode create(ExtInode directory, String name, NewInode what) {
        byte[] nameBytes = FileName.toBytes(name);
        boolean isDirectory = Mode.isDirectory(what.mode());
        byte[] target = Mode.isSymlink(what.mode()) ? FileName.toBytes(what.symlinkTarget()) : new byte[0];
        boolean isSlowSymlink = target.length > Format.FAST_SYMLINK_MAX_BYTES;
        if (target.length >= volume.blockSizeBytes) {
            throw Errno.ENAMETOOLONG.exception();
        } else if (isDirectory && directory.linkCount() >= Format.MAX_LINKS) {
            throw Errno.EMLINK.exception();
        }
        EntrySlot slot = directories.findSlot(directory, nameBytes.length);
        int needed = isDirectory || isSlowSymlink ? 1 : 0;
        blocks.require(needed + blocksToGrow(directory, slot), what.uid());

        ExtInode inode = inodes.create(inodeNumbers.allocate(directory, isDirectory), what, directory);
        if (isDirectory) {
            makeFirstBlock(inode, directory);
        } else if (isSlowSymlink) {
            makeTargetBlock(inode, target);
        } else if (Mode.isSymlink(what.mode())) {
            putTarget(inode, target);
        }
        BufferSector record = inodes.store(inode, Sites.CREATE_INODE);
        BufferSector exposing = directories.prepare(directory, slot);
        volume.discipline.order(inodeNumbers.markOf(inode.ino()), exposing, Sites.INODE_BITMAP_BEFORE_ENTRY);
        volume.discipline.order(record, exposing, Sites.INODE_BEFORE_ENTRY);
        if (isDirectory) {
            directory.setLinkCount(directory.linkCount() + 1);
            BufferSector parent = inodes.store(directory, Sites.MKDIR_PARENT_COUNT);
            volume.discipline.order(parent, exposing, Sites.PARENT_COUNT_BEFORE_ENTRY);
        }
        directories.insert(directory, slot, inode.ino(), what.mode(), nameBytes, Sites.CREATE_ENTRY);
        if (isDirectory) {
            named(inode, directory, exposing);
        }
        touch(directory);
        return inode;
    }

    /** Blocks that a directory must grow by so that a slot exists. */
    int blocksToGrow(ExtInode directory, EntrySlot slot) {
        return slot.isFound() ? 0 : space.blocksToAppend(directory, directory.diskSizeBytes / volume.blockSizeBytes);
    }

    private void makeFirstBlock(ExtInode inode, ExtInode parent) {
        Buffer block = directories.firstBlock(blocks.allocate(inode.allocationGoal), inode.ino(), parent.ino());
        inode.setLinkCount(2);
        own(inode, block, volume.blockSizeBytes, Sites.FIRST_BLOCK_BEFORE_INODE);
    }

    private void makeTargetBlock(ExtInode inode, byte[] target) {
        Buffer block = volume.cache.fresh(blocks.allocate(inode.allocationGoal), BlockRole.SYMLINK.kind());
        System.arraycopy(target, 0, block.data(), 0, target.length);
        volume.changed(block, 0, volume.blockSizeBytes, Sites.SYMLINK_TARGET);
        own(inode, block, target.length, Sites.SYMLINK_TARGET_BEFORE_INODE);
    }

    /** The one block of a new inode: marked and filled before the inode points to it. */
    private void own(ExtInode inode, Buffer block, int sizeBytes, Site site) {
        BufferSector record = inodes.sectorOf(inode);
        volume.discipline.order(blocks.markOf((int) block.block()), record, Sites.BITMAP_BEFORE_POINTER);
        volume.orderAll(block, record, site);
        inode.words[0] = (int) block.block();
        inode.diskSizeBytes = sizeBytes;
        inode.setSizeBytes(sizeBytes);
        inode.setBlocks512(volume.sectorsPerBlock);
        inode.changedBlocks.add(block.block());
    }

    private static void putTarget(ExtInode inode, byte[] target) {
        for (int i = 0; i < target.length; i++) {
            inode.words[i / 4] |= (target[i] & 0xFF) << i % 4 * 8;
        }
        inode.diskSizeBytes = target.length;
        inode.setSizeBytes(target.length);
    }

    /** A directory has got its name in a sector. */
    void named(ExtInode inode, ExtInode parent, BufferSector entry) {
        inode.parentDirectory = parent;
        inode.entryAdded.clear();
        inode.entryAdded.add(volume.discipline, 0, entry);
    }

    void link(ExtInode directory, String name, ExtInode inode) {
        if (inode.linkCount() >= Format.MAX_LINKS) {
            throw Errno.EMLINK.exception();
        }
        byte[] nameBytes = FileName.toBytes(name);
        EntrySlot slot = directories.findSlot(directory, nameBytes.length);
        blocks.require(blocksToGrow(directory, slot), directory.uid());
        BufferSector exposing = directories.prepare(directory, slot);
        inode.setLinkCount(inode.linkCount() + 1);
        inode.setChangedNanos(inodes.now());
        volume.discipline.order(inodeNumbers.markOf(inode.ino()), exposing, Sites.INODE_BITMAP_BEFORE_ENTRY);
        volume.discipline.order(inodes.store(inode, Sites.LINK_COUNT), exposing, Sites.LINK_COUNT_BEFORE_ENTRY);
        directories.insert(directory, slot, inode.ino(), inode.mode(), nameBytes, Sites.LINK_ENTRY);
        touch(directory);
    }

    // ---- Removing names ----

    void unlink(ExtInode directory, String name, ExtInode inode) {
        EntryPosition position = directories.require(directory, FileName.toBytes(name), inode);
        BufferSector entry = directories.remove(directory, position, Sites.UNLINK_ENTRY);
        lowerCount(inode, inode.linkCount() - 1, entry, Sites.ENTRY_GONE_BEFORE_COUNT, Sites.UNLINK_COUNT);
        touch(directory);
    }

    void rmdir(ExtInode directory, String name, ExtInode child) {
        EntryPosition position = directories.require(directory, FileName.toBytes(name), child);
        if (!directories.isEmpty(child)) {
            throw Errno.ENOTEMPTY.exception();
        }
        child.entriesGone.orderBefore(
                volume.discipline, 0, Directory.sectorOf(position), Sites.FORMER_ENTRY_GONE_BEFORE_ENTRY);
        BufferSector entry = directories.remove(directory, position, Sites.RMDIR_ENTRY);
        lowerCount(child, 0, entry, Sites.ENTRY_GONE_BEFORE_COUNT, Sites.RMDIR_COUNT);
        lowerCount(
                directory, directory.linkCount() - 1, entry, Sites.ENTRY_GONE_BEFORE_PARENT_COUNT, Sites.RMDIR_COUNT);
        touch(directory);
    }

    /** Sets a smaller link count, on the disk not before a sector that lost an entry. */
    void lowerCount(ExtInode inode, int linkCount, @Nullable BufferSector entry, Site ordering, Site site) {
        if (entry != null) {
            volume.discipline.order(entry, inodes.sectorOf(inode), ordering);
        }
        inode.setLinkCount(Math.max(0, linkCount));
        inode.setChangedNanos(inodes.now());
        if (inode.linkCount() == 0) {
            orphans.add(inode);
        }
        inodes.store(inode, site);
    }

    /** A directory's entries have changed. */
    void touch(ExtInode directory) {
        long now = inodes.now();
        directory.setModifiedNanos(now);
        directory.setChangedNanos(now);
        inodes.store(directory, Sites.DIRECTORY_TIMES);
    }

    /** The target of a symbolic link. */
    String readlink(ExtInode symlink) throws ErrnoException {
        int length = (int) symlink.sizeBytes();
        byte[] target;
        if (symlink.isFastSymlink()) {
            target = new byte[length];
            for (int i = 0; i < length; i++) {
                target[i] = (byte) (symlink.words[i / 4] >>> i % 4 * 8);
            }
        } else {
            target = volume.read(volume.checkedPointer(symlink.words[0], symlink), BlockRole.SYMLINK)
                    .data();
        }
        return FileName.fromBytes(target, 0, length);
    }
}
