package dev.powercut.campaign.ace;

import dev.powercut.campaign.Totals;

/**
 * What came of a part of an enumeration.
 *
 * @param totals of the workloads from the part's first one up to {@code next}, without it
 * @param next the workload to go on with; the part's end when all were run
 */
public record AceOutcome(Totals totals, long next) {}
