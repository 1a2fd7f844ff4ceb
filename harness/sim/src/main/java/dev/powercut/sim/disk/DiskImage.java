package dev.powercut.sim.disk;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a disk at one instant: immutable, and sharing structure with the images it was made from.
 *
 * <p>A radix tree of 32-way nodes over {@link Sector}s; what is all zero takes no memory. A fork is free, a write copies one
 * path (three nodes for 8 MiB), and the content hash is the sum over all non-zero sectors of a mix of (sector number, sector
 * hash), so a write updates it in constant time and equal contents are recognised however they came about.
 */
public final class DiskImage {

    static final int BITS = 5;
    static final int FANOUT = 1 << BITS;
    static final int MASK = FANOUT - 1;

    private final long sectorCount;
    private final int topShift;
    private final Object @Nullable [] root;
    private final long hashHigh;
    private final long hashLow;

    private DiskImage(long sectorCount, int topShift, Object @Nullable [] root, long hashHigh, long hashLow) {
        this.sectorCount = sectorCount;
        this.topShift = topShift;
        this.root = root;
        this.hashHigh = hashHigh;
        this.hashLow = hashLow;
    }

    /** A disk of zeroes. */
    public static DiskImage blank(long sectorCount) {
        if (sectorCount < 1) {
            throw new IllegalArgumentException("a disk has at least one sector, not " + sectorCount);
        }
        int shift = 0;
        while (sectorCount - 1 >>> shift + BITS != 0) {
            shift += BITS;
        }
        return new DiskImage(sectorCount, shift, null, 0, 0);
    }

    /** An image of bytes; a last sector that is not whole is filled up with zeroes. */
    public static DiskImage of(byte[] bytes) {
        int count = Math.max(1, (bytes.length + Sector.BYTES - 1) / Sector.BYTES);
        byte[] whole = bytes.length == count * Sector.BYTES ? bytes : Arrays.copyOf(bytes, count * Sector.BYTES);
        DiskImage image = blank(count);
        for (int i = 0; i < count; i++) {
            image = image.with(i, Sector.copyOf(whole, i * Sector.BYTES));
        }
        return image;
    }

    public long sectorCount() {
        return sectorCount;
    }

    public ContentHash hash() {
        return new ContentHash(hashHigh, hashLow);
    }

    /** The contents of one sector. */
    public Sector sector(long number) {
        checkRange(number, 1);
        Object[] node = root;
        for (int shift = topShift; shift > 0 && node != null; shift -= BITS) {
            node = (Object[]) node[(int) (number >>> shift) & MASK];
        }
        Object leaf = node == null ? null : node[(int) number & MASK];
        return leaf == null ? Sector.ZERO : (Sector) leaf;
    }

    /** This image with one sector replaced. */
    public DiskImage with(long number, Sector contents) {
        Sector old = sector(number);
        if (old == contents || old.equals(contents)) {
            return this;
        }
        long high = hashHigh - ContentHash.weightHigh(number, old) + ContentHash.weightHigh(number, contents);
        long low = hashLow - ContentHash.weightLow(number, old) + ContentHash.weightLow(number, contents);
        return new DiskImage(sectorCount, topShift, replaced(root, topShift, number, contents), high, low);
    }

    private static Object[] replaced(Object @Nullable [] node, int shift, long number, Sector contents) {
        Object[] copy = node == null ? new Object[FANOUT] : node.clone();
        int slot = (int) (number >>> shift) & MASK;
        if (shift > 0) {
            copy[slot] = replaced((Object[]) copy[slot], shift - BITS, number, contents);
        } else {
            copy[slot] = contents.isZero() ? null : contents;
        }
        return copy;
    }

    /** This image with {@code sectors[from]} … {@code sectors[to - 1]} written from sector {@code first} on. */
    public DiskImage with(long first, Sector[] sectors, int from, int to) {
        DiskImage image = this;
        for (int i = from; i < to; i++) {
            image = image.with(first + i - from, sectors[i]);
        }
        return image;
    }

