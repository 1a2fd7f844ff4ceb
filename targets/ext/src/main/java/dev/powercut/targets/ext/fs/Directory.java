package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.vfs.DirectorySink;
import dev.powercut.kernel.vfs.FileName;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Site;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.DirectoryBlock;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Entries in the blocks of directories, which are searched from the beginning. An entry comes and goes with one change of four
 * bytes, so that a crash finds it there or not. Blocks that are made here have a free record at the start of each sector, and
 * records stay within their sector, so that nearly always one sector is all that changes; blocks of other makers may have
 * entries across sectors, and the bytes of a new one then go before what exposes them.
 *
 * <p>Hashed directories are linear ones as well; the index is given up (the flag cleared, durably, first) when one is changed.
 */
final class Directory {

    private static final byte[] DOT_DOT = {'.', '.'};

    private final Volume volume;
    private final BlockTree tree;
    private final BlockAllocator allocator;
    private final InodeStore inodes;
    private final DirectoryBlock cursor = new DirectoryBlock();

    Directory(Volume volume, BlockTree tree, BlockAllocator allocator, InodeStore inodes) {
        this.volume = volume;
        this.tree = tree;
        this.allocator = allocator;
        this.inodes = inodes;
    }

    // ---- Reading ----

    private Buffer block(ExtInode directory, long fileBlock) {
        int block = tree.find(directory, fileBlock);
        if (block == 0) {
            throw volume.corrupt("directory " + directory.number() + " has a hole at block " + fileBlock);
        }
        return volume.read(block, BlockRole.DIRECTORY);
    }

    private long blockCount(ExtInode directory) {
        return directory.diskSizeBytes / volume.blockSizeBytes;
    }

    /** Puts the cursor before the first entry of a block. */
    private DirectoryBlock scan(Buffer block) {
        return cursor.reset(block.data(), 0, volume.blockSizeBytes);
    }

    private void checkEnd(ExtInode directory, Buffer block) {
        checkEnd(directory, block, cursor);
    }

    private void checkEnd(ExtInode directory, Buffer block, DirectoryBlock cursor) {
        DirectoryBlock.Defect defect = cursor.defect();
        if (defect != null) {
            throw volume.corrupt("directory " + directory.number() + ", " + block + " at " + cursor.following() + ": "
                    + defect.text());
        }
    }

    /** Where the entry with a name is, or null. */
    @Nullable
    EntryPosition find(ExtInode directory, byte[] name) {
        long blocks = blockCount(directory);
        for (long i = 0; i < blocks; i++) {
            Buffer block = block(directory, i);
            byte[] b = block.data();
            scan(block);
            int previous = -1;
            while (cursor.next()) {
                if (cursor.inode() != 0 && DirectoryEntry.nameEquals(b, cursor.at(), name, 0, name.length)) {
                    return new EntryPosition(block, cursor.at(), previous);
                }
                previous = cursor.at();
            }
            checkEnd(directory, block);
        }
        return null;
    }

    /** Where the entry with a name is that the VFS has found before. */
    EntryPosition require(ExtInode directory, byte[] name, ExtInode inode) {
        EntryPosition position = find(directory, name);
        if (position == null || position.ino() != inode.ino()) {
            throw volume.corrupt("directory " + directory.number() + " has lost the entry of inode " + inode.number());
        }
        return position;
    }

    /** Where a directory names its parent. */
    EntryPosition dotDot(ExtInode directory) {
        EntryPosition position = find(directory, DOT_DOT);
        if (position == null) {
            throw volume.corrupt("directory " + directory.number() + " has no entry ..");
        }
        return position;
    }

    boolean isEmpty(ExtInode directory) {
        long blocks = blockCount(directory);
        for (long i = 0; i < blocks; i++) {
            Buffer block = block(directory, i);
            byte[] b = block.data();
            scan(block);
            while (cursor.next()) {
                int at = cursor.at();
                if (cursor.inode() != 0 && !DirectoryEntry.isDot(b, at) && !DirectoryEntry.isDotDot(b, at)) {
                    return false;
                }
            }
            checkEnd(directory, block);
        }
        return true;
    }

