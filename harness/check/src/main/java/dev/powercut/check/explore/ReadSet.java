package dev.powercut.check.explore;

import java.util.Arrays;

/** A set of sectors, immutable: those that something read. Memory is in proportion to what it holds. */
final class ReadSet {

    /** Numbers of sectors divided by {@link Long#SIZE}, ascending; and for each which of these sectors are in the set. */
    private final int[] words;

    private final long[] bits;

    /**
     * @param words ascending
     * @param bits one for each word
     */
    ReadSet(int[] words, long[] bits) {
        this.words = words;
        this.bits = bits;
    }

    boolean contains(long sector) {
        int at = Arrays.binarySearch(words, (int) (sector >>> 6));
        return at >= 0 && (bits[at] >>> sector & 1) != 0;
    }

    int wordCount() {
        return words.length;
    }

    int word(int index) {
        return words[index];
    }

    long bits(int index) {
        return bits[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReadSet that && Arrays.equals(words, that.words) && Arrays.equals(bits, that.bits);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(words) + Arrays.hashCode(bits);
    }
}
