package dev.powercut.kernel.cache;

import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Sector;
import org.jspecify.annotations.Nullable;

/**
 * One cached metadata block. Its bytes may be changed by the filesystem, which then says so with {@link
 * MetadataCache#markDirty}; dirtiness and order are kept per sector, since a sector is what the device writes atomically.
 *
 * <p>A buffer is valid until the next {@link MetadataCache#trim} or until its block is {@linkplain MetadataCache#forget
 * forgotten}: who needs it longer reads it again, which is cheap, or pins it.
 */
public final class Buffer {

    private final long block;
    private final BlockKind kind;
    private final byte[] data;
    // Made when first asked for: most buffers are only read.
    private final @Nullable BufferSector[] sectors;
    private final long firstSector;
    // The write that may have put this content on the device before the buffer was cached; 0 when that is long durable.
    private final long writtenBefore;

    int pins;
    int dirtySectors;
    long lastUsed;
    boolean dropped;

    Buffer(long block, BlockKind kind, byte[] data, long writtenBefore) {
        this.block = block;
        this.kind = kind;
        this.data = data;
        this.writtenBefore = writtenBefore;
        this.sectors = new BufferSector[data.length / Sector.BYTES];
        this.firstSector = block * sectors.length;
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
        return sector(offsetBytes / Sector.BYTES);
    }

    /** The sector with an index within the block, from 0. */
    BufferSector sector(int index) {
        BufferSector sector = sectors[index];
        if (sector == null) {
            sector = new BufferSector(this, index, firstSector + index, writtenBefore);
            sectors[index] = sector;
        }
        return sector;
    }

    /** The sector, or null when nobody has asked for it yet. */
    @Nullable
    BufferSector sectorIfKnown(int index) {
        return sectors[index];
    }

    public int sectorCount() {
        return sectors.length;
    }

    /** Whether any of its sectors holds changes that have not been written. */
    public boolean isDirty() {
        return dirtySectors > 0;
    }

    @Override
    public String toString() {
        return kind.name() + " block " + block;
    }
}