    /** Gives the entries from a cursor, a byte offset in the directory, on. Entries never move, so offsets stay valid. */
    void list(ExtInode directory, long from, DirectorySink sink) {
        long blocks = blockCount(directory);
        DirectoryBlock own = new DirectoryBlock();
        for (long i = Math.max(0, from) / volume.blockSizeBytes; i < blocks; i++) {
            Buffer block = block(directory, i);
            byte[] b = block.data();
            long start = i * volume.blockSizeBytes;
            own.reset(b, 0, volume.blockSizeBytes);
            while (own.next()) {
                if (own.inode() == 0 || start + own.at() < from) {
                    continue;
                }
                String name = name(directory, b, own.at(), own.nameLength());
                long inodeNumber = own.inode() & 0xFFFF_FFFFL;
                if (!sink.entry(name, inodeNumber, type(own.fileType()), start + own.following())) {
                    return;
                }
            }
            checkEnd(directory, block, own);
        }
    }

    private String name(ExtInode directory, byte[] b, int at, int length) {
        int from = at + Format.D_NAME;
        for (int i = from; i < from + length; i++) {
            if (b[i] == 0 || b[i] == '/') {
                throw volume.corrupt("directory " + directory.number() + " has a name with a slash or NUL");
            }
        }
        if (length == 0) {
            throw volume.corrupt("directory " + directory.number() + " has an empty name");
        }
        return FileName.fromBytes(b, from, length);
    }

    private int type(int fileType) {
        if (!volume.geometry.hasFileType()) {
            return 0;
        }
        return switch (fileType) {
            case Format.TYPE_REGULAR -> Mode.REGULAR;
            case Format.TYPE_DIRECTORY -> Mode.DIRECTORY;
            case Format.TYPE_CHARACTER_DEVICE -> Mode.CHARACTER_DEVICE;
            case Format.TYPE_BLOCK_DEVICE -> Mode.BLOCK_DEVICE;
            case Format.TYPE_FIFO -> Mode.FIFO;
            case Format.TYPE_SOCKET -> Mode.SOCKET;
            case Format.TYPE_SYMLINK -> Mode.SYMLINK;
            default -> 0;
        };
    }

    // ---- Adding ----

    /** Finds room for a name, and checks the whole directory on the way unless the first room found is the best. */
    EntrySlot findSlot(ExtInode directory, int nameLength) {
        EntrySlot slot = new EntrySlot(nameLength);
        long blocks = blockCount(directory);
        for (long i = 0; i < blocks && !slot.isBest(); i++) {
            Buffer block = block(directory, i);
            scan(block);
            while (!slot.isBest() && cursor.next()) {
                slot.consider(block, cursor);
            }
            checkEnd(directory, block);
        }
        return slot;
    }

    /**
     * The sector whose change will expose an entry in a slot: what the entry needs is ordered before it. Where the directory has
     * to grow, its new block is made here, for which the caller has made sure of space.
     */
    BufferSector prepare(ExtInode directory, EntrySlot slot) {
        Buffer block = slot.block();
        if (block == null) {
            long fileBlock = blockCount(directory);
            int before = tree.find(directory, fileBlock - 1);
            block = freshBlock(allocator.allocate(before + 1));
            slot.takeFresh(block);
        }
        giveUpIndex(directory, slot.exposingSector(block));
        return slot.exposingSector(block);
    }

    private Buffer freshBlock(int number) {
        Buffer block = volume.cache.fresh(number, BlockRole.DIRECTORY.kind());
        for (int at = 0; at < volume.blockSizeBytes; at += Sector.BYTES) {
            DirectoryBlock.putFree(block.data(), at, Sector.BYTES);
        }
        volume.changed(block, 0, volume.blockSizeBytes, Sites.DIRECTORY_BLOCK_MADE);
        return block;
    }

