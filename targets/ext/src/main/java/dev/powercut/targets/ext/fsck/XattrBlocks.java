package dev.powercut.targets.ext.fsck;

import java.util.Arrays;

/** The attribute blocks met by a scan: for each how often it says it is referred to, and how often it is. */
final class XattrBlocks {

    int count;
    int[] block = new int[8];
    /** The same; or, while mending, its copy, which the inodes are to have instead. */
    int[] use = new int[8];

    int[] stored = new int[8];
    int[] counted = new int[8];
    /** Open addressing: index + 1, 0 is free; a power of two, at most half full. */
    private int[] table = new int[16];

    void reset() {
        if (count > 0) {
            Arrays.fill(table, 0);
            count = 0;
        }
    }

    /** Index of a block; -1 when it was not met before. */
    int find(int number) {
        for (int slot = slot(number); table[slot] != 0; slot = slot + 1 & table.length - 1) {
            if (block[table[slot] - 1] == number) {
                return table[slot] - 1;
            }
        }
        return -1;
    }

    /** Adds a block that was not met before, with one reference found. */
    void add(int number, int toUse, int references) {
        if (count == block.length) {
            block = Arrays.copyOf(block, count * 2);
            use = Arrays.copyOf(use, count * 2);
            stored = Arrays.copyOf(stored, count * 2);
            counted = Arrays.copyOf(counted, count * 2);
            table = new int[count * 4];
            for (int i = 0; i < count; i++) {
                enter(i);
            }
        }
        block[count] = number;
        use[count] = toUse;
        stored[count] = references;
        counted[count] = 1;
        enter(count++);
    }

    private void enter(int index) {
        int slot = slot(block[index]);
        while (table[slot] != 0) {
            slot = slot + 1 & table.length - 1;
        }
        table[slot] = index + 1;
    }

    private int slot(int number) {
        return (number * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(table.length - 1) & table.length - 1;
    }
}
