package dev.powercut.check.explore;

/**
 * What an oracle did in a run.
 *
 * @param claim what it holds to be true
 * @param judged how many pieces of evidence it was shown
 * @param violations how many of them it had something against
 */
public record OracleTally(String name, String claim, long judged, long violations) {

    /** The sum of two tallies of one oracle. */
    public OracleTally plus(OracleTally other) {
        return new OracleTally(name, claim, judged + other.judged, violations + other.violations);
    }
}
