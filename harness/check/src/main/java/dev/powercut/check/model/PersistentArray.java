package dev.powercut.check.model;

import org.jspecify.annotations.Nullable;

/**
 * An immutable sparse array: setting an element gives a new array that shares all but one path with the old one. A tree of
 * nodes with 32 children, as high as the largest index needs.
 */
final class PersistentArray<T> {

    private static final int BITS = 5;
    private static final int WIDTH = 1 << BITS;
    private static final PersistentArray<?> EMPTY = new PersistentArray<>(null, BITS);

    /** Child nodes, or elements at the lowest level; null where there is nothing. */
    private final @Nullable Object @Nullable [] root;

    /** How many bits of an index this height can tell apart. */
    private final int bits;

    private PersistentArray(@Nullable Object @Nullable [] root, int bits) {
        this.root = root;
        this.bits = bits;
    }

    @SuppressWarnings("unchecked") // holds no element, so it holds only elements of any type
    static <T> PersistentArray<T> empty() {
        return (PersistentArray<T>) EMPTY;
    }

    @SuppressWarnings("unchecked") // elements are only ever set as T
    @Nullable
    T get(long index) {
        if (bits < Long.SIZE && index >>> bits != 0) {
            return null;
        }
        @Nullable Object @Nullable [] node = root;
        for (int shift = bits - BITS; shift > 0 && node != null; shift -= BITS) {
            node = (Object[]) node[(int) (index >>> shift) & WIDTH - 1];
        }
        return node == null ? null : (T) node[(int) index & WIDTH - 1];
    }

    PersistentArray<T> with(long index, @Nullable T element) {
        int height = bits;
        @Nullable Object @Nullable [] top = root;
        while (index >>> height != 0) {
            if (element == null) {
                return this;
            }
            if (top != null) {
                @Nullable Object[] above = new Object[WIDTH];
                above[0] = top;
                top = above;
            }
            height += BITS;
        }
        return new PersistentArray<>(set(top, height - BITS, index, element), height);
    }

    private static @Nullable Object[] set(
            @Nullable Object @Nullable [] node, int shift, long index, @Nullable Object element) {
        @Nullable Object[] copy = node == null ? new Object[WIDTH] : node.clone();
        int slot = (int) (index >>> shift) & WIDTH - 1;
        copy[slot] = shift == 0 ? element : set((Object[]) copy[slot], shift - BITS, index, element);
        return copy;
    }

    /** The lowest index from {@code from} on that has an element, or -1. */
    long next(long from) {
        return bits < Long.SIZE && from >>> bits != 0 ? -1 : next(root, bits - BITS, from, 0);
    }

    private static long next(@Nullable Object @Nullable [] node, int shift, long from, long base) {
        if (node == null) {
            return -1;
        }
        int first = (int) (from >>> shift) & WIDTH - 1;
        for (int slot = first; slot < WIDTH; slot++) {
            long slotBase = base | (long) slot << shift;
            long below = slot == first ? from & (1L << shift) - 1 : 0;
            if (shift == 0) {
                if (node[slot] != null) {
                    return slotBase;
                }
            } else {
                long found = next((Object[]) node[slot], shift - BITS, below, slotBase);
                if (found >= 0) {
                    return found;
                }
            }
        }
        return -1;
    }
}
