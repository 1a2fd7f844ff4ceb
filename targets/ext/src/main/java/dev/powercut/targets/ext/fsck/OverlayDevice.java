package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.Completion;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Request;
import dev.powercut.sim.disk.Sector;
import java.util.TreeMap;

/** A device whose writes stay in memory: what lies below is only read. */
final class OverlayDevice implements BlockDevice {

    private final BlockDevice below;
    private final TreeMap<Long, byte[]> written = new TreeMap<>();

    OverlayDevice(BlockDevice below) {
        this.below = below;
    }

    @Override
    public long sectorCount() {
        return below.sectorCount();
    }

    @Override
    public Completion submit(Request request) {
        switch (request) {
            case Request.Read read -> {
                below.read(read.sector(), read.count(), read.target(), read.offsetBytes());
                written.subMap(read.sector(), read.sector() + read.count())
                        .forEach((sector, bytes) -> System.arraycopy(
                                bytes,
                                0,
                                read.target(),
                                read.offsetBytes() + (int) (sector - read.sector()) * Sector.BYTES,
                                Sector.BYTES));
            }
            case Request.Write write -> {
                for (int i = 0; i < write.count(); i++) {
                    byte[] bytes = new byte[Sector.BYTES];
                    System.arraycopy(write.source(), write.offsetBytes() + i * Sector.BYTES, bytes, 0, Sector.BYTES);
                    written.put(write.sector() + i, bytes);
                }
            }
            case Request.Discard discard -> {
                for (long sector = discard.sector(); sector < discard.sector() + discard.count(); sector++) {
                    written.put(sector, new byte[Sector.BYTES]);
                }
            }
            case Request.Flush flush -> {
                // Nothing here outlives the object.
            }
        }
        return Completion.completed();
    }

    @Override
    public long skipZeroes(long sector, long end) {
        Long first = written.ceilingKey(sector);
        long mine = first == null ? end : Math.min(first, end);
        return Math.min(mine, below.skipZeroes(sector, end));
    }
}
