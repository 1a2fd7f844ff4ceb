package dev.powercut.targets.logfs.fsck;

import static dev.powercut.sim.bytes.LittleEndian.put16;

import dev.powercut.targets.logfs.format.DirectoryBlock;
import dev.powercut.targets.logfs.format.Format;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a directory in memory: its blocks in order. A block that is not sound is replaced by one with those of its records that
 * come before the first wrong one.
 */
final class Directory {

    /** A block that was not sound: where it was, and the byte from which on it is lost. */
    record Corrupt(int block, int fromByte) {}

    private final int blockSize;
    private final List<byte[]> blocks = new ArrayList<>();
    private boolean[] changed = {};
    private @Nullable List<Corrupt> corrupt;

    private Directory(int blockSize) {
        this.blockSize = blockSize;
    }

    /** The contents of a directory inode, read when first asked for. */
    static Directory of(Volume volume, Inode inode) {
        Directory directory = inode.directory;
        if (directory == null) {
            directory = new Directory(volume.blockSize());
            directory.read(volume, inode.extents);
            inode.directory = directory;
        }
        return directory;
    }

    /** One without blocks, of a new inode. */
    static Directory empty(Volume volume) {
        return new Directory(volume.blockSize());
    }

    private void read(Volume volume, ExtentList extents) {
        for (int i = 0; i < extents.count(); i++) {
            for (int k = 0; k < extents.length(i); k++) {
                int address = extents.address(i) + k;
                byte[] b = volume.block(address);
                boolean moved = extents.fileBlock(i) + k != blocks.size();
                if (DirectoryBlock.isSound(b)) {
                    add(b, moved);
                } else {
                    salvage(b, address);
                }
            }
        }
    }

    private void add(byte[] b, boolean isChanged) {
        if (blocks.size() == changed.length) {
            changed = Arrays.copyOf(changed, 2 * changed.length + 2);
        }
        changed[blocks.size()] = isChanged;
        blocks.add(b);
    }

    /** Keeps what is before the first wrong record; a block without any is dropped. */
    private void salvage(byte[] b, int address) {
        int good = 0;
        int last = -1;
        while (good + Format.DIR_NAME <= b.length && isRecord(b, good)) {
            last = good;
            good += DirectoryBlock.length(b, good);
        }
        if (corrupt == null) {
            corrupt = new ArrayList<>();
        }
        corrupt.add(new Corrupt(address, good));
        if (last >= 0) {
            Arrays.fill(b, good, b.length, (byte) 0);
            put16(b, last + Format.DIR_LENGTH, b.length - last);
            add(b, true);
        }
    }

    /** Whether one record could stand alone at an offset, were the rest of the block free. */
    private static boolean isRecord(byte[] b, int at) {
        int length = DirectoryBlock.length(b, at);
        if (length < Format.DIR_NAME || length % 4 != 0 || at + length > b.length) {
            return false;
        }
        byte[] alone = Arrays.copyOfRange(b, at, at + length);
        return DirectoryBlock.isSound(alone);
    }

    List<Corrupt> corrupt() {
        return corrupt == null ? List.of() : corrupt;
    }

    int blockCount() {
        return blocks.size();
    }

    /** A block; not to be changed but through the methods here. */
    byte[] block(int index) {
        return blocks.get(index);
    }

    boolean isChanged(int index) {
        return changed[index];
    }

    void setChanged(int index) {
        changed[index] = true;
    }

    /** Removes all names of a block. */
    void clear(long fileBlock) {
        if (fileBlock < blocks.size()) {
            blocks.set((int) fileBlock, DirectoryBlock.empty(blockSize));
            changed[(int) fileBlock] = true;
        }
    }

    void remove(int index, int at) {
        DirectoryBlock.remove(blocks.get(index), at);
        changed[index] = true;
    }

    void setType(int index, int at, int type) {
        byte[] b = blocks.get(index);
        DirectoryBlock.replace(b, at, DirectoryBlock.inode(b, at), type);
        changed[index] = true;
    }

    /** Index of the block and offset of the record of a name, as {@code index << 32 | offset}; -1 when there is none. */
    private long find(byte[] name, int at, int length) {
        for (int i = 0; i < blocks.size(); i++) {
            int record = DirectoryBlock.find(blocks.get(i), name, at, length);
            if (record != DirectoryBlock.NONE) {
                return (long) i << 32 | record;
            }
        }
        return -1;
    }

    /** The inode that a name leads to; 0 for none. */
    int lookup(byte[] name, int at, int length) {
        long found = find(name, at, length);
        return found < 0 ? 0 : DirectoryBlock.inode(blocks.get((int) (found >>> 32)), (int) found);
    }

    /** The type that the entry of a name has; 0 when there is none. */
    int typeOf(byte[] name, int at, int length) {
        long found = find(name, at, length);
        return found < 0 ? 0 : DirectoryBlock.type(blocks.get((int) (found >>> 32)), (int) found);
    }

    /** @return whether the name was there */
    boolean remove(byte[] name, int at, int length) {
        long found = find(name, at, length);
        if (found >= 0) {
            remove((int) (found >>> 32), (int) found);
        }
        return found >= 0;
    }

    /** Sets a name, in place of one that is there. */
    void set(byte[] name, int at, int length, int inode, int type) {
        long found = find(name, at, length);
        if (found >= 0) {
            DirectoryBlock.replace(blocks.get((int) (found >>> 32)), (int) found, inode, type);
            changed[(int) (found >>> 32)] = true;
            return;
        }
        for (int i = blocks.size() - 1; i >= 0; i--) {
            int room = DirectoryBlock.findRoom(blocks.get(i), length);
            if (room != DirectoryBlock.NONE) {
                DirectoryBlock.insert(blocks.get(i), room, name, at, length, inode, type);
                changed[i] = true;
                return;
            }
        }
        byte[] fresh = DirectoryBlock.empty(blockSize);
        DirectoryBlock.insert(fresh, 0, name, at, length, inode, type);
        add(fresh, true);
    }
}
