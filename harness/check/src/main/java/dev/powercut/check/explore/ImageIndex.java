package dev.powercut.check.explore;

import dev.powercut.sim.disk.ContentHash;
import java.util.Arrays;

/** Numbers for disk images, by their 128-bit hash: an open-addressing table on primitive longs. */
final class ImageIndex {

    /** What {@link #find} gives for an image that has no number. */
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 1 << 10;

    private long[] highs;
    private long[] lows;
    private int[] numbers;
    private int size;

    ImageIndex() {
        this(FIRST_CAPACITY);
    }

    /** @param capacity to begin with, a power of two */
    ImageIndex(int capacity) {
        highs = new long[capacity];
        lows = new long[capacity];
        numbers = emptySlots(capacity);
    }

    /** The image's number, or {@link #NONE}. */
    int find(ContentHash hash) {
        return find(hash.high(), hash.low());
    }

    /** The same by the halves of a hash. */
    int find(long high, long low) {
        return numbers[slotOf(high, low)];
    }

    /** Gives a number of at least 0 to an image that has none. */
    void put(ContentHash hash, int number) {
        put(hash.high(), hash.low(), number);
    }

    /** The same by the halves of a hash. */
    void put(long high, long low, int number) {
        if (2 * (size + 1) > numbers.length) {
            grow();
        }
        int slot = slotOf(high, low);
        if (numbers[slot] == NONE) {
            size++;
        }
        highs[slot] = high;
        lows[slot] = low;
        numbers[slot] = number;
    }

    int size() {
        return size;
    }

    private int slotOf(long high, long low) {
        int mask = numbers.length - 1;
        int slot = (int) (high ^ low >>> 32) & mask;
        while (numbers[slot] != NONE && (highs[slot] != high || lows[slot] != low)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldHighs = highs;
        long[] oldLows = lows;
        int[] oldNumbers = numbers;
        int capacity = Math.multiplyExact(oldNumbers.length, 2);
        highs = new long[capacity];
        lows = new long[capacity];
        numbers = emptySlots(capacity);
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] != NONE) {
                int slot = slotOf(oldHighs[i], oldLows[i]);
                highs[slot] = oldHighs[i];
                lows[slot] = oldLows[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }

    private static int[] emptySlots(int capacity) {
        int[] slots = new int[capacity];
        Arrays.fill(slots, NONE);
        return slots;
    }
}
