package dev.powercut.campaign.selftest;

/**
 * How much a self-test does.
 *
 * @param searches how often each defect is sought, each time with other seeds
 * @param searchStates after how many distinct states a search is given up
 * @param correctStates how many distinct states of a correct filesystem are examined in each configuration
 */
public record Effort(int searches, long searchStates, long correctStates) {

    /** For every build. */
    public static final Effort QUICK = new Effort(1, 20_000, 3_000);

    /** For the table. */
    public static final Effort FULL = new Effort(20, 50_000, 50_000);

    /** Another number of searches, and of correct states in proportion. */
    public Effort withSearches(int others) {
        return new Effort(others, searchStates, Math.max(1, correctStates * others / searches));
    }
}
