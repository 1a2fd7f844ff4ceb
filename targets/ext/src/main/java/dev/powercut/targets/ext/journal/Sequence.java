package dev.powercut.targets.ext.journal;

/** Sequence numbers of transactions: 32 bits that wrap. Two are compared by the shorter way round, so by less than half of it. */
public final class Sequence {

    private Sequence() {}

    /** Whether {@code a} is of an earlier transaction than {@code b}. */
    public static boolean isBefore(int a, int b) {
        return a - b < 0;
    }

    public static int next(int sequence) {
        return sequence + 1;
    }
}
