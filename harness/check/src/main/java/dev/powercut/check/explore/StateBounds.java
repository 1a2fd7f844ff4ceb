package dev.powercut.check.explore;

/**
 * How many crash states are made of a log under a model that loses any writes, whose states double with each one.
 *
 * @param exhaustive an epoch with at most so many states has all of them made
 * @param sampled of an epoch with more states so many are drawn
 * @param total no more than about so many in all; shared evenly among the epochs that have many. Whatever the bounds, every epoch has
 *     the states that a device that keeps the order may leave
 */
public record StateBounds(int exhaustive, int sampled, int total) {

    /** What a user expects: complete where that is possible. */
    public static final StateBounds USUAL = new StateBounds(1 << 16, 10_000, 1_000_000);

    public StateBounds {
        if (exhaustive < 1 || sampled < 1 || total < 1) {
            throw new IllegalArgumentException("bounds " + exhaustive + ", " + sampled + ", " + total);
        }
    }

    public StateBounds withTotal(int states) {
        return new StateBounds(exhaustive, sampled, Math.min(total, states));
    }
}
