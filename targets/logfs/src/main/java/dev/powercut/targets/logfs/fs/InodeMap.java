package dev.powercut.targets.logfs.fs;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.logfs.format.Format;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where the record of each inode is: the inode map, whose blocks are read when they are first needed. */
final class InodeMap {

    private final Volume volume;
    private final int entriesPerBlock;

    /** Where the blocks are on the disk, as many as there are; 0 for one that was never written. */
    private int[] addresses;

    private byte[] @Nullable [] blocks;
    private boolean[] dirty;
    private int used;
    private int allocationHint = Format.ROOT_INODE;

    InodeMap(Volume volume, int[] addresses, int used) {
        this.volume = volume;
        this.entriesPerBlock = volume.geometry.mapEntriesPerBlock();
        this.addresses = addresses.clone();
        this.blocks = new byte[addresses.length][];
        this.dirty = new boolean[addresses.length];
        this.used = used;
    }

    int blockCount() {
        return addresses.length;
    }

    int address(int index) {
        return addresses[index];
    }

    int[] addresses() {
        return addresses.clone();
    }

    /** Inodes in use. */
    int used() {
        return used;
    }

    boolean isNumber(int ino) {
        return volume.geometry.isInodeNumber(ino);
    }

    private byte @Nullable [] existing(int ino) {
        int index = ino / entriesPerBlock;
        return index >= addresses.length || addresses[index] == 0 && blocks[index] == null ? null : block(index);
    }

    /** A block of the map. */
    byte[] block(int index) {
        byte[] b = blocks[index];
        if (b == null) {
            b = addresses[index] == 0 ? new byte[volume.blockSizeBytes] : volume.readBlock(addresses[index]);
            blocks[index] = b;
        }
        return b;
    }

    private int at(int ino) {
        return ino % entriesPerBlock * Format.MAP_ENTRY_BYTES;
    }

    /** Address of the block with an inode's record, 0 when the number is free. */
    int blockOf(int ino) {
        byte[] b = existing(ino);
        return b == null ? 0 : LittleEndian.s32(b, at(ino) + Format.MAP_BLOCK);
    }

    int slotOf(int ino) {
        byte[] b = existing(ino);
        return b == null ? 0 : LittleEndian.s32(b, at(ino) + Format.MAP_SLOT);
    }

    long versionOf(int ino) {
        byte[] b = existing(ino);
        return b == null ? 0 : LittleEndian.s64(b, at(ino) + Format.MAP_VERSION);
    }

    /** An inode's record is somewhere else now; block 0 frees the number. */
    void set(int ino, int block, int slot, long version) {
        byte[] b = forChange(ino);
        int at = at(ino);
        used += (block == 0 ? 0 : 1) - (LittleEndian.s32(b, at + Format.MAP_BLOCK) == 0 ? 0 : 1);
        LittleEndian.put32(b, at + Format.MAP_BLOCK, block);
        LittleEndian.put32(b, at + Format.MAP_SLOT, slot);
        LittleEndian.put64(b, at + Format.MAP_VERSION, version);
    }

    private byte[] forChange(int ino) {
        int index = ino / entriesPerBlock;
        if (index >= addresses.length) {
            addresses = Arrays.copyOf(addresses, index + 1);
            blocks = Arrays.copyOf(blocks, index + 1);
            dirty = Arrays.copyOf(dirty, index + 1);
        }
        dirty[index] = true;
        return block(index);
    }

    boolean isDirty(int index) {
        return dirty[index];
    }

    void markDirty(int index) {
        dirty[index] = true;
    }

    int dirtyBlocks() {
        int count = 0;
        for (boolean one : dirty) {
            count += one ? 1 : 0;
        }
        return count;
    }

    /** A block was written to an address. */
    void written(int index, int address) {
        addresses[index] = address;
        dirty[index] = false;
    }

    /** Told whether a number is taken though the map does not say so. */
    @FunctionalInterface
    interface Taken {
        boolean isTaken(int ino);
    }

    /** A number that nobody has, from where the last search ended on; 0 when there is none. */
    int findFree(Taken taken) {
        int count = volume.geometry.inodeCount();
        for (int i = 0; i < count; i++) {
            int ino = (allocationHint + i - 1) % count + 1;
            if (blockOf(ino) == 0 && !taken.isTaken(ino)) {
                allocationHint = ino;
                return ino;
            }
        }
        return 0;
    }

    /** A number was freed: the lowest ones are given out first, so that the map stays short. */
    void noteFreed(int ino) {
        allocationHint = Math.min(allocationHint, ino);
    }
}
