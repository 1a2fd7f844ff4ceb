package dev.powercut.kernel.cache;

import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Sector;

/**
 * One cached metadata block. Its bytes may be changed by the filesystem, which then says so with {@link
 * MetadataCache#markDirty}; dirtiness and order are kept per sector, since a sector is what the device writes atomically.
 */
public final class Buffer {

    private final long block;
    private final BlockKind kind;
    private final byte[] data;
    private final BufferSector[] sectors;

    Buffer(long block, BlockKind kind, byte[] data) {
        this.block = block;
        this.kind = kind;
        this.data = data;
        this.sectors = new BufferSector[data.length / Sector.BYTES];
        for (int i = 0; i < sectors.length; i++) {
            sectors[i] = new BufferSector(this, i);
        }
    }

    /** Block number on the device, in units of the cache's block size. */
    public long block() {
        return block;
    }

    public BlockKind kind() {
        return kind;
    }

    /** The bytes themselves, not a copy. */
    public byte[] data() {
        return data;
    }

    /** The sector of this block that holds the byte at an offset. */
    public BufferSector sectorAt(int offsetBytes) {
        return sectors[offsetBytes / Sector.BYTES];
    }

    public int sectorCount() {
        return sectors.length;
    }
}
