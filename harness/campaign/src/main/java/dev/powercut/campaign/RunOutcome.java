package dev.powercut.campaign;

import dev.powercut.campaign.RunReport.Exploration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one run, without the simulation's objects.
 *
 * @param exploration what was explored and judged
 * @param positions how many positions the power was cut at
 * @param findings one for each fingerprint, told in full
 * @param findingsOmitted how many more fingerprints there were
 * @param judgeNote what became of the external judge, in words; empty when it judged
 * @param stopped whether the run was stopped before its end, by the user or because the target hung again and again
 * @param nondeterminism what differed when the run was repeated, or null: then its other results are worth nothing
 * @param parts one for each crash model when there were several, else none
 * @param tables what there is to tell besides
 */
public record RunOutcome(
        RunConfiguration configuration,
        Exploration exploration,
        long positions,
        List<FindingReport> findings,
        long findingsOmitted,
        String judgeNote,
        boolean stopped,
        @Nullable String nondeterminism,
        List<ModelPart> parts,
        List<ReportTable> tables) {
    public RunOutcome {
        findings = List.copyOf(findings);
        parts = List.copyOf(parts);
        tables = List.copyOf(tables);
    }

    /** Whether it has a finding that fails a run. */
    public boolean failed() {
        return findings.stream().anyMatch(finding -> !finding.advisory());
    }
}
