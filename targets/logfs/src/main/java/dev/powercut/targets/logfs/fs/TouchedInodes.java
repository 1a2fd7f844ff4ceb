package dev.powercut.targets.logfs.fs;

import java.util.Arrays;

/** The inodes of which the log has records: the group of the last one, and where the checkpoint had it. */
final class TouchedInodes {

    static final int NONE = -1;

    private int[] numbers = new int[8];
    private int[] lastGroups = new int[8];
    private int[] oldBlocks = new int[8];
    private int[] oldSlots = new int[8];
    private int count;

    /** Open addressing: 1 + index, 0 for an empty slot. */
    private int[] table = new int[16];

    int count() {
        return count;
    }

    int number(int index) {
        return numbers[index];
    }

    int lastGroup(int index) {
        return lastGroups[index];
    }

    void setLastGroup(int index, int group) {
        lastGroups[index] = group;
    }

    int oldBlock(int index) {
        return oldBlocks[index];
    }

    int oldSlot(int index) {
        return oldSlots[index];
    }

    private int slotOf(int number) {
        int slot = number * 0x9E37_79B9 >>> 8 & table.length - 1;
        while (table[slot] != 0 && numbers[table[slot] - 1] != number) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    /** Index of an inode, or {@link #NONE}. */
    int indexOf(int number) {
        return table[slotOf(number)] - 1;
    }

    /** Adds an inode that is not there. */
    int add(int number, int oldBlock, int oldSlot) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
            lastGroups = Arrays.copyOf(lastGroups, 2 * count);
            oldBlocks = Arrays.copyOf(oldBlocks, 2 * count);
            oldSlots = Arrays.copyOf(oldSlots, 2 * count);
            table = new int[4 * count];
            for (int i = 0; i < count; i++) {
                table[slotOf(numbers[i])] = i + 1;
            }
        }
        numbers[count] = number;
        oldBlocks[count] = oldBlock;
        oldSlots[count] = oldSlot;
        int slot = emptySlot(number);
        table[slot] = ++count;
        return count - 1;
    }

    private int emptySlot(int number) {
        int slot = number * 0x9E37_79B9 >>> 8 & table.length - 1;
        while (table[slot] != 0) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }
}
