package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.format.BlockMap;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.mkfs.DeviceTooSmallException;
import dev.powercut.targets.ext.mkfs.Mkfs;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes files and directories on an open volume, the plain way and keeping all counts right, and lets a test reach every field to put it
 * wrong.
 */
final class Surgery extends OpenVolume {

    Surgery(DiskImage image) {
        super(image);
    }

    private Surgery(Surgery other) {
        super(other);
    }

    /** A fresh volume. */
    static Surgery on(long sizeBytes, MkfsOptions options) {
        SimulatedDisk disk = disk(DiskImage.blank(sizeBytes / 512));
        try {
            Mkfs.format(disk, options.withDeviceIsZero(true));
        } catch (DeviceTooSmallException e) {
            throw new IllegalArgumentException(e);
        }
        return new Surgery(disk.image());
    }

    /** A fresh volume of 1 MiB with 1 KiB blocks. */
    static Surgery small() {
        return on(1 << 20, MkfsOptions.defaults());
    }

    /** One with some of everything in it: directories, files of all depths, links. */
    static Surgery populated(long sizeBytes, MkfsOptions options) {
        Surgery s = on(sizeBytes, options);
        int docs = s.directory(Format.ROOT_INODE, "docs");
        int deep = s.directory(docs, "deep");
        s.directory(deep, "deeper");
        for (int i = 0; i < 40; i++) {
            s.file(i % 2 == 0 ? docs : deep, "file-" + i, i % 16);
        }
        int large = s.file(Format.ROOT_INODE, "large", 12 + s.blockSize / 4 + 5);
        s.link(docs, "also large", large, Format.TYPE_REGULAR);
        s.addLinks(large, 1);
        s.symlink(Format.ROOT_INODE, "short", "docs/deep");
        s.symlink(deep, "long", "x".repeat(100));
        s.special(deep, "pipe", Format.MODE_FIFO);
        s.file(docs, "n".repeat(255), 1);
        return s;
    }

    static SimulatedDisk disk(DiskImage image) {
        return SimulatedDisk.unlogged(World.withOneTask(Choices.seeded(1)), image);
    }

    /** Another with the same contents; this one must not be changed any more. */
    Surgery copy() {
        return new Surgery(this);
    }

    /** An inode in use, without blocks and without a name. */
    int inode(int mode) {
        int inode = allocateInode();
        int at = inodeOffset(inode);
        int size = geometry.inodeSizeBytes();
        Arrays.fill(b, at, at + size, (byte) 0);
        InodeRecord.setExtraSize(b, at, size, 32);
        InodeRecord.setMode(b, at, mode);
        InodeRecord.setLinkCount(b, at, 1);
        return inode;
    }

