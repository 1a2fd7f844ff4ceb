package dev.powercut.targets.logfs.fs;

import dev.powercut.kernel.vfs.DirectorySink;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.FileName;
import dev.powercut.sim.disk.Site;
import dev.powercut.targets.logfs.format.DirectoryBlock;
import dev.powercut.targets.logfs.format.Format;

/** Entries of directories. A position is {@code block × block size + offset}; entries keep theirs as long as they exist. */
final class Directory {

    static final long NOWHERE = -1;

    /** Cursors of entries begin behind those of "." and "..". */
    private static final int FIRST_CURSOR = 2;

    private static final int DIRECTORY_TYPE = 0x4000;

    private final Volume volume;
    private final InodeStore inodes;
    private final int size;

    Directory(Volume volume, InodeStore inodes) {
        this.volume = volume;
        this.inodes = inodes;
        this.size = volume.blockSizeBytes;
    }

    /** Reads the blocks, unless they are in memory. */
    private void read(LogInode directory) {
        if (!directory.isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
        if (directory.blocksRead) {
            return;
        }
        long count = directory.sizeBytes() / size;
        if (count != directory.extents.blockCount()) {
            throw volume.corrupt("directory " + directory.number() + " has " + count + " blocks and maps "
                    + directory.extents.blockCount());
        }
        for (long i = 0; i < count; i++) {
            byte[] b = volume.readBlock(volume.checked(directory.extents.find(i), "directory " + directory.number()));
            if (!DirectoryBlock.isSound(b)) {
                directory.blocks.clear();
                throw volume.corrupt("block " + i + " of directory " + directory.number() + " is no directory block");
            }
            directory.blocks.add(b);
        }
        directory.blocksRead = true;
    }

    /** The position of a name, or {@link #NOWHERE}. */
    long find(LogInode directory, byte[] name, int nameAt, int nameLength) {
        read(directory);
        for (int i = 0; i < directory.blocks.size(); i++) {
            int at = DirectoryBlock.find(directory.blocks.get(i), name, nameAt, nameLength);
            if (at != DirectoryBlock.NONE) {
                return (long) i * size + at;
            }
        }
        return NOWHERE;
    }

    long find(LogInode directory, byte[] name) {
        return find(directory, name, 0, name.length);
    }

    int inodeAt(LogInode directory, long position) {
        return DirectoryBlock.inode(directory.blocks.get((int) (position / size)), (int) (position % size));
    }

    /**
     * The inode that an entry leads to.
     *
     * @throws dev.powercut.kernel.vfs.ErrnoException EUCLEAN when there is none, or when it is a directory that says to be in another one: so no walk
     *     along names, however the image is damaged, comes round to where it has been
     */
    LogInode child(LogInode directory, long position) {
        LogInode child = inodes.get(inodeAt(directory, position));
        if (child.isDirectory() && (child.parentNumber != directory.ino() || child.ino() == Format.ROOT_INODE)) {
            throw volume.corrupt("directory " + child.number() + " has a name in directory " + directory.number()
                    + ", but says to be in " + Integer.toUnsignedString(child.parentNumber));
        }
        return child;
    }

    int typeAt(LogInode directory, long position) {
        return DirectoryBlock.type(directory.blocks.get((int) (position / size)), (int) (position % size));
    }

    /**
     * Makes sure that a name finds room, which may take a new block.
     *
     * @throws dev.powercut.kernel.vfs.ErrnoException ENOSPC
     */
    void makeRoom(LogInode directory, int nameLength, boolean mayFail) {
        read(directory);
        for (int i = 0; i < directory.blocks.size(); i++) {
            if (DirectoryBlock.findRoom(directory.blocks.get(i), nameLength) != DirectoryBlock.NONE) {
                return;
            }
        }
        if (mayFail) {
            volume.space.grant(1, 0);
        } else {
            volume.space.grantAnyway(1, 0);
        }
        int index = directory.blocks.size();
        directory.blocks.add(DirectoryBlock.empty(size));
        directory.changedBlocks.add(index);
        directory.reserved.add(index);
        directory.setSizeBytes((long) directory.blocks.size() * size);
        directory.diskSizeBytes = directory.sizeBytes();
        directory.setBlocks512(directory.blocks.size() * (long) (size / 512));
    }

    /** Adds a name for which {@link #makeRoom} has found room. */
    void insert(LogInode directory, byte[] name, int nameAt, int nameLength, int inode, int type, Site site) {
        for (int i = 0; i < directory.blocks.size(); i++) {
            byte[] b = directory.blocks.get(i);
            int room = DirectoryBlock.findRoom(b, nameLength);
            if (room != DirectoryBlock.NONE) {
                DirectoryBlock.insert(b, room, name, nameAt, nameLength, inode, type);
                changed(directory, i, site);
                return;
            }
        }
        throw new IllegalStateException("no room was made for a name");
    }

    /** Lets a name lead elsewhere. */
    void replace(LogInode directory, long position, int inode, int type, Site site) {
        int index = (int) (position / size);
        DirectoryBlock.replace(directory.blocks.get(index), (int) (position % size), inode, type);
        changed(directory, index, site);
    }

    void remove(LogInode directory, long position, Site site) {
        int index = (int) (position / size);
        DirectoryBlock.remove(directory.blocks.get(index), (int) (position % size));
        changed(directory, index, site);
    }

    private void changed(LogInode directory, int block, Site site) {
        directory.changedBlocks.add(block);
        inodes.markDirty(directory, site, true);
    }

    /** Has a block written anew, as it is. */
    void rewrite(LogInode directory, long block, Site site) {
        read(directory);
        if (block < directory.blocks.size()) {
            changed(directory, (int) block, site);
        }
    }

    boolean isEmpty(LogInode directory) {
        read(directory);
        for (int i = 0; i < directory.blocks.size(); i++) {
            if (!DirectoryBlock.isEmpty(directory.blocks.get(i))) {
                return false;
            }
        }
        return true;
    }

    void list(LogInode directory, long cursor, DirectorySink sink) {
        read(directory);
        if (cursor < 1 && !sink.entry(".", directory.number(), DIRECTORY_TYPE, 1)
                || cursor < FIRST_CURSOR && !sink.entry("..", directory.parentNumber, DIRECTORY_TYPE, FIRST_CURSOR)) {
            return;
        }
        long from = Math.max(0, cursor - FIRST_CURSOR);
        for (int i = (int) (from / size); i < directory.blocks.size(); i++) {
            byte[] b = directory.blocks.get(i);
            for (int at = 0; at < b.length; at += DirectoryBlock.length(b, at)) {
                long position = (long) i * size + at;
                if (position < from || DirectoryBlock.inode(b, at) == 0) {
                    continue;
                }
                String name = FileName.fromBytes(b, at + Format.DIR_NAME, DirectoryBlock.nameLength(b, at));
                long inode = Integer.toUnsignedLong(DirectoryBlock.inode(b, at));
                if (!sink.entry(name, inode, DirectoryBlock.type(b, at) << 12, position + 1 + FIRST_CURSOR)) {
                    return;
                }
            }
        }
    }
}
