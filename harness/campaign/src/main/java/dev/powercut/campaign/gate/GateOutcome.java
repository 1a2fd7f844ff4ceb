package dev.powercut.campaign.gate;

import dev.powercut.campaign.RunReport;
import org.jspecify.annotations.Nullable;

/**
 * What came of a gate.
 *
 * @param nondeterminism what differed when a run was repeated, or null: then the rest is worth nothing
 */
public record GateOutcome(RunReport report, @Nullable String nondeterminism) {}