    /**
     * This image with several sectors replaced; each node of the tree is copied once.
     *
     * @param numbers ascending, none twice
     * @param contents one for each
     */
    public DiskImage with(long[] numbers, Sector[] contents) {
        if (numbers.length == 0) {
            return this;
        }
        checkRange(numbers[0], numbers[numbers.length - 1] - numbers[0] + 1);
        Replacing replacing = new Replacing(numbers, contents, hashHigh, hashLow);
        Object[] replaced = replacing.replaced(root, topShift, numbers.length);
        return replaced == root
                ? this
                : new DiskImage(sectorCount, topShift, replaced, replacing.hashHigh(), replacing.hashLow());
    }

    /** This image with {@code count} sectors from {@code first} zeroed; work is proportional to what was not zero. */
    public DiskImage withZeroes(long first, long count) {
        checkRange(first, count);
        Zeroing zeroing = new Zeroing(first, first + count, hashHigh, hashLow);
        Object[] zeroed = zeroing.zeroed(root, topShift, 0);
        return zeroed == root ? this : new DiskImage(sectorCount, topShift, zeroed, zeroing.high, zeroing.low);
    }

    /**
     * The hash as it would be with some ranges zeroed: for who asks whether two images are the same but for these. Work is proportional
     * to what is not zero there.
     *
     * @param ranges first sector and count in turn
     */
    public ContentHash hashWithout(long[] ranges) {
        long high = hashHigh;
        long low = hashLow;
        for (int i = 0; i < ranges.length; i += 2) {
            long end = ranges[i] + ranges[i + 1];
            checkRange(ranges[i], ranges[i + 1]);
            for (long number = ranges[i]; number < end; number = (number | MASK) + 1) {
                Object[] leaf = leaf(number);
                long leafEnd = Math.min(end, (number | MASK) + 1);
                for (long at = number; leaf != null && at < leafEnd; at++) {
                    Sector sector = (Sector) leaf[(int) at & MASK];
                    if (sector != null) {
                        high -= ContentHash.weightHigh(at, sector);
                        low -= ContentHash.weightLow(at, sector);
                    }
                }
            }
        }
        return new ContentHash(high, low);
    }

    /** The lowest node that covers a sector; null when all that it would cover is zero. */
    private Object @Nullable [] leaf(long number) {
        Object[] node = root;
        for (int shift = topShift; shift > 0 && node != null; shift -= BITS) {
            node = (Object[]) node[(int) (number >>> shift) & MASK];
        }
        return node;
    }

    /** Takes a range of sectors out of a tree, and out of its hash. */
    private static final class Zeroing {
        private final long first;
        private final long end;
        private long high;
        private long low;

        Zeroing(long first, long end, long high, long low) {
            this.first = first;
            this.end = end;
            this.high = high;
            this.low = low;
        }

        /** What becomes of the node that covers the sectors from {@code base} on; null when nothing is left of it. */
        Object @Nullable [] zeroed(Object @Nullable [] node, int shift, long base) {
            if (node == null || base >= end || base + (1L << shift + BITS) <= first) {
                return node;
            }
            Object[] copy = node;
            boolean empty = true;
            for (int slot = 0; slot < FANOUT; slot++) {
                Object old = node[slot];
                if (old == null) {
                    continue;
                }
                long number = base + ((long) slot << shift);
                Object left =
                        shift > 0 ? zeroed((Object[]) old, shift - BITS, number) : zeroedLeaf((Sector) old, number);
                empty &= left == null;
                if (left != old) {
                    copy = copy == node ? node.clone() : copy;
                    copy[slot] = left;
                }
            }
            return empty ? null : copy;
        }

        private @Nullable Sector zeroedLeaf(Sector old, long number) {
            if (number < first || number >= end) {
                return old;
            }
            high -= ContentHash.weightHigh(number, old);
            low -= ContentHash.weightLow(number, old);
            return null;
        }
    }

