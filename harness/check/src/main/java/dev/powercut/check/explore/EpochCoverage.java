package dev.powercut.check.explore;

import java.util.Locale;

/**
 * How many of the states of one epoch were made. An epoch is what lies between two flushes (or forced writes).
 *
 * @param epoch its number in the log, from 1
 * @param firstPosition the first position within it
 * @param lastPosition the last one
 * @param states how many of its states were made
 * @param all how many it has; {@link Long#MAX_VALUE} for that many or more
 * @param bits the binary logarithm of how many it has
 */
public record EpochCoverage(int epoch, int firstPosition, int lastPosition, long states, long all, double bits) {

    /** Above so many, a power of two says it better. */
    private static final long COUNTED = 1 << 20;

    public boolean isComplete() {
        return states >= all;
    }

    /** For people: {@code epoch 14: 4,096 of 4,096}, {@code epoch 15: 10,000 of 2^31, sampled}. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "epoch %d: %,d of %s%s",
                epoch,
                states,
                all <= COUNTED ? String.format(Locale.ROOT, "%,d", all) : "2^" + Math.round(bits),
                isComplete() ? "" : ", sampled");
    }
}
