package dev.powercut.targets.logfs.fs;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileName;
import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.InodeCache;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.NewInode;
import dev.powercut.sim.disk.Site;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.InodeRecord;
import java.util.ArrayList;
import java.util.List;

/** Inodes in memory, one object for each number, and their records. */
final class InodeStore {

    private final FileSystem fileSystem;
    private final Volume volume;
    private final ExtentTree trees;
    private final InodeCache<LogInode> table = new InodeCache<>();
    private final List<LogInode> dirty = new ArrayList<>();
    private final byte[] block;
    private int inodesWithoutNames;

    InodeStore(FileSystem fileSystem, Volume volume, ExtentTree trees) {
        this.fileSystem = fileSystem;
        this.volume = volume;
        this.trees = trees;
        this.block = new byte[volume.blockSizeBytes];
    }

    /**
     * The inode with a number.
     *
     * @throws ErrnoException EUCLEAN when it is not in use, or its record is nonsense
     */
    LogInode get(int ino) {
        LogInode inode = table.find(ino);
        if (inode == null) {
            inode = load(ino);
            table.add(inode);
        }
        inode.lingers = false;
        return inode;
    }

    /** The inode when it is in memory, or null. */
    @org.jspecify.annotations.Nullable
    LogInode find(int ino) {
        return table.find(ino);
    }

    private LogInode load(int ino) {
        int address = volume.map.isNumber(ino) ? volume.map.blockOf(ino) : 0;
        if (address == 0) {
            throw volume.corrupt("inode " + Integer.toUnsignedString(ino) + " is not in use");
        }
        return decode(ino, address, volume.map.slotOf(ino));
    }

    /** Reads a record, which is not entered in the table. */
    LogInode decode(int ino, int address, int slot) {
        volume.readBlock(volume.checked(address, "the map entry of inode " + ino), block, 0);
        int at = slot * Format.INODE_BYTES;
        if (slot < 0
                || slot >= volume.geometry.inodesPerBlock()
                || InodeRecord.number(block, at) != ino
                || InodeRecord.version(block, at) != volume.map.versionOf(ino)) {
            throw volume.corrupt("block " + address + " has no record of inode " + ino + " in slot " + slot);
        }
        return decode(block, at);
    }

    /** Reads a record of any version. */
    LogInode decode(byte[] b, int at) {
        LogInode inode = new LogInode(fileSystem, InodeRecord.number(b, at), InodeRecord.version(b, at));
        inode.setMode(InodeRecord.mode(b, at));
        inode.setOwner(InodeRecord.uid(b, at), InodeRecord.gid(b, at));
        inode.setGeneration(inode.version);
        inode.setDevice(InodeRecord.device(b, at));
        inode.setAccessedNanos(InodeRecord.accessedNanos(b, at));
        inode.setModifiedNanos(InodeRecord.modifiedNanos(b, at));
        inode.setChangedNanos(InodeRecord.changedNanos(b, at));
        inode.createdNanos = InodeRecord.createdNanos(b, at);
        inode.parentNumber = InodeRecord.parent(b, at);
        inode.diskSizeBytes = InodeRecord.sizeBytes(b, at);
        inode.setSizeBytes(inode.diskSizeBytes);
        long links = InodeRecord.linkCount(b, at);
        boolean hasTarget = inode.isSymlink() && inode.diskSizeBytes <= Format.INO_AREA_BYTES;
        if (links < 1
                || links > Format.MAX_LINKS
                || inode.diskSizeBytes < 0
                || inode.diskSizeBytes > Format.MAX_FILE_BYTES
                || inode.isDirectory() && inode.diskSizeBytes % volume.blockSizeBytes != 0
                || inode.isSymlink() && inode.diskSizeBytes > volume.blockSizeBytes) {
            throw volume.corrupt(
                    "inode " + inode.number() + " has " + links + " links and size " + inode.diskSizeBytes);
        }
        inode.setLinkCount((int) links);
        if (hasTarget) {
            int from = at + Format.INO_AREA;
            inode.target = java.util.Arrays.copyOfRange(b, from, from + (int) inode.diskSizeBytes);
        } else {
            trees.read(b, at, inode.extents);
        }
        dropTail(inode);
        setBlocks(inode);
        return inode;
    }

    /** A crash may have left blocks beyond the end of a file: they were written before the size that covers them. */
    private void dropTail(LogInode inode) {
        long end = Math.ceilDiv(inode.diskSizeBytes, volume.blockSizeBytes);
        if (inode.extents.nextMapped(end) != Long.MAX_VALUE) {
            inode.extents.unmap(end, Long.MAX_VALUE, volume.usage::removeRun);
            markDirty(inode, Sites.TAIL_DROPPED, true);
        }
    }

    static void setBlocks(LogInode inode, int blockSizeBytes) {
        inode.setBlocks512(inode.extents.blockCount() * (blockSizeBytes / 512));
    }

    void setBlocks(LogInode inode) {
        setBlocks(inode, volume.blockSizeBytes);
    }

