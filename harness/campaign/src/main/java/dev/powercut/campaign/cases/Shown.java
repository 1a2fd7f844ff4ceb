package dev.powercut.campaign.cases;

import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.oracle.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finding with the run that shows it.
 *
 * @param verdict the crash states and what was found in them; null when it showed before any power cut
 * @param finding where and how it shows; null when it showed before any power cut
 * @param recoveries the recoveries that were cut, when they have been looked at
 */
record Shown(
        Recording recording,
        @Nullable Verdict verdict,
        @Nullable Finding finding,
        String oracle,
        String fingerprint,
        Violation violation,
        List<InterruptedRecovery> recoveries) {

    Shown(
            Recording recording,
            @Nullable Verdict verdict,
            @Nullable Finding finding,
            String oracle,
            String fingerprint,
            Violation violation) {
        this(recording, verdict, finding, oracle, fingerprint, violation, List.of());
    }

    /** The same, with the recoveries that were cut. */
    Shown withRecoveries(List<InterruptedRecovery> cut) {
        return new Shown(recording, verdict, finding, oracle, fingerprint, violation, List.copyOf(cut));
    }

    static Shown live(Recording recording, String oracle, String fingerprint, Violation violation) {
        return new Shown(recording, null, null, oracle, fingerprint, violation);
    }

    static Shown afterCut(Recording recording, Verdict verdict, Finding finding) {
        return new Shown(recording, verdict, finding, finding.oracle(), finding.fingerprint(), finding.violation());
    }

    /** The number of the last step that had begun when it showed. */
    int lastStep() {
        var history = recording.history();
        if (history == null || history.entries().isEmpty()) {
            return Integer.MAX_VALUE;
        }
        int last = -1;
        for (var entry : history.entries()) {
            if (finding == null || entry.beginPosition() < finding.position()) {
                last = entry.step().number();
            }
        }
        return last;
    }
}
