package dev.powercut.targets.ext.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A bitmap on disk behaves as a set of bits. */
class BitmapTest {

    @Property(seed = "1")
    void searchesAndCountsAgreeWithBitSet(
            @ForAll @Size(min = 40, max = 80) byte[] bytes,
            @ForAll @IntRange(max = 8) int at,
            @ForAll @IntRange(max = 256) int from,
            @ForAll @IntRange(max = 256) int to) {
        BitSet set = BitSet.valueOf(java.util.Arrays.copyOfRange(bytes, at, bytes.length));
        int clear = set.nextClearBit(from);
        int next = set.nextSetBit(from);
        assertEquals(clear < to ? clear : -1, Bitmap.firstClear(bytes, at, from, to));
        assertEquals(next >= 0 && next < to ? next : -1, Bitmap.firstSet(bytes, at, from, to));
        if (from <= to) {
            int count = set.get(from, to).cardinality();
            assertEquals(count, Bitmap.countSet(bytes, at, from, to));
            assertEquals(to - from - count, Bitmap.countClear(bytes, at, from, to));
        }
    }

    @Property(seed = "2")
    void denseAndSparseBitmapsAreSearchedWordByWord(
            @ForAll @IntRange(max = 511) int odd, @ForAll @IntRange(max = 511) int from) {
        byte[] full = new byte[64];
        Bitmap.setRange(full, 0, 0, 512);
        Bitmap.clear(full, 0, odd);
        byte[] empty = new byte[64];
        Bitmap.set(empty, 0, odd);
        assertEquals(odd >= from ? odd : -1, Bitmap.firstClear(full, 0, from, 512));
        assertEquals(odd >= from ? odd : -1, Bitmap.firstSet(empty, 0, from, 512));
    }

    @Property(seed = "3")
    void setRangeSetsExactlyTheRange(@ForAll @IntRange(max = 128) int from, @ForAll @IntRange(max = 128) int length) {
        byte[] bytes = new byte[40];
        Bitmap.setRange(bytes, 3, from, from + length);
        BitSet expected = new BitSet();
        expected.set(24 + from, 24 + from + length);
        assertEquals(expected, BitSet.valueOf(bytes));
    }

    @Property(seed = "4")
    void setAndClearChangeOneBit(@ForAll @Size(40) byte[] bytes, @ForAll @IntRange(max = 255) int bit) {
        BitSet expected = BitSet.valueOf(bytes);
        expected.flip(8 + bit);
        boolean was = Bitmap.isSet(bytes, 1, bit);
        if (was) {
            Bitmap.clear(bytes, 1, bit);
        } else {
            Bitmap.set(bytes, 1, bit);
        }
        assertEquals(!was, Bitmap.isSet(bytes, 1, bit));
        assertEquals(expected, BitSet.valueOf(bytes));
    }
}
