package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.InodeCache;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.NewInode;
import dev.powercut.sim.disk.Site;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Inode records on disk, and the inodes in memory that stand for them: one object for each number. */
final class InodeStore {

    /** Flags that say that the contents are kept in a way that ext2 does not know. */
    private static final int FOREIGN_FLAGS = Format.INODE_EXTENTS | Format.INODE_EA_INODE | Format.INODE_INLINE_DATA;

    /** Flags that a new inode takes over from its directory, as in Linux (EXT2_FL_INHERITED). */
    private static final int INHERITED_FLAGS = 0x0001_C6CF;

    /** Flags that make sense for files only, and for other things than files and directories. */
    private static final int NOT_FOR_FILES = 0x0003_0000;

    private static final int FOR_OTHERS = 0x0000_00C0;

    private final FileSystem fileSystem;
    private final Volume volume;
    private final int inodeSizeBytes;
    private final int fieldBytes;
    private final InodeCache<ExtInode> table = new InodeCache<>();
    private final List<ExtInode> lingering = new ArrayList<>();
    private long lingered;

    InodeStore(FileSystem fileSystem, Volume volume) {
        this.fileSystem = fileSystem;
        this.volume = volume;
        this.inodeSizeBytes = volume.geometry.inodeSizeBytes();
        this.fieldBytes = Math.min(inodeSizeBytes, Format.INODE_BASE_BYTES + Format.EXTRA_ISIZE_KNOWN_BYTES);
    }

    /**
     * The inode with a number that an entry gives.
     *
     * @throws ErrnoException EUCLEAN when there is no such inode, when it is not in use, or when its record is nonsense
     */
    ExtInode get(int ino) {
        ExtInode inode = table.find(ino);
        if (inode == null) {
            inode = load(ino);
            table.add(inode);
        }
        inode.lingers = false;
        return inode;
    }

    boolean isInMemory(int ino) {
        return table.find(ino) != null;
    }

    /**
     * The VFS has let go of an inode. One that is not all durable stays, since it knows what a later fsync has to write.
     *
     * @param deleted whether it is gone for good
     */
    void forget(ExtInode inode, boolean deleted) {
        inode.parentDirectory = null;
        boolean isSafe =
                inode.changedBlocks.size() == 0 && !volume.hasUnsafeContents(inode) && !inode.hasPendingNames();
        if (deleted || isSafe) {
            table.remove(inode.number());
        } else if (!inode.lingers) {
            inode.lingers = true;
            inode.lingersSince = ++lingered;
            lingering.add(inode);
        }
    }

    /** How often an inode stayed that the VFS had let go of. */
    long lingered() {
        return lingered;
    }

    /** All is durable that was so when so many inodes had stayed: they need not stay any longer. */
    void letGo(long upTo) {
        int kept = 0;
        for (int i = 0; i < lingering.size(); i++) {
            ExtInode inode = lingering.get(i);
            if (inode.lingers && inode.lingersSince <= upTo) {
                inode.lingers = false;
                table.remove(inode.number());
            } else if (inode.lingers) {
                lingering.set(kept++, inode);
            }
        }
        lingering.subList(kept, lingering.size()).clear();
    }

    private ExtInode load(int ino) {
        if (!volume.geometry.isInode(ino) || ino < volume.geometry.firstInode() && ino != Format.ROOT_INODE) {
            throw volume.corrupt("an entry names inode " + Integer.toUnsignedString(ino));
        }
        byte[] b = bufferOf(ino).data();
        int at = volume.geometry.offsetInBlockOfInode(ino);
        ExtInode inode = new ExtInode(fileSystem, ino);
        read(inode, b, at);
        check(inode, b, at);
        return inode;
    }

