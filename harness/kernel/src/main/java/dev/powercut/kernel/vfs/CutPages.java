package dev.powercut.kernel.vfs;

import java.util.Arrays;

/**
 * Which pages of a file truncations have taken away, and when: what a process had copied of them for itself is gone as well
 * (truncate_pagecache of Linux). One number for each truncation that no later one covers.
 */
final class CutPages {

    // Ascending, both: a truncation takes away all pages from its first on, and so covers earlier ones that began there
    // or behind.
    private long[] firsts = new long[2];
    private long[] numbers = new long[2];
    private int count;
    private long last;

    /** The pages from one on are gone. */
    void cutFrom(long page) {
        while (count > 0 && firsts[count - 1] >= page) {
            count--;
        }
        if (count == firsts.length) {
            firsts = Arrays.copyOf(firsts, 2 * count);
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        firsts[count] = page;
        numbers[count++] = ++last;
    }

    /** The number of the latest truncation that took a page away; 0 when none has. */
    long lastCut(long page) {
        for (int i = count - 1; i >= 0; i--) {
            if (firsts[i] <= page) {
                return numbers[i];
            }
        }
        return 0;
    }
}
