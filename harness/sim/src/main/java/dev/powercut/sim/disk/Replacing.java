package dev.powercut.sim.disk;

import org.jspecify.annotations.Nullable;

/** Puts sectors into the tree of a {@link DiskImage}, and into its hash, one after the other; each node is copied once. */
final class Replacing {
    private final long[] numbers;
    private final Sector[] contents;
    private long high;
    private long low;
    private int next;

    /**
     * @param numbers ascending, none twice
     * @param contents one for each
     * @param high of the hash before
     */
    Replacing(long[] numbers, Sector[] contents, long high, long low) {
        this.numbers = numbers;
        this.contents = contents;
        this.high = high;
        this.low = low;
    }

    long hashHigh() {
        return high;
    }

    long hashLow() {
        return low;
    }

    /** What becomes of a node through those from the next one on and before {@code end}, all of which it covers. */
    Object @Nullable [] replaced(Object @Nullable [] node, int shift, int end) {
        Object[] copy = node;
        while (next < end) {
            int slot = (int) (numbers[next] >>> shift) & DiskImage.MASK;
            Object old = node == null ? null : node[slot];
            Object now = shift > 0
                    ? replaced((Object[]) old, shift - DiskImage.BITS, endOf(shift, end))
                    : leaf((Sector) old);
            if (now != old) {
                Object[] changed = copy == null ? new Object[DiskImage.FANOUT] : copy == node ? copy.clone() : copy;
                changed[slot] = now;
                copy = changed;
            }
        }
        return copy;
    }

    /** The first of those before {@code end} that is not below the same slot as the next one. */
    private int endOf(int shift, int end) {
        long slot = numbers[next] >>> shift;
        int at = next + 1;
        while (at < end && numbers[at] >>> shift == slot) {
            at++;
        }
        return at;
    }

    private @Nullable Object leaf(@Nullable Sector old) {
        long number = numbers[next];
        Sector before = old == null ? Sector.ZERO : old;
        Sector now = contents[next++];
        if (before.equals(now)) {
            return old;
        }
        high += ContentHash.weightHigh(number, now) - ContentHash.weightHigh(number, before);
        low += ContentHash.weightLow(number, now) - ContentHash.weightLow(number, before);
        return now.isZero() ? null : now;
    }
}
