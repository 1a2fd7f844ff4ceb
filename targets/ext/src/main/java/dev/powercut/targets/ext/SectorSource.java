package dev.powercut.targets.ext;

import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.DiskImage;

/** Sectors to look at, wherever they are. */
interface SectorSource {

    long sectorCount();

    void read(long first, int count, byte[] target, int offsetBytes);

    static SectorSource of(DiskImage image) {
        return new SectorSource() {
            @Override
            public long sectorCount() {
                return image.sectorCount();
            }

            @Override
            public void read(long first, int count, byte[] target, int offsetBytes) {
                image.read(first, count, target, offsetBytes);
            }
        };
    }

    static SectorSource of(BlockDevice device) {
        return new SectorSource() {
            @Override
            public long sectorCount() {
                return device.sectorCount();
            }

            @Override
            public void read(long first, int count, byte[] target, int offsetBytes) {
                device.read(first, count, target, offsetBytes);
            }
        };
    }
}