    /**
     * A new inode in memory.
     *
     * @throws ErrnoException ENOSPC
     */
    LogInode create(NewInode what, LogInode parent) {
        byte[] target = Mode.isSymlink(what.mode()) ? FileName.toBytes(what.symlinkTarget()) : new byte[0];
        boolean isLong = target.length > Format.INO_AREA_BYTES;
        if (target.length >= volume.blockSizeBytes) {
            throw Errno.ENAMETOOLONG.exception();
        }
        int ino = volume.map.findFree(number -> table.find(number) != null);
        if (ino == 0) {
            throw Errno.ENOSPC.exception("all " + volume.geometry.inodeCount() + " inodes are in use");
        }
        volume.space.grant(isLong ? 1 : 0, 1);
        long version = volume.map.versionOf(ino) + volume.rules.versionStep();
        volume.map.set(ino, 0, 0, Math.max(1, version));
        LogInode inode = new LogInode(fileSystem, ino, Math.max(1, version));
        inode.isNew = true;
        inode.setMode(what.mode());
        inode.setOwner(what.uid(), what.gid());
        inode.setLinkCount(Mode.isDirectory(what.mode()) ? 2 : 1);
        inode.setGeneration(inode.version);
        inode.setDevice(what.device());
        long now = volume.nowNanos();
        inode.setAccessedNanos(now);
        inode.setModifiedNanos(now);
        inode.setChangedNanos(now);
        inode.createdNanos = now;
        inode.parentNumber = Mode.isDirectory(what.mode()) ? parent.ino() : 0;
        inode.blocksRead = true;
        inode.target = target;
        inode.setSizeBytes(target.length);
        inode.diskSizeBytes = target.length;
        if (isLong) {
            inode.reserved.add(0);
            inode.setBlocks512(volume.blockSizeBytes / 512);
        }
        table.add(inode);
        return inode;
    }

    /** The inode has changed at a site; {@code contents}: in more than times, mode and owner. */
    void markDirty(LogInode inode, Site site, boolean contents) {
        Causes.add(inode.dirtied, volume.by(site));
        inode.contentsDirty |= contents;
        if (!inode.dirty && !inode.orphan) {
            inode.dirty = true;
            dirty.add(inode);
        }
    }

    /** All dirty inodes, in the order in which they became so; a copy. */
    List<LogInode> dirtyInodes() {
        return new ArrayList<>(dirty);
    }

    int dirtyCount() {
        return dirty.size();
    }

    /** The log has the inode as it is. */
    void markClean(LogInode inode) {
        inode.dirty = false;
        inode.contentsDirty = false;
        inode.isNew = false;
        inode.dirtied.clear();
        dirty.remove(inode);
        if (inode.lingers) {
            table.remove(inode.number());
        }
    }

    /** The last name is gone: on the disk the inode exists no more, in memory as long as somebody has it open. */
    void makeOrphan(LogInode inode) {
        inode.orphan = true;
        inodesWithoutNames++;
        int block = volume.map.blockOf(inode.ino());
        if (block != 0) {
            volume.usage.remove(block, Format.INODE_BYTES);
            volume.map.set(inode.ino(), 0, 0, inode.version);
        }
        if (inode.isNew) {
            volume.space.giveBack(0, 1);
        }
        trees.countTree(inode.extents, -1, 0);
        inode.extents.tree = new int[0][];
        ExtentList extents = inode.extents;
        for (int i = 0; i < extents.count(); i++) {
            for (int j = 0; j < extents.length(i); j++) {
                volume.usage.setNameless(extents.address(i) + j, 1);
            }
        }
        if (inode.dirty) {
            inode.dirty = false;
            dirty.remove(inode);
        }
    }

    /** The VFS has let go of an inode. */
    void evict(LogInode inode) {
        volume.space.giveBack(inode.reserved.size(), 0);
        inode.reserved.clear();
        if (inode.orphan) {
            inodesWithoutNames--;
            ExtentList extents = inode.extents;
            for (int i = 0; i < extents.count(); i++) {
                for (int j = 0; j < extents.length(i); j++) {
                    volume.usage.setNameless(extents.address(i) + j, -1);
                }
                volume.usage.removeRun(extents.address(i), extents.length(i));
            }
            extents.clear();
            volume.map.noteFreed(inode.ino());
            table.remove(inode.number());
        } else if (inode.dirty) {
            inode.lingers = true;
        } else {
            table.remove(inode.number());
        }
    }

    /** The extents of an inode that is not in memory, as the disk has them. */
    ExtentList extentsOf(int ino, int address, int slot) {
        volume.readBlock(volume.checked(address, "the map entry of inode " + ino), block, 0);
        int at = slot * Format.INODE_BYTES;
        if (slot < 0 || slot >= volume.geometry.inodesPerBlock() || InodeRecord.number(block, at) != ino) {
            throw volume.corrupt("block " + address + " has no record of inode " + ino + " in slot " + slot);
        }
        ExtentList extents = new ExtentList();
        if (!Mode.isSymlink(InodeRecord.mode(block, at)) || InodeRecord.sizeBytes(block, at) > Format.INO_AREA_BYTES) {
            trees.read(block, at, extents);
        }
        return extents;
    }

    /** A record at a place, with all that it leads to, becomes live (sign 1) or dead (-1). */
    void countRecord(int ino, int address, int slot, int sign) {
        ExtentList extents = extentsOf(ino, address, slot);
        long timeNanos = InodeRecord.modifiedNanos(block, slot * Format.INODE_BYTES);
        trees.count(extents, sign, timeNanos);
        if (sign > 0) {
            volume.usage.add(address, Format.INODE_BYTES, timeNanos);
        } else {
            volume.usage.remove(address, Format.INODE_BYTES);
        }
    }

    /** Forgets those of some inodes that the VFS has not asked for and that are not dirty. */
    void letGo(List<LogInode> some) {
        for (int i = 0; i < some.size(); i++) {
            LogInode inode = some.get(i);
            if (inode.lingers && !inode.dirty && table.find(inode.number()) == inode) {
                table.remove(inode.number());
            }
        }
    }

    long freeInodes() {
        return volume.geometry.inodeCount() - volume.map.used() - newInodes() - inodesWithoutNames;
    }

    private int newInodes() {
        int count = 0;
        for (int i = 0; i < dirty.size(); i++) {
            count += dirty.get(i).isNew ? 1 : 0;
        }
        return count;
    }
}
