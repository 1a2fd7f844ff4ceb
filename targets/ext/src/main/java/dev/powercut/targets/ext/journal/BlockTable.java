package dev.powercut.targets.ext.journal;

import java.util.Arrays;

/** Blocks of the volume, each with a number: open addressing over arrays that are used again and again. */
final class BlockTable {

    private int[] keys = new int[64];
    private int[] values = new int[64];
    /** Slot taken: 1 + the index in {@link #order}. */
    private int[] taken = new int[64];

    private int[] order = new int[32];
    private int count;

    void clear() {
        for (int i = 0; i < count; i++) {
            taken[order[i]] = 0;
        }
        count = 0;
    }

    int count() {
        return count;
    }

    /** The slot of a block, or -1. */
    int find(int block) {
        int slot = slotOf(block);
        return taken[slot] == 0 ? -1 : slot;
    }

    int value(int slot) {
        return values[slot];
    }

    /** The block at a place in the order of their coming. */
    int key(int index) {
        return keys[order[index]];
    }

    int valueAt(int index) {
        return values[order[index]];
    }

    /** Puts a block with a number, in place of the number it had. */
    void put(int block, int value) {
        int slot = slotOf(block);
        if (taken[slot] == 0) {
            if (count == order.length) {
                grow();
                slot = slotOf(block);
            }
            keys[slot] = block;
            order[count] = slot;
            taken[slot] = ++count;
        }
        values[slot] = value;
    }

    private int slotOf(int block) {
        int mask = keys.length - 1;
        int slot = block * 0x9E37_79B9 >>> 15 & mask;
        while (taken[slot] != 0 && keys[slot] != block) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldValues = values;
        int[] oldOrder = order;
        int size = keys.length * 2;
        keys = new int[size];
        values = new int[size];
        taken = new int[size];
        order = Arrays.copyOf(oldOrder, oldOrder.length * 2);
        for (int i = 0; i < count; i++) {
            int slot = slotOf(oldKeys[oldOrder[i]]);
            keys[slot] = oldKeys[oldOrder[i]];
            values[slot] = oldValues[oldOrder[i]];
            taken[slot] = i + 1;
            order[i] = slot;
        }
    }
}
