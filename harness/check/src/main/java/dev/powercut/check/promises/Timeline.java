package dev.powercut.check.promises;

import java.util.Arrays;

/** When operations begin and promises start to hold, as positions of the log. */
final class Timeline {

    /** Index in the log of each operation's begin mark, not descending. */
    private final int[] beginPositions;

    private final String[] texts;
    private final int[] numbers;

    /** Positions from which on something else is legal than right before, ascending. */
    private final int[] thresholds;

    /**
     * @param changes positions of marks after which something else is legal: begins of operations that change something, ends
     *     of those that promise
     */
    Timeline(int[] beginPositions, int[] numbers, String[] texts, int[] changes) {
        this.beginPositions = beginPositions;
        this.numbers = numbers;
        this.texts = texts;
        this.thresholds = Arrays.stream(changes)
                .filter(position -> position != Integer.MAX_VALUE)
                .map(position -> position + 1)
                .sorted()
                .distinct()
                .toArray();
    }

    /** How many operations had begun before a cut at a position: the indexes below may have had effect. */
    int begunAt(int position) {
        int low = 0;
        int high = beginPositions.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (beginPositions[middle] < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    int epoch(int position) {
        int at = Arrays.binarySearch(thresholds, position);
        return at >= 0 ? at + 1 : -at - 1;
    }

    /** How an operation reads, number included. */
    String text(int operation) {
        return operation < 0 ? "the beginning" : texts[operation];
    }

    /** The number by which people know an operation. */
    int number(int operation) {
        return numbers[operation];
    }

    int operationCount() {
        return texts.length;
    }
}
