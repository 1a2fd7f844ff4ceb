package dev.powercut.targets.ext.fs;

import dev.powercut.targets.ext.format.Bitmap;
import dev.powercut.targets.ext.format.Geometry;
import org.jspecify.annotations.Nullable;

/**
 * Blocks that the bitmaps say are free, but that are not to be used before this is durable: a crash would bring back who owned
 * them, and with him what was written there since. Those of a commit on its way to the disk are apart from those freed since it began.
 */
final class HeldBlocks {

    /** Blocks by group. */
    private static final class Part {
        private final byte[] @Nullable [] bits;
        private final int[] counts;
        private long count;

        Part(int groupCount) {
            bits = new byte[groupCount][];
            counts = new int[groupCount];
        }

        boolean contains(int group, int bit) {
            byte[] own = bits[group];
            return own != null && Bitmap.isSet(own, 0, bit);
        }

        void clear() {
            for (int group = 0; count > 0 && group < counts.length; group++) {
                count -= counts[group];
                counts[group] = 0;
                bits[group] = null;
            }
        }
    }

    private final int bytesPerGroup;
    private Part open;
    private Part closed;

    HeldBlocks(Geometry geometry) {
        this.bytesPerGroup = geometry.blockSizeBytes();
        this.open = new Part(geometry.groupCount());
        this.closed = new Part(geometry.groupCount());
    }

    void add(int group, int bit) {
        byte[] bits = open.bits[group];
        if (bits == null) {
            bits = new byte[bytesPerGroup];
            open.bits[group] = bits;
        }
        Bitmap.set(bits, 0, bit);
        open.counts[group]++;
        open.count++;
    }

    boolean contains(int group, int bit) {
        return open.contains(group, bit) || closed.contains(group, bit);
    }

    int count(int group) {
        return open.counts[group] + closed.counts[group];
    }

    long count() {
        return open.count + closed.count;
    }

    /** That they are free is going to be durable with the commit that begins now; the one before it has ended. */
    void close() {
        if (closed.count > 0) {
            throw new IllegalStateException(closed.count + " blocks of an earlier commit are still held");
        }
        Part empty = closed;
        closed = open;
        open = empty;
    }

    /** That those of the commit are free is durable. */
    void release() {
        closed.clear();
    }
}