    /** Adds an entry where {@link #prepare} was asked to; a new block is then linked to the directory. */
    void insert(ExtInode directory, EntrySlot slot, int ino, int mode, byte[] name, Site site) {
        Buffer block = Objects.requireNonNull(slot.block());
        BufferSector exposing = slot.exposingSector(block);
        directory.namesGone.orderBefore(
                volume.discipline, hash(name, 0, name.length), exposing, Sites.REMOVED_BEFORE_SAME_NAME);
        byte[] entry = new byte[Format.ENTRY_HEADER_BYTES + name.length];
        DirectoryEntry.put(entry, 0, ino, slot.length(), entryType(mode), name, 0, name.length);
        int from = slot.start();
        int to = from + entry.length;
        boolean apart = from / Sector.BYTES != (to - 1) / Sector.BYTES || block.sectorAt(from) != exposing;
        if (apart) {
            putBytesBefore(directory, block, entry, from, to, exposing, site);
        }
        putWithin(block, entry, from, to, exposing.index());
        if (!slot.takesFreeRecord()) {
            DirectoryEntry.setRecordLength(block.data(), slot.hostAt(), slot.start() - slot.hostAt());
        }
        volume.changed(block, exposing.index() * Sector.BYTES, Sector.BYTES, site);
        directory.changedBlocks.add(block.block());
        if (slot.isFresh()) {
            append(directory, block);
        }
    }

    /** The parts of an entry that lie in other sectors than the one that exposes it. */
    private void putBytesBefore(
            ExtInode directory, Buffer block, byte[] entry, int from, int to, BufferSector exposing, Site site) {
        for (int at = from; at < to; at = (at / Sector.BYTES + 1) * Sector.BYTES) {
            BufferSector sector = block.sectorAt(at);
            if (sector != exposing) {
                // An entry that was here before is gone, durably, before its bytes are overwritten.
                volume.discipline.order(exposing, sector, Sites.ENTRY_GONE_BEFORE_REUSE);
                giveUpIndex(directory, sector);
                putWithin(block, entry, from, to, sector.index());
                volume.changed(block, sector.index() * Sector.BYTES, Sector.BYTES, site);
                volume.discipline.order(sector, exposing, Sites.ENTRY_BYTES_BEFORE_LENGTH);
            }
        }
    }

    /** Copies what part of the entry lies in one sector of the block. */
    private static void putWithin(Buffer block, byte[] entry, int from, int to, int sectorIndex) {
        int first = Math.max(from, sectorIndex * Sector.BYTES);
        int last = Math.min(to, (sectorIndex + 1) * Sector.BYTES);
        if (first < last) {
            System.arraycopy(entry, first - from, block.data(), first, last - first);
        }
    }

    /** Links a fresh block to the end of a directory; the size covers it when all pointers to it are there. */
    private void append(ExtInode directory, Buffer block) {
        long fileBlock = blockCount(directory);
        tree.link(directory, fileBlock, (int) block.block(), block);
        tree.orderNodes(directory, fileBlock, inodes.sectorOf(directory), Sites.POINTER_BEFORE_SIZE);
        directory.diskSizeBytes += volume.blockSizeBytes;
        directory.setSizeBytes(directory.diskSizeBytes);
        inodes.store(directory, Sites.DIRECTORY_GROWN);
    }

    /** The first block of a new directory, not yet linked to it. */
    Buffer firstBlock(int number, int ownIno, int parentIno) {
        Buffer block = freshBlock(number);
        byte[] b = block.data();
        int type = entryType(Mode.DIRECTORY);
        int dotLength = DirectoryEntry.minimumLength(1);
        DirectoryEntry.put(b, 0, ownIno, dotLength, type, DOT_DOT, 0, 1);
        DirectoryEntry.put(b, dotLength, parentIno, Sector.BYTES - dotLength, type, DOT_DOT, 0, 2);
        return block;
    }

    // ---- Changing and removing ----

