package dev.powercut.check.explore;

import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;

/** Sectors with what was written to them last, to be written to other images too. Immutable. */
final class Patch {

    private final long[] numbers;
    private final Sector[] contents;

    /**
     * @param numbers ascending
     * @param contents one for each
     */
    Patch(long[] numbers, Sector[] contents) {
        this.numbers = numbers;
        this.contents = contents;
    }

    DiskImage appliedTo(DiskImage image) {
        return image.with(numbers, contents);
    }
}
