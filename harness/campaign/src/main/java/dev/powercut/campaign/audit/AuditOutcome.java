package dev.powercut.campaign.audit;

import dev.powercut.campaign.ReportTable;
import dev.powercut.campaign.ReportTable.Mark;
import dev.powercut.campaign.ReportTable.Row;
import dev.powercut.campaign.RunReport;
import dev.powercut.campaign.RunReport.Exploration;
import dev.powercut.campaign.RunReport.Fact;
import dev.powercut.campaign.Summary;
import dev.powercut.campaign.VerdictLine;
import dev.powercut.campaign.gate.GatePlan;
import dev.powercut.check.target.Barrier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came of an audit.
 *
 * @param rows the correct filesystem first, then a row for each barrier
 * @param interrupted whether the user stopped it: rows then may have seen less than their budget
 */
public record AuditOutcome(String target, GatePlan plan, List<AuditRow> rows, String command, boolean interrupted) {

    private static final Exploration NOTHING =
            new Exploration("nothing", 0, 0, 0, 0, 0, 0, 0, 0, "0", List.of(), List.of(), List.of());

    public AuditOutcome {
        rows = List.copyOf(rows);
    }

    /** Whether the filesystem fails with all its barriers, so that the rest proves nothing. */
    public boolean isVoid() {
        return rows.getFirst().proof() != null;
    }

    public List<AuditRow> needed() {
        return barriers().stream().filter(row -> row.proof() != null).toList();
    }

    public List<AuditRow> notShown() {
        return barriers().stream().filter(row -> row.proof() == null).toList();
    }

    /** Those not shown to be needed that the target says nothing about. */
    public long unexplained() {
        return notShown().stream().filter(row -> explanation(row).isEmpty()).count();
    }

    private List<AuditRow> barriers() {
        return rows.subList(1, rows.size());
    }

    static String explanation(AuditRow row) {
        return row.barrier() == null ? "" : row.barrier().explanation();
    }

    /** The report: the table of barriers, and a finding only if the correct filesystem gave one. */
    public RunReport report() {
        Exploration all = null;
        for (AuditRow row : rows) {
            if (row.explored() != null) {
                all = all == null ? row.explored() : Summary.sum(all, row.explored());
            }
        }
        Exploration explored = all == null ? NOTHING : withoutProofs(all);
        return new RunReport(
                "audit of the barriers of " + target,
                verdict(explored),
                interrupted
                        ? "interrupted: barriers that are not shown to be needed may not have had their budget"
                        : null,
                command,
                List.of(
                        new Fact("target", target),
                        new Fact("plan", plan.name()),
                        new Fact("budget", VerdictLine.counted(plan.states(), "distinct state") + " for each barrier")),
                explored,
                isVoid() ? List.of(Objects.requireNonNull(rows.getFirst().proof())) : List.of(),
                0,
                List.of(),
                List.of(
                        table("Needed", "With just this barrier removed, the finding beside it appears.", needed()),
                        table(
                                "Not shown to be needed",
                                "With just this barrier removed, nothing was found within the budget. That is no"
                                        + " proof.",
                                notShown())));
    }

    /** Violations without a barrier are what was looked for, not what is wrong with the target. */
    private Exploration withoutProofs(Exploration all) {
        return isVoid() ? all : all.withoutOracles();
    }

    private String verdict(Exploration explored) {
        String word = interrupted ? "INTERRUPTED, " : isVoid() ? "VOID: found with all barriers in place; " : "AUDIT: ";
        return word + needed().size() + " of " + VerdictLine.counted(barriers().size(), "barrier") + " needed, "
                + notShown().size() + " not shown to be needed"
                + (notShown().isEmpty() ? "" : " (" + unexplained() + " of them unexplained)") + " in "
                + VerdictLine.explored(explored);
    }

    private static ReportTable table(String title, String text, List<AuditRow> rows) {
        List<Row> told = new ArrayList<>();
        for (AuditRow row : rows) {
            if (row.barrier() != null) {
                told.add(row(row, row.barrier()));
            }
        }
        String last = title.equals("Needed") ? "Proof" : "Explanation";
        return new ReportTable(title, text, List.of("Barrier", "Kind", "What it keeps", last, "Distinct states"), told);
    }

    private static Row row(AuditRow row, Barrier barrier) {
        String kind = barrier.kind().name().toLowerCase(Locale.ROOT);
        String states = VerdictLine.grouped(row.states());
        if (row.proof() == null) {
            Mark mark = barrier.explanation().isEmpty() ? Mark.CAUTION : Mark.NONE;
            return Row.of(mark, barrier.name(), kind, barrier.why(), barrier.explanation(), states);
        }
        String proof = row.proof().oracle() + "/" + row.proof().kind() + " (" + row.exploration() + "): "
                + row.proof().sentence() + "; reproduce: " + reproduce(row);
        return Row.of(Mark.GOOD, barrier.name(), kind, barrier.why(), proof, states);
    }

    /** The line that shows the proof again. */
    public static @Nullable String reproduce(AuditRow row) {
        return row.proof() == null ? null : row.proof().reproduce();
    }
}
