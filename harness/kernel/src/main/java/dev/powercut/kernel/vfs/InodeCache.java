package dev.powercut.kernel.vfs;

import java.util.Arrays;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A filesystem's inodes in memory, by number, so that a number has one {@link Inode} at any time: an open-addressing table with
 * linear probing. The filesystem removes an inode when it is {@linkplain FileSystem#evict evicted}.
 */
public final class InodeCache<T extends Inode> {

    private @Nullable Inode[] slots = new Inode[16];
    private int size;

    public InodeCache() {}

    public int size() {
        return size;
    }

    private int home(long number) {
        return (int) (number * 0x9E3779B97F4A7C15L >>> 40) & slots.length - 1;
    }

    private int slotOf(long number) {
        int slot = home(number);
        Inode inode = slots[slot];
        while (inode != null && inode.number() != number) {
            slot = slot + 1 & slots.length - 1;
            inode = slots[slot];
        }
        return slot;
    }

    /** The inode, or null when it is not in memory. */
    @SuppressWarnings("unchecked") // Only add puts anything in.
    public @Nullable T find(long number) {
        return (T) slots[slotOf(number)];
    }

    /** The inode; the loader reads it when it is not in memory. */
    public T get(long number, LongFunction<T> loader) {
        T inode = find(number);
        if (inode == null) {
            T loaded = loader.apply(number);
            // Another task may have read it while this one waited.
            inode = find(number);
            if (inode == null) {
                add(loaded);
                return loaded;
            }
        }
        return inode;
    }

    /** Adds an inode whose number is not there yet. */
    public void add(T inode) {
        if (2 * (size + 1) > slots.length) {
            @Nullable Inode[] old = slots;
            slots = new Inode[old.length * 2];
            for (Inode moved : old) {
                if (moved != null) {
                    slots[slotOf(moved.number())] = moved;
                }
            }
        }
        int slot = slotOf(inode.number());
        if (slots[slot] != null) {
            throw new IllegalStateException(inode + " is in memory already");
        }
        slots[slot] = inode;
        size++;
    }

    public void remove(long number) {
        int slot = slotOf(number);
        if (slots[slot] == null) {
            return;
        }
        slots[slot] = null;
        size--;
        // Close the gap: what probed past this slot is placed anew.
        int next = slot + 1 & slots.length - 1;
        Inode moved = slots[next];
        while (moved != null) {
            slots[next] = null;
            slots[slotOf(moved.number())] = moved;
            next = next + 1 & slots.length - 1;
            moved = slots[next];
        }
    }

    /** All inodes in memory, in ascending order of their numbers. */
    @SuppressWarnings("unchecked") // Only add puts anything in.
    public Iterable<T> all() {
        Inode[] all = new Inode[size];
        int count = 0;
        for (Inode inode : slots) {
            if (inode != null) {
                all[count++] = inode;
            }
        }
        Arrays.sort(all, (a, b) -> Long.compareUnsigned(a.number(), b.number()));
        return (Iterable<T>) Arrays.asList(all);
    }
}
