package dev.powercut.campaign;

import java.util.Locale;

/**
 * How many of some runs failed, and what that says of the share that fails: the exact interval of Clopper and Pearson
 * (Biometrika 26, 1934), which holds the true share in at least 95 of 100 such campaigns.
 *
 * @param low lower bound of the share, 0 to 1
 * @param high upper bound of the share, 0 to 1
 */
public record FailureRate(long failed, long runs, double low, double high) {

    /**
     * Each side of the interval is missed with at most this probability. Also where only one side is left, since nobody knows
     * beforehand that nothing will fail.
     */
    private static final double TAIL = 0.025;

    /** So many halvings leave less of an interval than a double can tell. */
    private static final int HALVINGS = 60;

    /** @param failed from 0 to {@code runs} */
    public static FailureRate of(long failed, long runs) {
        if (failed < 0 || failed > runs) {
            throw new IllegalArgumentException(failed + " of " + runs + " runs cannot have failed");
        }
        double low = failed == 0 ? 0 : share(failed - 1, runs, 1 - TAIL);
        double high = failed == runs ? 1 : share(failed, runs, TAIL);
        return new FailureRate(failed, runs, low, high);
    }

    /** The share at which at most {@code failed} of the runs fail with a given probability. */
    private static double share(long failed, long runs, double probability) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (atMost(failed, runs, middle) > probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** The probability that at most {@code failed} of the runs fail when each does with probability {@code share}. */
    static double atMost(long failed, long runs, double share) {
        if (share <= 0 || failed >= runs) {
            return 1;
        }
        if (share >= 1) {
            return 0;
        }
        // Term by term in logarithms: each is its predecessor times (runs - k) / (k + 1) times the odds.
        double odds = StrictMath.log(share) - StrictMath.log1p(-share);
        double term = runs * StrictMath.log1p(-share);
        double sum = StrictMath.exp(term);
        for (long k = 0; k < failed; k++) {
            term += StrictMath.log((double) (runs - k) / (k + 1)) + odds;
            sum += StrictMath.exp(term);
        }
        return Math.min(1, sum);
    }

    /** For example {@code 10 of 1,000 (1.00 %; 0.48 % to 1.83 %, with 95 % confidence)}. */
    public String words() {
        String count = VerdictLine.grouped(failed) + " of " + VerdictLine.grouped(runs);
        if (runs == 0) {
            return count;
        }
        String confidence = failed == 0
                ? "fewer than " + percent(high)
                : percent((double) failed / runs) + "; " + percent(low) + " to " + percent(high);
        return count + " (" + confidence + ", with 95 % confidence)";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.0001 && share > 0 ? "%.4f %%" : "%.2f %%", 100 * share);
    }
}
