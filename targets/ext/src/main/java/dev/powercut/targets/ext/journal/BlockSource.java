package dev.powercut.targets.ext.journal;

import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.targets.ext.format.Geometry;

/** Reads blocks of the volume. */
@FunctionalInterface
public interface BlockSource {

    /** Fills {@code target} with a block that is in the volume. */
    void read(int block, byte[] target);

    static BlockSource of(BlockDevice device, Geometry geometry) {
        return (block, target) -> device.read(geometry.sectorOf(block), geometry.sectorsPerBlock(), target, 0);
    }
}
