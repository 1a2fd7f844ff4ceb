package dev.powercut.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of how often something fails. */
class FailureRateTest {

    /** Published values of the exact interval. */
    @ParameterizedTest
    @CsvSource({
        "10, 1000, 0.004806, 0.018314",
        "1, 10, 0.002529, 0.445016",
        "5, 10, 0.187086, 0.812914",
        "50, 100, 0.398321, 0.601679",
        "0, 10, 0, 0.308498",
        "0, 100, 0, 0.036217",
        "10, 10, 0.691502, 1",
    })
    void intervalIsTheExactOne(long failed, long runs, double low, double high) {
        FailureRate rate = FailureRate.of(failed, runs);
        assertEquals(low, rate.low(), 1e-6);
        assertEquals(high, rate.high(), 1e-6);
    }

    @Test
    void manyRunsAreCountedWithoutLosingTheTail() {
        FailureRate rate = FailureRate.of(10_000, 1_000_000);
        assertEquals(0.009806, rate.low(), 1e-5);
        assertEquals(0.010197, rate.high(), 1e-5);
    }

    /** Summed over everything that may come of 300 runs: the promise of 95 % is kept for every true share. */
    @ParameterizedTest
    @CsvSource({"0.001", "0.01", "0.05", "0.5", "0.99"})
    void intervalHoldsTheTruthInAtLeast95OfAHundredCampaigns(double truth) {
        double held = 0;
        for (int failed = 0; failed <= 300; failed++) {
            FailureRate rate = FailureRate.of(failed, 300);
            if (rate.low() <= truth && truth <= rate.high()) {
                held += FailureRate.atMost(failed, 300, truth)
                        - (failed == 0 ? 0 : FailureRate.atMost(failed - 1, 300, truth));
            }
        }
        assertTrue(held >= 0.95, held + " of campaigns with a share of " + truth);
    }

    @Test
    void wordsSayWhatIsKnown() {
        assertEquals(
                "10 of 1,000 (1.00 %; 0.48 % to 1.83 %, with 95 % confidence)",
                FailureRate.of(10, 1000).words());
        assertEquals(
                "0 of 300 (fewer than 1.22 %, with 95 % confidence)",
                FailureRate.of(0, 300).words());
        assertEquals("0 of 0", FailureRate.of(0, 0).words());
    }

    @Test
    void moreFailuresThanRunsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> FailureRate.of(2, 1));
    }
}
