package dev.powercut.targets.ext.format;

import dev.powercut.sim.bytes.LittleEndian;

/**
 * A bitmap on disk: bit i is bit i % 8 of byte i / 8, 1 is in use. All methods take the array and the byte offset at which
 * the bitmap starts, and work on 64 bits at a time where they can.
 */
public final class Bitmap {

    private Bitmap() {}

    public static boolean isSet(byte[] b, int at, int bit) {
        return (b[at + (bit >>> 3)] >>> (bit & 7) & 1) != 0;
    }

    public static void set(byte[] b, int at, int bit) {
        b[at + (bit >>> 3)] |= (byte) (1 << (bit & 7));
    }

    public static void clear(byte[] b, int at, int bit) {
        b[at + (bit >>> 3)] &= (byte) ~(1 << (bit & 7));
    }

    /** Sets the bits from {@code from} up to but without {@code to}. */
    public static void setRange(byte[] b, int at, int from, int to) {
        int bit = from;
        while (bit < to && (bit & 7) != 0) {
            set(b, at, bit++);
        }
        for (; bit + 8 <= to; bit += 8) {
            b[at + (bit >>> 3)] = -1;
        }
        while (bit < to) {
            set(b, at, bit++);
        }
    }

    /** The first clear bit from {@code from} up to but without {@code to}; -1 when all are set. */
    public static int firstClear(byte[] b, int at, int from, int to) {
        return first(b, at, from, to, 0xFF, -1L);
    }

    /** The first set bit from {@code from} up to but without {@code to}; -1 when all are clear. */
    public static int firstSet(byte[] b, int at, int from, int to) {
        return first(b, at, from, to, 0, 0L);
    }

    /** The first bit that is not as in {@code skip}. */
    private static int first(byte[] b, int at, int from, int to, int skipByte, long skipWord) {
        int bit = from;
        while (bit < to) {
            if ((bit & 7) == 0 && to - bit >= Long.SIZE) {
                long odd = LittleEndian.s64(b, at + (bit >>> 3)) ^ skipWord;
                if (odd != 0) {
                    return bit + Long.numberOfTrailingZeros(odd);
                }
                bit += Long.SIZE;
            } else {
                int odd = (b[at + (bit >>> 3)] ^ skipByte) & 0xFF & 0xFF << (bit & 7);
                if (odd != 0) {
                    int found = (bit & ~7) + Integer.numberOfTrailingZeros(odd);
                    return found < to ? found : -1;
                }
                bit = (bit & ~7) + 8;
            }
        }
        return -1;
    }

    /** How many of the bits from {@code from} up to but without {@code to} are clear. */
    public static int countClear(byte[] b, int at, int from, int to) {
        return to - from - countSet(b, at, from, to);
    }

    /** How many of the bits from {@code from} up to but without {@code to} are set. */
    public static int countSet(byte[] b, int at, int from, int to) {
        int count = 0;
        int bit = from;
        while (bit < to) {
            if ((bit & 7) == 0 && to - bit >= Long.SIZE) {
                count += Long.bitCount(LittleEndian.s64(b, at + (bit >>> 3)));
                bit += Long.SIZE;
            } else {
                int end = Math.min(to, (bit & ~7) + 8);
                int mask = (1 << end - (bit & ~7)) - 1 & 0xFF << (bit & 7);
                count += Integer.bitCount(b[at + (bit >>> 3)] & mask);
                bit = end;
            }
        }
        return count;
    }
}