    private void read(ExtInode inode, byte[] b, int at) {
        inode.setMode(InodeRecord.mode(b, at));
        inode.setOwner(InodeRecord.uid(b, at), InodeRecord.gid(b, at));
        inode.setLinkCount(InodeRecord.linkCount(b, at));
        inode.setGeneration(InodeRecord.generation(b, at) & 0xFFFF_FFFFL);
        inode.setBlocks512(InodeRecord.sectorCountLow(b, at));
        inode.setAccessedNanos(InodeTimes.nanos(
                InodeRecord.accessSeconds(b, at, inodeSizeBytes), InodeRecord.accessNanos(b, at, inodeSizeBytes)));
        inode.setModifiedNanos(InodeTimes.nanos(
                InodeRecord.modificationSeconds(b, at, inodeSizeBytes),
                InodeRecord.modificationNanos(b, at, inodeSizeBytes)));
        inode.setChangedNanos(InodeTimes.nanos(
                InodeRecord.changeSeconds(b, at, inodeSizeBytes), InodeRecord.changeNanos(b, at, inodeSizeBytes)));
        inode.flags = InodeRecord.flags(b, at);
        inode.xattrBlock = InodeRecord.xattrBlock(b, at);
        for (int i = 0; i < Format.POINTER_COUNT; i++) {
            inode.words[i] = InodeRecord.pointer(b, at, i);
        }
        // The upper half of the size is something else unless it is a regular file.
        inode.diskSizeBytes = inode.isRegular() ? InodeRecord.size(b, at) : InodeRecord.sizeLow(b, at);
        inode.setSizeBytes(inode.diskSizeBytes);
        inode.allocationGoal = volume.geometry.firstBlockOfGroup(volume.geometry.groupOfInode(inode.ino()));
        if (isDevice(inode.mode())) {
            inode.setDevice(DeviceNumbers.decode(inode.words[0], inode.words[1]));
        }
    }

    private void check(ExtInode inode, byte[] b, int at) {
        if (inode.linkCount() == 0 || InodeRecord.deletionTimeSeconds(b, at) != 0 && inode.linkCount() == 0) {
            throw volume.corrupt("inode " + inode.number() + " has a name but was deleted");
        } else if (InodeRecord.entryType(inode.mode()) == Format.TYPE_UNKNOWN) {
            throw volume.corrupt("inode " + inode.number() + " has mode 0" + Integer.toOctalString(inode.mode()));
        } else if ((inode.flags & FOREIGN_FLAGS) != 0) {
            throw volume.corrupt(
                    "inode " + inode.number() + " has flags 0x" + Integer.toHexString(inode.flags) + " of ext4");
        } else if (inode.isRegular() && (inode.diskSizeBytes < 0 || inode.diskSizeBytes > volume.maxFileSizeBytes)) {
            throw volume.corrupt("inode " + inode.number() + " has size " + inode.diskSizeBytes);
        } else if (inode.isDirectory()) {
            checkDirectorySize(inode);
        } else if (inode.isSymlink() && inode.diskSizeBytes >= volume.blockSizeBytes) {
            throw volume.corrupt("symbolic link " + inode.number() + " has size " + inode.diskSizeBytes);
        }
    }

    private void checkDirectorySize(ExtInode inode) {
        long size = inode.diskSizeBytes;
        if (size == 0 || size % volume.blockSizeBytes != 0 || size > volume.geometry.volumeBytes()) {
            throw volume.corrupt("directory " + inode.number() + " has size " + size);
        }
    }

    /** A new inode in memory, for a number just allocated; its record is cleared but not yet written. */
    ExtInode create(int ino, NewInode what, ExtInode parent) {
        Buffer buffer = bufferOf(ino);
        byte[] b = buffer.data();
        int at = volume.geometry.offsetInBlockOfInode(ino);
        int generation = InodeRecord.generation(b, at) + 1;
        Arrays.fill(b, at, at + inodeSizeBytes, (byte) 0);
        InodeRecord.setExtraSize(b, at, inodeSizeBytes, fieldBytes - Format.INODE_BASE_BYTES);
        ExtInode inode = new ExtInode(fileSystem, ino);
        inode.setMode(what.mode());
        inode.setOwner(what.uid(), what.gid());
        inode.setLinkCount(1);
        inode.setGeneration(generation & 0xFFFF_FFFFL);
        inode.flags = inheritedFlags(parent.flags, what.mode());
        inode.allocationGoal = volume.geometry.firstBlockOfGroup(volume.geometry.groupOfInode(ino));
        long now = now();
        inode.setAccessedNanos(now);
        inode.setModifiedNanos(now);
        inode.setChangedNanos(now);
        InodeRecord.setCreationTime(b, at, inodeSizeBytes, InodeTimes.seconds(now), InodeTimes.nanosOfSecond(now));
        if (inodeSizeBytes > fieldBytes) {
            volume.changed(buffer, at, inodeSizeBytes, Sites.INODE_RECORD_CLEARED);
        }
        if (isDevice(what.mode())) {
            inode.setDevice(what.device());
            DeviceNumbers.encode(what.device(), inode.words);
        }
        volume.noteContents(inode);
        table.add(inode);
        return inode;
    }

