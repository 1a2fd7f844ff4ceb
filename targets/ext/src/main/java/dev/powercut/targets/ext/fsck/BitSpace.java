package dev.powercut.targets.ext.fsck;

import java.util.Arrays;

/** A set of small integers as bits, used again and again; its memory grows to the largest space it was asked for. */
final class BitSpace {

    long[] words = {};
    private int size;

    /** Empties it, and makes room for 0 to {@code newSize} - 1. */
    void reset(int newSize) {
        int count = newSize + Long.SIZE - 1 >>> 6;
        if (words.length < count) {
            words = new long[count];
        } else {
            Arrays.fill(words, 0, count, 0);
        }
        size = newSize;
    }

    /** Makes it what another one is. */
    void copy(BitSpace other) {
        reset(other.size);
        System.arraycopy(other.words, 0, words, 0, wordCount());
    }

    int size() {
        return size;
    }

    int wordCount() {
        return size + Long.SIZE - 1 >>> 6;
    }

    /** How many are there. */
    int count() {
        int count = 0;
        for (int i = 0; i < wordCount(); i++) {
            count += Long.bitCount(words[i]);
        }
        return count;
    }

    boolean contains(int bit) {
        return (words[bit >>> 6] >>> bit & 1) != 0;
    }

    /** False when it was there already. */
    boolean add(int bit) {
        long mask = 1L << bit;
        long word = words[bit >>> 6];
        words[bit >>> 6] = word | mask;
        return (word & mask) == 0;
    }

    void remove(int bit) {
        words[bit >>> 6] &= ~(1L << bit);
    }

    /** Adds {@code from} up to but without {@code to}. */
    void addRange(int from, int to) {
        if (from >= to) {
            return;
        }
        int first = from >>> 6;
        int last = to - 1 >>> 6;
        long head = -1L << from;
        long tail = -1L >>> -to;
        if (first == last) {
            words[first] |= head & tail;
            return;
        }
        words[first] |= head;
        Arrays.fill(words, first + 1, last, -1L);
        words[last] |= tail;
    }

    /** The 64 bits from {@code bit} on, whatever word they start in; bits beyond the space are 0. */
    long word(int bit) {
        int index = bit >>> 6;
        int shift = bit & 63;
        long low = index < words.length ? words[index] >>> shift : 0;
        return shift == 0 || index + 1 >= words.length ? low : low | words[index + 1] << -shift;
    }

    /** The first absent number from {@code from} on; -1 when there is none. */
    int firstAbsent(int from) {
        if (from >= size) {
            return -1;
        }
        int index = from >>> 6;
        long absent = ~words[index] & -1L << from;
        while (absent == 0) {
            if (++index >= wordCount()) {
                return -1;
            }
            absent = ~words[index];
        }
        int bit = (index << 6) + Long.numberOfTrailingZeros(absent);
        return bit < size ? bit : -1;
    }
}
