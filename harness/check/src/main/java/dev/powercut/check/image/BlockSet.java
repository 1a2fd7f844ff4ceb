package dev.powercut.check.image;

import java.util.Arrays;

/** A set of numbers in ascending order, mostly added at the end. */
public final class BlockSet {

    private static final long[] NONE = {};

    private long[] values = NONE;
    private int size;

    public int size() {
        return size;
    }

    public long get(int index) {
        return values[index];
    }

    public boolean contains(long value) {
        return size > 0 && find(value) >= 0;
    }

    /** Adds a number; returns false when it was there. */
    public boolean add(long value) {
        int at = size == 0 || value > values[size - 1] ? -size - 1 : find(value);
        if (at >= 0) {
            return false;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(4, size * 2));
        }
        int slot = -at - 1;
        System.arraycopy(values, slot, values, slot + 1, size - slot);
        values[slot] = value;
        size++;
        return true;
    }

    /** Removes a number; returns false when it was not there. */
    public boolean remove(long value) {
        int at = size == 0 ? -1 : find(value);
        if (at < 0) {
            return false;
        }
        System.arraycopy(values, at + 1, values, at, size - at - 1);
        size--;
        return true;
    }

    /** Removes the numbers from {@code first} to before {@code end}; returns how many. */
    public int removeRange(long first, long end) {
        int from = position(first);
        int to = Math.max(from, position(end));
        System.arraycopy(values, to, values, from, size - to);
        size -= to - from;
        return to - from;
    }

    /** The smallest number from {@code first} on, or {@link Long#MAX_VALUE}. */
    public long next(long first) {
        int at = position(first);
        return at == size ? Long.MAX_VALUE : values[at];
    }

    /** Whether there is a number from {@code first} to before {@code end}. */
    public boolean containsAny(long first, long end) {
        return next(first) < end;
    }

    private int position(long first) {
        int at = size == 0 ? 0 : find(first);
        return at < 0 ? -at - 1 : at;
    }

    public void clear() {
        size = 0;
    }

    private int find(long value) {
        return Arrays.binarySearch(values, 0, size, value);
    }
}
