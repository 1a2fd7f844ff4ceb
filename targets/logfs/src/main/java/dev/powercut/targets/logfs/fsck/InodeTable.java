package dev.powercut.targets.logfs.fsck;

import static dev.powercut.sim.bytes.LittleEndian.put32;
import static dev.powercut.sim.bytes.LittleEndian.put64;
import static dev.powercut.sim.bytes.LittleEndian.s32;
import static dev.powercut.sim.bytes.LittleEndian.s64;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.InodeRecord;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The inode map in memory, with the inodes that it leads to, which are read when they are first asked for. */
final class InodeTable {

    private static final class Chunk {
        final int[] block;
        final int[] slot;
        final long[] version;
        final @Nullable Inode[] inode;
        boolean distrusted;

        Chunk(int entries) {
            block = new int[entries];
            slot = new int[entries];
            version = new long[entries];
            inode = new @Nullable Inode[entries];
        }
    }

    private final Volume volume;
    private final int perBlock;
    private final @Nullable Chunk[] chunks;

    private int cachedBlock;
    private final byte[] cached;

    InodeTable(Volume volume) {
        this.volume = volume;
        this.perBlock = volume.geometry.mapEntriesPerBlock();
        this.chunks = new @Nullable Chunk[volume.geometry.maxMapBlocks()];
        this.cached = new byte[volume.blockSize()];
    }

    int chunkCount() {
        return chunks.length;
    }

    boolean hasChunk(int index) {
        return chunks[index] != null;
    }

    /** Takes the entries of a block of the inode map in place of those that are there. */
    void load(int index, byte[] b) {
        if (LittleEndian.isZero(b, 0, b.length)) {
            chunks[index] = null;
            return;
        }
        Chunk chunk = new Chunk(perBlock);
        chunks[index] = chunk;
        long highest = volume.geometry.inodeCount();
        for (int i = index == 0 ? 1 : 0; i < perBlock && (long) index * perBlock + i <= highest; i++) {
            int at = i * Format.MAP_ENTRY_BYTES;
            chunk.block[i] = s32(b, at + Format.MAP_BLOCK);
            chunk.slot[i] = s32(b, at + Format.MAP_SLOT);
            chunk.version[i] = s64(b, at + Format.MAP_VERSION);
        }
    }

    /** The bytes of a block of the inode map. */
    byte[] encode(int index) {
        byte[] b = new byte[volume.blockSize()];
        Chunk chunk = chunks[index];
        if (chunk != null) {
            for (int i = 0; i < perBlock; i++) {
                int at = i * Format.MAP_ENTRY_BYTES;
                put32(b, at + Format.MAP_BLOCK, chunk.block[i]);
                put32(b, at + Format.MAP_SLOT, chunk.slot[i]);
                put64(b, at + Format.MAP_VERSION, chunk.version[i]);
            }
        }
        return b;
    }

    boolean isNumber(long number) {
        return number >= 1 && number <= volume.geometry.inodeCount();
    }

    private Chunk chunk(int number) {
        int index = number / perBlock;
        Chunk chunk = chunks[index];
        if (chunk == null) {
            chunk = new Chunk(perBlock);
            chunks[index] = chunk;
        }
        return chunk;
    }

    int block(int number) {
        Chunk chunk = chunks[number / perBlock];
        return chunk == null ? 0 : chunk.block[number % perBlock];
    }

    int slot(int number) {
        Chunk chunk = chunks[number / perBlock];
        return chunk == null ? 0 : chunk.slot[number % perBlock];
    }

    long version(int number) {
        Chunk chunk = chunks[number / perBlock];
        return chunk == null ? 0 : chunk.version[number % perBlock];
    }

    /** The least number from {@code from} on that the map says to be in use, or 0; 0 as well behind the greatest integer. */
    int nextUsed(int from) {
        if (from < 1) {
            return 0;
        }
        for (long number = from; number <= volume.geometry.inodeCount(); ) {
            Chunk chunk = chunks[(int) (number / perBlock)];
            int i = (int) (number % perBlock);
            if (chunk == null) {
                number += perBlock - i;
                continue;
            }
            for (; i < perBlock; i++, number++) {
                if (chunk.block[i] != 0 || chunk.inode[i] != null) {
                    return (int) number;
                }
            }
        }
        return 0;
    }

    /** Sets an entry; what was known of the inode is forgotten. */
    void set(int number, int block, int slot, long version) {
        Chunk chunk = chunk(number);
        int i = number % perBlock;
        chunk.block[i] = block;
        chunk.slot[i] = slot;
        chunk.version[i] = version;
        chunk.inode[i] = null;
    }

    /** Where an entry is wrong, those of free numbers near it may be as well: of their versions the log is believed instead. */
    void distrust(int number, LogScan scan) {
        Chunk chunk = chunk(number);
        if (chunk.distrusted) {
            return;
        }
        chunk.distrusted = true;
        for (int i = 0; i < perBlock; i++) {
            if (chunk.block[i] == 0) {
                chunk.version[i] = scan.highestVersion(number / perBlock * perBlock + i);
            }
        }
    }

    /** The least number from {@code from} on that is free by an entry that is not to be trusted, or 0. */
    int nextDistrusted(int from) {
        for (long number = Math.max(1, from); from > 0 && number <= volume.geometry.inodeCount(); ) {
            Chunk chunk = chunks[(int) (number / perBlock)];
            int i = (int) (number % perBlock);
            if (chunk == null || !chunk.distrusted) {
                number += perBlock - i;
            } else if (chunk.block[i] == 0 && chunk.inode[i] == null) {
                return (int) number;
            } else {
                number++;
            }
        }
        return 0;
    }

    /** Puts an inode in, in place of what the map has. */
    void put(Inode inode) {
        set(inode.number, inode.block, inode.slot, inode.version);
        chunk(inode.number).inode[inode.number % perBlock] = inode;
    }

    /** Frees a number; its version stays. */
    void free(int number) {
        set(number, 0, 0, version(number));
    }

    /** The inode with a number; null when it is free, or no record with its number and version is where the map says. */
    @Nullable
    Inode get(long number) {
        if (!isNumber(number)) {
            return null;
        }
        Chunk chunk = chunks[(int) number / perBlock];
        int i = (int) number % perBlock;
        if (chunk == null) {
            return null;
        } else if (chunk.inode[i] == null && chunk.block[i] != 0) {
            chunk.inode[i] = read((int) number, chunk.block[i], chunk.slot[i], chunk.version[i]);
        }
        return chunk.inode[i];
    }

    /** Whether a block and a slot are where a record can be. */
    boolean isPlace(int block, int slot) {
        return volume.geometry.isInSegment(block) && slot >= 0 && slot < volume.geometry.inodesPerBlock();
    }

    private @Nullable Inode read(int number, int block, int slot, long version) {
        if (!isPlace(block, slot)) {
            return null;
        }
        if (cachedBlock != block) {
            volume.read(block, 1, cached, 0);
            cachedBlock = block;
        }
        int at = slot * Format.INODE_BYTES;
        if (InodeRecord.number(cached, at) != number || InodeRecord.version(cached, at) != version) {
            return null;
        }
        return of(volume, Arrays.copyOfRange(cached, at, at + Format.INODE_BYTES), block, slot);
    }

    /** An inode out of its record, with its extents. */
    static Inode of(Volume volume, byte[] record, int block, int slot) {
        Inode inode = new Inode(InodeRecord.number(record, 0), InodeRecord.version(record, 0), record, block, slot);
        if (inode.hasExtents()) {
            ExtentReading.into(volume, inode);
        }
        return inode;
    }
}