    /** The sector that changes when an entry is removed or names another inode. */
    static BufferSector sectorOf(EntryPosition position) {
        return position.block().sectorAt(position.at() + Format.D_INODE);
    }

    /** Removes an entry. Returns the sector of the change. */
    BufferSector remove(ExtInode directory, EntryPosition position, Site site) {
        giveUpIndex(directory, sectorOf(position));
        return removeNow(directory, position, site);
    }

    /** Removes an entry from a sector that this operation has changed already: no order may come in between. */
    BufferSector removeNow(ExtInode directory, EntryPosition position, Site site) {
        byte[] b = position.block().data();
        int at = position.at();
        int previous = position.previous();
        BufferSector sector = sectorOf(position);
        if (previous >= 0 && (previous + Format.D_REC_LEN) / Sector.BYTES == at / Sector.BYTES) {
            DirectoryEntry.setRecordLength(b, previous, at - previous + DirectoryEntry.recordLength(b, at));
        } else {
            DirectoryEntry.setInode(b, at, 0);
        }
        volume.changed(position.block(), sector.index() * Sector.BYTES, Sector.BYTES, site);
        directory.changedBlocks.add(position.block().block());
        long hash = hash(b, at + Format.D_NAME, DirectoryEntry.nameLength(b, at));
        directory.namesGone.add(volume.discipline, hash, sector);
        return sector;
    }

    private static long hash(byte[] name, int from, int length) {
        long hash = length;
        for (int i = from; i < from + length; i++) {
            hash = hash * 31 + name[i];
        }
        return hash;
    }

    /** Whether inode number and type of an entry lie in one sector, so that they change together. */
    static boolean changesAtOnce(EntryPosition position) {
        return (position.at() + Format.D_FILE_TYPE) / Sector.BYTES == position.at() / Sector.BYTES;
    }

    /** Makes an entry name another inode, in place, so that there is no moment without the name. */
    BufferSector replace(ExtInode directory, EntryPosition position, int ino, int mode, Site site) {
        Buffer block = position.block();
        byte[] b = block.data();
        int at = position.at();
        BufferSector sector = sectorOf(position);
        BufferSector typeSector = block.sectorAt(at + Format.D_FILE_TYPE);
        int type = entryType(mode);
        boolean typeDiffers = DirectoryEntry.fileType(b, at) != type;
        giveUpIndex(directory, sector);
        if (typeDiffers && typeSector != sector) {
            // The type of neither: an entry may leave open what it names.
            DirectoryEntry.setFileType(b, at, Format.TYPE_UNKNOWN);
            volume.changed(block, at + Format.D_FILE_TYPE, 1, site);
            volume.discipline.order(typeSector, sector, Sites.ENTRY_TYPE_OPEN);
        }
        DirectoryEntry.setInode(b, at, ino);
        volume.changed(block, at + Format.D_INODE, 4, site);
        if (typeDiffers) {
            volume.discipline.order(sector, typeSector, Sites.ENTRY_TYPE_OPEN);
            DirectoryEntry.setFileType(b, at, type);
            volume.changed(block, at + Format.D_FILE_TYPE, 1, site);
        }
        directory.changedBlocks.add(block.block());
        return sector;
    }

    /** The directory is about to be changed as a linear one in a sector: its index, if it has one, is given up before. */
    private void giveUpIndex(ExtInode directory, BufferSector sector) {
        if ((directory.flags & Format.INODE_INDEX) != 0) {
            directory.flags &= ~Format.INODE_INDEX;
            directory.indexGivenUp = true;
            inodes.store(directory, Sites.INDEX_GIVEN_UP);
        }
        if (directory.indexGivenUp) {
            volume.discipline.order(inodes.sectorOf(directory), sector, Sites.INDEX_GIVEN_UP_BEFORE_CHANGE);
        }
    }

    private int entryType(int mode) {
        return volume.geometry.hasFileType() ? InodeRecord.entryType(mode) : Format.TYPE_UNKNOWN;
    }
}
