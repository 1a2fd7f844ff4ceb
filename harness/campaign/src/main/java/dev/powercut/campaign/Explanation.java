package dev.powercut.campaign;

import dev.powercut.campaign.FindingReport.DifferenceLine;
import dev.powercut.campaign.FindingReport.LogExcerpt;
import dev.powercut.campaign.FindingReport.OperationLine;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Timeline;
import dev.powercut.check.oracle.Difference;
import dev.powercut.check.oracle.Violation;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.workload.History;
import dev.powercut.check.workload.Step;
import dev.powercut.sim.OperationId;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.LogEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells findings of one recording to people: what was going on, what was cut, which write was missing. */
public final class Explanation {

    private final Recording recording;
    private final Timeline timeline;
    private final LogExcerpts excerpts;

    Explanation(Recording recording, LogExcerpts excerpts) {
        this.recording = recording;
        this.timeline = new Timeline(recording.history(), recording.log().size() + 1);
        this.excerpts = excerpts;
    }

    /**
     * The report of a finding of a recording that was made elsewhere, as runs tell theirs.
     *
     * @param recoveryLines what recovery says of the crash image
     */
    public static FindingReport of(
            FileSystemTarget target,
            Recording recording,
            Finding finding,
            CrashModel model,
            List<String> recoveryLines,
            String reproduce) {
        return new Explanation(recording, new LogExcerpts(recording.log(), target))
                .report(finding, model, recoveryLines, reproduce);
    }

    /**
     * The report of a finding.
     *
     * @param model the crash model under which it was found
     * @param recoveryLines what recovery says of the crash image
     */
    FindingReport report(Finding finding, CrashModel model, List<String> recoveryLines, String reproduce) {
        Violation violation = finding.violation();
        return new FindingReport(
                finding.oracle(),
                violation.kind(),
                violation.grade(),
                sentence(finding),
                violation.promise(),
                finding.fingerprint(),
                finding.occurrences(),
                cut(finding),
                operations(finding.position()),
                excerpts.around(finding),
                differences(violation),
                recoveryLines,
                reproduce,
                null,
                LegalityProof.of(model, recording.log(), finding),
                null);
    }

    /** A finding that has been told in full elsewhere, for its occurrences. */
    FindingReport counted(Finding finding) {
        Violation violation = finding.violation();
        return new FindingReport(
                finding.oracle(),
                violation.kind(),
                violation.grade(),
                violation.sentence(),
                violation.promise(),
                finding.fingerprint(),
                finding.occurrences(),
                "",
                List.of(),
                new LogExcerpt(List.of(), null, 0, 0),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null);
    }

    /** The report of something that went wrong while the filesystem was running, before any cut. */
    FindingReport liveReport(String oracle, String fingerprint, Violation violation, String reproduce) {
        int end = recording.log().size();
        return new FindingReport(
                oracle,
                violation.kind(),
                violation.grade(),
                violation.sentence(),
                violation.promise(),
                fingerprint,
                1,
                "no power cut: it happened while the filesystem was running",
                operations(end),
                excerpts.atEnd(),
                differences(violation),
                violation.lines(),
                reproduce);
    }

    private String sentence(Finding finding) {
        String sentence = finding.violation().sentence();
        Finding.MissingWrite missing = finding.missing();
        if (missing == null) {
            return sentence + "; no later write mends it";
        }
        String when = finding.cut().kept().isDamaged(missing.entry())
                ? ", which was torn, and left a sector with neither the old nor the new contents"
                : missing.entry() < finding.position()
                        ? ", which had been issued but not flushed"
                        : ", which came only after the cut";
        return sentence + "; missing: the " + write(recording.log().get(missing.entry()), missing.sectors()) + when;
    }

    /** A write in words: what, where, by whom. */
    private String write(LogEntry entry, int sectors) {
        if (!(entry instanceof LogEntry.Write write)) {
            return "log entry with sequence number " + entry.sequence();
        }
        long first = write.sector() + (sectors < write.contents().length ? sectors - 1 : 0);
        Cause cause = write.cause();
        StringBuilder text = new StringBuilder(cause.kind().name() + " write to sector " + first);
        if (!cause.dirtied().isEmpty()) {
            Cause.Dirtied last = cause.dirtied().getLast();
            text.append(" (").append(operation(last.operation()));
            text.append(" at ").append(last.site().name()).append(')');
        }
        return text.toString();
    }

    private String operation(OperationId id) {
        Step step = id.isBackground() ? null : timeline.step(id.sequence());
        return step == null ? "background work" : "operation " + step;
    }

    private String cut(Finding finding) {
        int size = recording.log().size();
        StringBuilder text =
                new StringBuilder("power cut at position " + finding.position() + " of " + size + " of the log, ");
        Step inFlight = timeline.inFlightAt(finding.position());
        text.append(inFlight == null ? "between operations" : "while " + inFlight + " was under way");
        text.append(KeptWords.of(recording.log(), finding.cut().kept(), finding.position()));
        for (Finding.RecoveryCut again : finding.recoveryCuts()) {
            text.append("; again at position ")
                    .append(again.position())
                    .append(" of what recovery wrote, which kept '")
                    .append(again.kept().text())
                    .append('\'');
        }
        return text.toString();
    }

    private List<OperationLine> operations(int position) {
        History history = recording.history();
        List<OperationLine> lines = new ArrayList<>();
        if (history != null) {
            for (History.Entry entry : history.entries()) {
                OperationLine.State state = state(entry, position);
                lines.add(new OperationLine(
                        entry.step().number(),
                        "",
                        entry.step().operation().text(),
                        state == OperationLine.State.DONE ? entry.result().text() : "",
                        state));
            }
        }
        return lines;
    }

    private static OperationLine.State state(History.Entry entry, int position) {
        if (position > entry.endPosition()) {
            return OperationLine.State.DONE;
        }
        return position > entry.beginPosition() ? OperationLine.State.IN_FLIGHT : OperationLine.State.NOT_STARTED;
    }

    private static List<DifferenceLine> differences(Violation violation) {
        List<DifferenceLine> lines = new ArrayList<>();
        for (Difference difference : violation.differences()) {
            lines.add(new DifferenceLine(
                    difference.path(),
                    difference.expected(),
                    difference.found(),
                    difference.wrong(),
                    number(difference.promisedBy())));
        }
        return lines;
    }

    static @Nullable Integer number(@Nullable OperationId operation) {
        return operation == null || operation.isBackground() ? null : operation.sequence();
    }
}
