package dev.powercut.check.promises;

import java.util.Arrays;

/** Versions of a number: an attribute, or a size. */
final class LongCell {

    /** A value that is not known: anything may be found. */
    static final long ANY = Long.MIN_VALUE;

    private int[] operations = new int[2];
    private long[] values = new long[2];
    private int count;

    /** Adds the version that an operation made; a second one by the same operation takes the place of the first. */
    void add(int operation, long value) {
        if (count > 0 && operations[count - 1] == operation) {
            values[count - 1] = value;
            return;
        }
        if (count == operations.length) {
            operations = Arrays.copyOf(operations, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        operations[count] = operation;
        values[count] = value;
        count++;
    }

    int operation(int version) {
        return operations[version];
    }

    long value(int version) {
        return values[version];
    }

    /** The last version made by an operation below a limit; the first one when there is none. */
    int lastBefore(int limit) {
        int version = count - 1;
        while (version > 0 && operations[version] >= limit) {
            version--;
        }
        return version;
    }

    /** Whether a value is that of a version from {@code low} to {@code high}. */
    boolean has(long value, int low, int high) {
        for (int version = high; version >= low; version--) {
            if (values[version] == value || values[version] == ANY) {
                return true;
            }
        }
        return false;
    }
}
