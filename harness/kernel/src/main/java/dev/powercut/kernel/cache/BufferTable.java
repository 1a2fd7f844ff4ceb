package dev.powercut.kernel.cache;

import org.jspecify.annotations.Nullable;

/** Buffers by block number: an open-addressing hash table with linear probing. */
final class BufferTable {

    private @Nullable Buffer[] slots = new Buffer[32];
    private int size;

    int size() {
        return size;
    }

    private int home(long block) {
        return (int) (block * 0x9E3779B97F4A7C15L >>> 40) & slots.length - 1;
    }

    @Nullable
    Buffer get(long block) {
        int slot = home(block);
        while (true) {
            Buffer buffer = slots[slot];
            if (buffer == null || buffer.block() == block) {
                return buffer;
            }
            slot = slot + 1 & slots.length - 1;
        }
    }

    /** Adds a buffer whose block is not there yet. */
    void add(Buffer buffer) {
        if (2 * (size + 1) > slots.length) {
            grow();
        }
        place(buffer);
        size++;
    }

    private void place(Buffer buffer) {
        int slot = home(buffer.block());
        while (slots[slot] != null) {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = buffer;
    }

    private void grow() {
        @Nullable Buffer[] old = slots;
        slots = new Buffer[old.length * 2];
        for (Buffer buffer : old) {
            if (buffer != null) {
                place(buffer);
            }
        }
    }

    void remove(long block) {
        int slot = home(block);
        while (slots[slot] != null && slots[slot].block() != block) {
            slot = slot + 1 & slots.length - 1;
        }
        if (slots[slot] == null) {
            return;
        }
        slots[slot] = null;
        size--;
        // Close the gap: what probed past this slot is placed anew.
        int next = slot + 1 & slots.length - 1;
        Buffer moved = slots[next];
        while (moved != null) {
            slots[next] = null;
            place(moved);
            next = next + 1 & slots.length - 1;
            moved = slots[next];
        }
    }

    /** All buffers, in no order that means anything. */
    Buffer[] toArray() {
        Buffer[] all = new Buffer[size];
        int count = 0;
        for (Buffer buffer : slots) {
            if (buffer != null) {
                all[count++] = buffer;
            }
        }
        return all;
    }
}