    /**
     * Copies {@code count} sectors from {@code first} into {@code target} at {@code offsetBytes}.
     *
     * @return true when all of them are zero
     */
    public boolean read(long first, int count, byte[] target, int offsetBytes) {
        checkRange(first, count);
        boolean zero = true;
        long number = first;
        long end = first + count;
        while (number < end) {
            Object[] node = root;
            int shift = topShift;
            while (shift > 0 && node != null) {
                node = (Object[]) node[(int) (number >>> shift) & MASK];
                shift -= BITS;
            }
            // Where the tree has nothing, everything up to the end of that subtree is zero.
            long spanEnd = node == null ? (number >>> shift + BITS) + 1 << shift + BITS : (number | MASK) + 1;
            int runEnd = (int) (Math.min(end, spanEnd) - first);
            if (node == null) {
                Arrays.fill(
                        target,
                        offsetBytes + (int) (number - first) * Sector.BYTES,
                        offsetBytes + runEnd * Sector.BYTES,
                        (byte) 0);
            } else {
                for (int i = (int) (number - first); i < runEnd; i++) {
                    Sector sector = (Sector) node[(int) (first + i) & MASK];
                    (sector == null ? Sector.ZERO : sector).copyTo(target, offsetBytes + i * Sector.BYTES);
                    zero &= sector == null;
                }
            }
            number = first + runEnd;
        }
        return zero;
    }

    /** The first sector from {@code from} on and before {@code end} that is not all zero; {@code end} when there is none. */
    public long nextNonZero(long from, long end) {
        checkRange(from, end - from);
        long number = from;
        while (number < end) {
            Object[] node = root;
            int shift = topShift;
            while (shift > 0 && node != null) {
                node = (Object[]) node[(int) (number >>> shift) & MASK];
                shift -= BITS;
            }
            if (node == null) {
                number = (number >>> shift + BITS) + 1 << shift + BITS;
                continue;
            }
            for (int slot = (int) number & MASK; slot < FANOUT && number < end; slot++, number++) {
                if (node[slot] != null) {
                    return number;
                }
            }
        }
        return end;
    }

    /** Told of single sectors. */
    @FunctionalInterface
    public interface SectorVisitor {
        void visit(long number, Sector contents);
    }

    /** Visits all sectors that are not zero, in ascending order. */
    public void forEachNonZero(SectorVisitor visitor) {
        forEachDifference(blank(sectorCount), visitor);
    }

    /**
     * Visits, in ascending order and with this image's contents, the sectors in which this image differs from another of the
     * same size; work is proportional to what the two do not share.
     */
    public void forEachDifference(DiskImage other, SectorVisitor visitor) {
        if (other.sectorCount != sectorCount) {
            throw new IllegalArgumentException("disks of " + sectorCount + " and " + other.sectorCount + " sectors");
        }
        differ(root, other.root, topShift, 0, visitor);
    }

    private static void differ(
            Object @Nullable [] mine, Object @Nullable [] others, int shift, long base, SectorVisitor visitor) {
        if (mine == others) {
            return;
        }
        for (int slot = 0; slot < FANOUT; slot++) {
            Object a = mine == null ? null : mine[slot];
            Object b = others == null ? null : others[slot];
            if (a == b) {
                continue;
            }
            long number = base + ((long) slot << shift);
            if (shift > 0) {
                differ((Object[]) a, (Object[]) b, shift - BITS, number, visitor);
            } else if (a == null || !a.equals(b)) {
                visitor.visit(number, a == null ? Sector.ZERO : (Sector) a);
            }
        }
    }

    /** How many nodes of the tree this image does not share with another. For tests of what a fork and a write cost. */
    int nodeCountBeyond(DiskImage other) {
        return nodesBeyond(root, other.root, topShift);
    }

    private static int nodesBeyond(Object @Nullable [] mine, Object @Nullable [] others, int shift) {
        if (mine == null || mine == others) {
            return 0;
        }
        int count = 1;
        for (int slot = 0; shift > 0 && slot < FANOUT; slot++) {
            Object[] below = others == null ? null : (Object[]) others[slot];
            count += nodesBeyond((Object[]) mine[slot], below, shift - BITS);
        }
        return count;
    }

    private void checkRange(long first, long count) {
        if (first < 0 || count < 0 || first > sectorCount - count) {
            throw new OutOfRangeException(first, count, sectorCount);
        }
    }

    /** Equality of contents. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof DiskImage that
                        && sectorCount == that.sectorCount
                        && hashHigh == that.hashHigh
                        && hashLow == that.hashLow;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hashLow);
    }
}
