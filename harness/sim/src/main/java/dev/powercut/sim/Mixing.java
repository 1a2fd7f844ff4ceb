package dev.powercut.sim;

/**
 * Hash mixing shared by choices, traces and disk contents. All functions are pure and the same on every machine.
 *
 * <p>The finaliser is that of SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA
 * 2014), variant 13 of Stafford.
 */
public final class Mixing {

    private Mixing() {}

    /** A bijection of 64-bit values in which each input bit changes about half of the output bits. */
    public static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A 64-bit hash of a string's UTF-16 units. */
    public static long hash(String text) {
        long h = text.length();
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * 0x100000001B3L;
            h ^= h >>> 29;
        }
        return mix(h);
    }

    /** Maps a well-mixed 64-bit value to 0 … bound-1 without noticeable bias (multiply-shift on the high 32 bits). */
    static int reduce(long mixed, int bound) {
        return (int) (((mixed >>> 32) * bound) >>> 32);
    }
}
