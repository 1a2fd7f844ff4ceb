package dev.powercut.sim.disk;

import dev.powercut.sim.Mixing;

/**
 * A 128-bit hash of a disk's contents: the sum of what each sector weighs. Equal contents have equal hashes; it is not proof against an
 * adversary.
 */
public record ContentHash(long high, long low) implements Comparable<ContentHash> {

    /** What a sector adds to the upper half. */
    public static long weightHigh(long number, Sector sector) {
        return sector.isZero() ? 0 : Mixing.mix(sector.hashHigh + number * 0x9E3779B97F4A7C15L);
    }

    /** What a sector adds to the lower half. */
    public static long weightLow(long number, Sector sector) {
        return sector.isZero() ? 0 : Mixing.mix(sector.hashLow ^ number * 0xD6E8FEB86659FD93L);
    }

    @Override
    public int compareTo(ContentHash other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(low);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContentHash that && high == that.high && low == that.low;
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return String.format("%016x%016x", high, low);
    }
}
