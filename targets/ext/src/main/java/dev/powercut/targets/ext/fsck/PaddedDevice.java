package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.Completion;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Request;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Superblock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A device that holds only the first part of its volume, with zeroes for the rest. It is only read. */
final class PaddedDevice implements BlockDevice {

    /** A volume that is larger than so many times its device is not looked at: memory goes with the size of the volume. */
    private static final int MOST_TIMES = 16;

    private final BlockDevice below;
    private final long sectorCount;

    private PaddedDevice(BlockDevice below, long sectorCount) {
        this.below = below;
        this.sectorCount = sectorCount;
    }

    /** As large as the superblock says, whose measures have been found sound; null when that is too much. */
    static @Nullable BlockDevice of(BlockDevice device) {
        byte[] record = new byte[Format.SUPERBLOCK_BYTES];
        device.read(Format.SUPERBLOCK_OFFSET_BYTES / Sector.BYTES, record.length / Sector.BYTES, record, 0);
        long blocks = Integer.toUnsignedLong(Superblock.blockCount(record, 0));
        long sectors = blocks << 1 + Superblock.logBlockSize(record, 0);
        return sectors > MOST_TIMES * device.sectorCount() ? null : new PaddedDevice(device, sectors);
    }

    @Override
    public long sectorCount() {
        return sectorCount;
    }

    @Override
    public Completion submit(Request request) {
        switch (request) {
            case Request.Read read -> read(read);
            case Request.Flush flush -> {
                // Nothing has been written.
            }
            case Request.Write write -> throw new IllegalStateException("a truncated image is only read");
            case Request.Discard discard -> throw new IllegalStateException("a truncated image is only read");
        }
        return Completion.completed();
    }

    private void read(Request.Read read) {
        int there = (int) Math.clamp(below.sectorCount() - read.sector(), 0, read.count());
        if (there > 0) {
            below.read(read.sector(), there, read.target(), read.offsetBytes());
        }
        int from = read.offsetBytes() + there * Sector.BYTES;
        Arrays.fill(read.target(), from, read.offsetBytes() + read.count() * Sector.BYTES, (byte) 0);
    }

    @Override
    public long skipZeroes(long sector, long end) {
        long last = Math.min(end, below.sectorCount());
        long next = sector < last ? below.skipZeroes(sector, last) : end;
        return next == last ? end : next;
    }
}
