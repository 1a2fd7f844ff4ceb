package dev.powercut.reports.html;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.RunReport;
import dev.powercut.campaign.VerdictLine;
import java.util.ArrayList;
import java.util.List;

/** The page's model: the report, and what the banner says of it. */
record Page(RunReport report) {

    /** What the banner says; {@code style} names its look in the style sheet. */
    enum Outcome {
        FINDINGS("findings"),
        ADVISORIES("caution"),
        INCOMPLETE("caution"),
        PASS("pass");

        final String style;

        Outcome(String style) {
            this.style = style;
        }
    }

    Outcome outcome() {
        if (VerdictLine.fails(report)) {
            return Outcome.FINDINGS;
        }
        if (report.incomplete() != null) {
            return Outcome.INCOMPLETE;
        }
        return report.findings().isEmpty() ? Outcome.PASS : Outcome.ADVISORIES;
    }

    /** The verdict in a few words. */
    String headline() {
        return switch (outcome()) {
            case FINDINGS -> VerdictLine.found(report);
            case ADVISORIES ->
                report.known() == 0 ? "No promise broken, " + advisoryWords() : "Nothing new: " + knownWords();
            case INCOMPLETE ->
                "Incomplete: no promise broken so far" + (report.advisories() > 0 ? ", " + advisoryWords() : "");
            case PASS -> report.exploration().oracles().isEmpty() ? "Done" : "Pass: nothing found";
        };
    }

    /** Whether crash states were looked at, or a workload ran. */
    boolean explored() {
        return report.exploration().workloads() > 0
                || !report.exploration().oracles().isEmpty();
    }

    /** Whether there is something to tell by kind of operation and block; of schedules there is not. */
    boolean showsKinds() {
        return !report.exploration().operationKinds().isEmpty()
                || !report.exploration().blockKinds().isEmpty();
    }

    List<FindingView> findings() {
        List<FindingView> views = new ArrayList<>();
        for (FindingReport finding : report.findings()) {
            views.add(FindingView.of(views.size() + 1, finding, report.reproduce()));
        }
        return views;
    }

    private String knownWords() {
        return Numbers.count(report.known(), "known finding") + (report.advisories() > 0 ? ", " + advisoryWords() : "");
    }

    private String advisoryWords() {
        return Numbers.count(report.advisories(), "advisory", "advisories");
    }
}
