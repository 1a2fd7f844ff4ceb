package dev.powercut.sim.disk;

/** A 128-bit hash of a disk's contents. Equal contents have equal hashes; it is not proof against an adversary. */
public record ContentHash(long high, long low) implements Comparable<ContentHash> {

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
