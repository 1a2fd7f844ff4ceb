package dev.powercut.targets.ext.fs;

import dev.powercut.targets.ext.format.Bitmap;
import dev.powercut.targets.ext.format.Geometry;
import org.jspecify.annotations.Nullable;

/**
 * Blocks that the bitmaps say are free, but that are not to be used before this is durable: a crash would bring back who owned
 * them, and with him what was written there since.
 */
final class HeldBlocks {

    private final Geometry geometry;
    private final byte[] @Nullable [] held;
    private final int[] counts;
    private long count;

    HeldBlocks(Geometry geometry) {
        this.geometry = geometry;
        this.held = new byte[geometry.groupCount()][];
        this.counts = new int[geometry.groupCount()];
    }

    void add(int group, int bit) {
        byte[] bits = held[group];
        if (bits == null) {
            bits = new byte[geometry.blockSizeBytes()];
            held[group] = bits;
        }
        Bitmap.set(bits, 0, bit);
        counts[group]++;
        count++;
    }

    boolean contains(int group, int bit) {
        byte[] bits = held[group];
        return bits != null && Bitmap.isSet(bits, 0, bit);
    }

    int count(int group) {
        return counts[group];
    }

    long count() {
        return count;
    }

    /** That they are free is durable. */
    void release() {
        for (int group = 0; count > 0 && group < counts.length; group++) {
            count -= counts[group];
            counts[group] = 0;
            held[group] = null;
        }
    }
}
