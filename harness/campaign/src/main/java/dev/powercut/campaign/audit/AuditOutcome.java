package dev.powercut.campaign.audit;

import dev.powercut.campaign.FindingReport;
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

/**
 * What came of an audit.
 *
 * @param rows the correct filesystem first, then a row for each barrier
 * @param interrupted whether the user stopped it: rows then may have seen less than their budget
 */
public record AuditOutcome(String target, GatePlan plan, List<AuditRow> rows, String command, boolean interrupted) {

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
        return barriers().stream()
                .filter(row -> row.proof() == null && !isUntried(row))
                .toList();
    }

    /** How many barriers an interruption left no time for. */
    public long untried() {
        return barriers().stream().filter(this::isUntried).count();
    }

    private boolean isUntried(AuditRow row) {
        return interrupted && row.proof() == null && row.states() == 0;
    }

    /** Those not shown to be needed that the target says nothing about. */
    public long unexplained() {
        return notShown().stream().filter(row -> explanation(row).isEmpty()).count();
    }

    private List<AuditRow> barriers() {
        return rows.subList(1, rows.size());
    }

    private static String explanation(AuditRow row) {
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
        Exploration explored = all == null ? Exploration.NONE : withoutProofs(all);
        return new RunReport(
                "audit of the barriers of " + target,
                verdict(explored),
                interrupted
                        ? "interrupted: " + VerdictLine.counted(untried(), "barrier") + " not tried, and what is not"
                                + " shown to be needed may not have had its budget"
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
                List.of(neededTable(needed()), notShownTable(notShown())));
    }

    /** Violations without a barrier are what was looked for, not what is wrong with the target. */
    private Exploration withoutProofs(Exploration all) {
        return isVoid() ? all : all.withoutOracles();
    }

    private String verdict(Exploration explored) {
        String word = interrupted ? "INTERRUPTED, " : isVoid() ? "VOID: found with all barriers in place; " : "AUDIT: ";
        return word + needed().size() + " of " + VerdictLine.counted(barriers().size(), "barrier") + " needed, "
                + notShown().size() + " not shown to be needed"
                + (notShown().isEmpty() ? "" : " (" + unexplained() + " of them unexplained)")
                + (untried() == 0 ? "" : ", " + untried() + " not tried") + " in "
                + VerdictLine.explored(explored);
    }

    private static ReportTable neededTable(List<AuditRow> rows) {
        List<Row> told = new ArrayList<>();
        for (AuditRow row : rows) {
            Barrier barrier = Objects.requireNonNull(row.barrier());
            FindingReport proof = Objects.requireNonNull(row.proof());
            told.add(Row.of(
                    Mark.GOOD,
                    barrier.name(),
                    kind(barrier),
                    barrier.why(),
                    proof.oracle() + "/" + proof.kind() + ": " + proof.sentence(),
                    proof.reproduce() == null ? "" : proof.reproduce(),
                    VerdictLine.grouped(row.states())));
        }
        return new ReportTable(
                "Needed",
                "With just this barrier removed, what stands beside it is found.",
                List.of("Barrier", "Kind", "What it keeps", "Found without it", "Repeat it", "Distinct states"),
                told);
    }

    private static ReportTable notShownTable(List<AuditRow> rows) {
        List<Row> told = new ArrayList<>();
        for (AuditRow row : rows) {
            Barrier barrier = Objects.requireNonNull(row.barrier());
            told.add(Row.of(
                    barrier.explanation().isEmpty() ? Mark.CAUTION : Mark.NONE,
                    barrier.name(),
                    kind(barrier),
                    barrier.why(),
                    barrier.explanation(),
                    VerdictLine.grouped(row.states())));
        }
        return new ReportTable(
                "Not shown to be needed",
                "With just this barrier removed, nothing was found within the budget, which is no proof that it is not"
                        + " needed.",
                List.of("Barrier", "Kind", "What it keeps", "Explanation", "Distinct states"),
                told);
    }

    private static String kind(Barrier barrier) {
        return barrier.kind().name().toLowerCase(Locale.ROOT);
    }
}
