package dev.powercut.check.explore;

import java.util.Arrays;

/** Lists of small numbers, many of them, without an object for each: the elements of a chain are distinct over all chains. */
final class Chains {

    /** The end of a chain. */
    static final int END = -1;

    private int[] first = filled(64);
    private int[] last = filled(64);
    private int[] next = filled(64);

    /** Adds an element to the end of a chain. */
    void add(int chain, int element) {
        first = fitting(first, chain);
        last = fitting(last, chain);
        next = fitting(next, element);
        if (first[chain] == END) {
            first[chain] = element;
        } else {
            next[last[chain]] = element;
        }
        last[chain] = element;
    }

    int first(int chain) {
        return chain < first.length ? first[chain] : END;
    }

    int last(int chain) {
        return chain < last.length ? last[chain] : END;
    }

    int next(int element) {
        return next[element];
    }

    private static int[] fitting(int[] array, int index) {
        if (index < array.length) {
            return array;
        }
        int[] longer = filled(Math.max(index + 1, 2 * array.length));
        System.arraycopy(array, 0, longer, 0, array.length);
        return longer;
    }

    private static int[] filled(int length) {
        int[] array = new int[length];
        Arrays.fill(array, END);
        return array;
    }
}