    void link(int directory, String name, int inode, int type) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int needed = DirectoryEntry.minimumLength(bytes.length);
        for (int i = 0; ; i++) {
            if (blockOf(directory, i) == 0) {
                addDirectoryBlock(directory, i);
            }
            int start = blockOffset(blockOf(directory, i));
            for (int at = start; at < start + blockSize; at += DirectoryEntry.recordLength(b, at)) {
                if (DirectoryEntry.slack(b, at) >= needed) {
                    int length = DirectoryEntry.recordLength(b, at);
                    int used = DirectoryEntry.inode(b, at) == 0
                            ? 0
                            : DirectoryEntry.minimumLength(DirectoryEntry.nameLength(b, at));
                    DirectoryEntry.setRecordLength(b, at, used == 0 ? length : used);
                    DirectoryEntry.put(b, at + used, inode, length - used, typeByte(type), bytes, 0, bytes.length);
                    return;
                }
            }
        }
    }

    private int typeByte(int type) {
        return geometry.hasFileType() ? type : 0;
    }

    private void addDirectoryBlock(int directory, int index) {
        int block = allocateBlock();
        Arrays.fill(b, blockOffset(block), blockOffset(block + 1), (byte) 0);
        DirectoryEntry.setRecordLength(b, blockOffset(block), blockSize);
        map(directory, index, block);
        InodeRecord.setSize(b, inodeOffset(directory), (index + 1L) * blockSize);
    }

    int file(int directory, String name, int blocks) {
        int inode = inode(Format.MODE_REGULAR | 0644);
        for (int i = 0; i < blocks; i++) {
            int block = allocateBlock();
            Arrays.fill(b, blockOffset(block), blockOffset(block + 1), (byte) (inode + i | 1));
            map(inode, i, block);
        }
        InodeRecord.setSize(b, inodeOffset(inode), (long) blocks * blockSize);
        link(directory, name, inode, Format.TYPE_REGULAR);
        return inode;
    }

    /** Maps a file block, with the indirect blocks it needs. */
    void map(int inode, long fileBlock, int block) {
        BlockMap map = geometry.blockMap();
        int slot = inodeOffset(inode) + Format.I_BLOCK + 4 * map.rootIndex(fileBlock);
        for (int level = map.depth(fileBlock); level > 0; level--) {
            if (LittleEndian.s32(b, slot) == 0) {
                int indirect = allocateBlock();
                Arrays.fill(b, blockOffset(indirect), blockOffset(indirect + 1), (byte) 0);
                LittleEndian.put32(b, slot, indirect);
                addSectors(inode);
            }
            slot = blockOffset(LittleEndian.s32(b, slot)) + 4 * map.slot(fileBlock, level);
        }
        LittleEndian.put32(b, slot, block);
        addSectors(inode);
    }

    void addSectors(int inode) {
        int at = inodeOffset(inode);
        InodeRecord.setSectorCountLow(b, at, InodeRecord.sectorCountLow(b, at) + blockSize / 512);
    }

    int directory(int parent, String name) {
        int inode = unnamedDirectory(parent);
        link(parent, name, inode, Format.TYPE_DIRECTORY);
        addLinks(parent, 1);
        return inode;
    }

    /** A directory that names its parent, but not the other way round. */
    int unnamedDirectory(int parent) {
        int inode = inode(Format.MODE_DIRECTORY | 0755);
        addDirectoryBlock(inode, 0);
        int at = blockOffset(pointer(inode, 0));
        int type = typeByte(Format.TYPE_DIRECTORY);
        DirectoryEntry.put(b, at, inode, 12, type, new byte[] {'.'}, 0, 1);
        DirectoryEntry.put(b, at + 12, parent, blockSize - 12, type, new byte[] {'.', '.'}, 0, 2);
        addLinks(inode, 1);
        countDirectory(inode, 1);
        return inode;
    }

    void addLinks(int inode, int change) {
        int at = inodeOffset(inode);
        InodeRecord.setLinkCount(b, at, InodeRecord.linkCount(b, at) + change);
    }

    int symlink(int directory, String name, String target) {
        int inode = inode(Format.MODE_SYMLINK | 0777);
        byte[] bytes = target.getBytes(StandardCharsets.UTF_8);
        int at = inodeOffset(inode) + Format.I_BLOCK;
        if (bytes.length > Format.FAST_SYMLINK_MAX_BYTES) {
            int block = allocateBlock();
            at = blockOffset(block);
            Arrays.fill(b, at, at + blockSize, (byte) 0);
            map(inode, 0, block);
        }
        System.arraycopy(bytes, 0, b, at, bytes.length);
        InodeRecord.setSize(b, inodeOffset(inode), bytes.length);
        link(directory, name, inode, Format.TYPE_SYMLINK);
        return inode;
    }

    int special(int directory, String name, int mode) {
        int inode = inode(mode | 0600);
        link(directory, name, inode, InodeRecord.entryType(mode));
        return inode;
    }

    /** Takes a name away and nothing else: the entry becomes free. */
    void unname(int directory, String name) {
        DirectoryEntry.setInode(b, entryOffset(directory, name), 0);
    }

    /** Gives an inode a block of extended attributes, which others may share. */
    void attributes(int inode, int block) {
        int at = blockOffset(block);
        if (LittleEndian.s32(b, at) != Format.XATTR_MAGIC) {
            Arrays.fill(b, at, at + blockSize, (byte) 0);
            LittleEndian.put32(b, at + Format.H_MAGIC, Format.XATTR_MAGIC);
            LittleEndian.put32(b, at + Format.H_BLOCKS, 1);
        }
        LittleEndian.put32(b, at + Format.H_REFCOUNT, LittleEndian.s32(b, at + Format.H_REFCOUNT) + 1);
        InodeRecord.setXattrBlock(b, inodeOffset(inode), block);
        addSectors(inode);
    }
}
