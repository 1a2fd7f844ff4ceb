package dev.powercut.campaign.gate;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.VerdictLine;
import dev.powercut.campaign.gate.GatePlan.Known;
import dev.powercut.campaign.gate.GateSummary.Told;
import dev.powercut.check.oracle.Grade;
import java.util.List;

/** Tells the findings that a plan knows from those that are new. */
final class KnownFindings {

    private KnownFindings() {}

    /** The finding, as one that fails nothing when it is known. */
    static FindingReport marked(List<Known> known, String target, FindingReport finding) {
        boolean isKnown = finding.grade().fails()
                && known.stream()
                        .anyMatch(one ->
                                one.target().equals(target) && one.fingerprint().equals(finding.fingerprint()));
        return isKnown ? finding.graded(Grade.KNOWN) : finding;
    }

    /** What became of those that are known. */
    static String words(List<Known> known, List<Told> told, boolean interrupted) {
        List<Known> gone = known.stream()
                .filter(one -> told.stream()
                        .noneMatch(each -> each.target().equals(one.target())
                                && each.finding().fingerprint().equals(one.fingerprint())))
                .toList();
        String shown = VerdictLine.grouped(known.size() - gone.size()) + " of "
                + VerdictLine.counted(known.size(), "known finding") + " seen";
        return gone.isEmpty() || interrupted
                ? shown
                : shown + "; mended, or not met within the budget: "
                        + String.join(
                                ", ",
                                gone.stream()
                                        .map(one -> one.target() + " " + one.fingerprint() + " (" + one.why() + ")")
                                        .toList());
    }
}