    private static int inheritedFlags(int flags, int mode) {
        int inherited = flags & INHERITED_FLAGS;
        if (Mode.isDirectory(mode)) {
            return inherited;
        }
        return Mode.isRegular(mode) ? inherited & ~NOT_FOR_FILES : inherited & FOR_OTHERS;
    }

    /** The present time, as far as records can hold it. */
    long now() {
        return InodeTimes.storable(volume.nowNanos(), inodeSizeBytes);
    }

    /** The sector that holds an inode's record. */
    BufferSector sectorOf(ExtInode inode) {
        return bufferOf(inode.ino()).sectorAt(volume.geometry.offsetInBlockOfInode(inode.ino()));
    }

    /** Puts the inode's state into its record, with the size that the disk shall have. Returns the sector. */
    BufferSector store(ExtInode inode, Site site) {
        return store(inode, 0, site);
    }

    /** Puts a deleted inode's state into its record. */
    BufferSector storeDeleted(ExtInode inode, Site site) {
        return store(inode, InodeTimes.seconds(volume.nowNanos()), site);
    }

    private BufferSector store(ExtInode inode, long deletionSeconds, Site site) {
        Buffer buffer = bufferOf(inode.ino());
        byte[] b = buffer.data();
        int at = volume.geometry.offsetInBlockOfInode(inode.ino());
        InodeRecord.setMode(b, at, inode.mode());
        InodeRecord.setUid(b, at, inode.uid());
        InodeRecord.setGid(b, at, inode.gid());
        InodeRecord.setLinkCount(b, at, inode.linkCount());
        InodeRecord.setGeneration(b, at, (int) inode.generation());
        InodeRecord.setSectorCountLow(b, at, inode.blocks512());
        InodeRecord.setFlags(b, at, inode.flags);
        InodeRecord.setXattrBlock(b, at, inode.xattrBlock);
        InodeRecord.setDeletionTimeSeconds(b, at, inode.isOrphan ? inode.nextOrphan & 0xFFFF_FFFFL : deletionSeconds);
        if (inode.isRegular()) {
            InodeRecord.setSize(b, at, inode.diskSizeBytes);
        } else {
            InodeRecord.setSizeLow(b, at, inode.diskSizeBytes);
        }
        for (int i = 0; i < Format.POINTER_COUNT; i++) {
            InodeRecord.setPointer(b, at, i, inode.words[i]);
        }
        storeTimes(inode, b, at);
        volume.changed(buffer, at, fieldBytes, site);
        return buffer.sectorAt(at);
    }

    private void storeTimes(ExtInode inode, byte[] b, int at) {
        inode.setAccessedNanos(InodeTimes.storable(inode.accessedNanos(), inodeSizeBytes));
        inode.setModifiedNanos(InodeTimes.storable(inode.modifiedNanos(), inodeSizeBytes));
        inode.setChangedNanos(InodeTimes.storable(inode.changedNanos(), inodeSizeBytes));
        long accessed = inode.accessedNanos();
        long modified = inode.modifiedNanos();
        long changed = inode.changedNanos();
        InodeRecord.setAccessTime(
                b, at, inodeSizeBytes, InodeTimes.seconds(accessed), InodeTimes.nanosOfSecond(accessed));
        InodeRecord.setModificationTime(
                b, at, inodeSizeBytes, InodeTimes.seconds(modified), InodeTimes.nanosOfSecond(modified));
        InodeRecord.setChangeTime(
                b, at, inodeSizeBytes, InodeTimes.seconds(changed), InodeTimes.nanosOfSecond(changed));
    }

    private static boolean isDevice(int mode) {
        return Mode.type(mode) == Mode.BLOCK_DEVICE || Mode.type(mode) == Mode.CHARACTER_DEVICE;
    }

    private Buffer bufferOf(int ino) {
        return volume.read(volume.groups.blockOfInode(ino), BlockRole.INODE_TABLE);
    }
}
