package dev.powercut.campaign.audit;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.RunReport.Exploration;
import dev.powercut.check.target.Barrier;
import org.jspecify.annotations.Nullable;

/**
 * What came of switching off one barrier.
 *
 * @param barrier null for none: the correct filesystem
 * @param explored what was explored; null when it was stopped before anything was
 * @param exploration name of the planned exploration that showed it; empty when none did
 * @param proof what was found, or null
 */
public record AuditRow(
        @Nullable Barrier barrier,
        @Nullable Exploration explored,
        String exploration,
        @Nullable FindingReport proof) {

    public long states() {
        return explored == null ? 0 : explored.distinctStates();
    }
}
