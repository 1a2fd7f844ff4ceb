package dev.powercut.campaign.selftest;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.ReportTable;
import dev.powercut.campaign.ReportTable.Mark;
import dev.powercut.campaign.ReportTable.Row;
import dev.powercut.campaign.RunReport;
import dev.powercut.campaign.RunReport.Exploration;
import dev.powercut.campaign.RunReport.Fact;
import dev.powercut.campaign.Summary;
import dev.powercut.campaign.VerdictLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What came of a self-test. */
public record SelfTestOutcome(
        Effort effort, List<DefectRow> defects, List<CorrectRow> correct, String command, boolean interrupted) {

    public SelfTestOutcome {
        defects = List.copyOf(defects);
        correct = List.copyOf(correct);
    }

    public long missed() {
        return defects.stream().filter(DefectRow::isMissed).count();
    }

    public long falseAlarms() {
        return correct.stream().filter(CorrectRow::isWrong).count();
    }

    /** Whether the harness does what it should. */
    public boolean isPassed() {
        return missed() == 0 && falseAlarms() == 0;
    }

    /** The report: both tables, and as findings what was found where nothing is wrong. */
    public RunReport report() {
        Exploration explored = null;
        List<FindingReport> findings = new ArrayList<>();
        for (CorrectRow row : correct) {
            if (row.search().explored() != null) {
                explored = explored == null
                        ? row.search().explored()
                        : Summary.sum(explored, row.search().explored());
            }
            findings.addAll(row.search().findings());
        }
        return new RunReport(
                "self-test",
                verdict(),
                interrupted ? "interrupted: not every defect has been sought" : null,
                command,
                List.of(
                        new Fact(
                                "searches",
                                VerdictLine.counted(effort.searches(), "search", "searches") + " for each defect"),
                        new Fact(
                                "given up",
                                "after " + VerdictLine.counted(effort.searchStates(), "distinct state")
                                        + " of one search")),
                explored == null ? Exploration.NONE : explored,
                findings,
                0,
                List.of(),
                List.of(defectTable(), correctTable()));
    }

    private String verdict() {
        long found = defects.stream().filter(row -> !row.isMissed()).count();
        long states = correct.stream().mapToLong(row -> row.search().states()).sum();
        String word = interrupted ? "INTERRUPTED, " : isPassed() ? "PASS: " : "FAIL: ";
        return word + found + " of " + VerdictLine.counted(defects.size(), "planted defect") + " found, "
                + (falseAlarms() == 0 ? "nothing" : VerdictLine.counted(falseAlarms(), "false alarm"))
                + " in " + VerdictLine.counted(states, "distinct state") + " of correct filesystems";
    }

    private ReportTable defectTable() {
        List<Row> rows = new ArrayList<>();
        for (DefectRow row : defects) {
            Mark mark = row.isMissed()
                    ? interrupted ? Mark.NONE : Mark.BAD
                    : row.timesFound() < row.attempts().size() ? Mark.CAUTION : Mark.GOOD;
            rows.add(Row.of(
                    mark,
                    row.target() + " " + row.defect().name(),
                    row.defect().summary(),
                    row.defect().crashModel(),
                    row.defect().mountOptions(),
                    row.foundBy(),
                    row.attempts().isEmpty()
                            ? "not sought"
                            : row.timesFound() + " of " + row.attempts().size(),
                    row.isMissed() ? "" : VerdictLine.grouped(row.medianStates()),
                    row.isMissed() ? "" : seconds(row.medianCpuNanos())));
        }
        return new ReportTable(
                "Planted defects",
                "Each was sought with several seeds. States and processor time until it was found are medians, those"
                        + " of the whole run that found it included.",
                List.of(
                        "Defect",
                        "What it does",
                        "Crash model",
                        "Mount options",
                        "Found by",
                        "Found",
                        "Distinct states",
                        "CPU seconds"),
                rows);
    }

    private ReportTable correctTable() {
        List<Row> rows = new ArrayList<>();
        for (CorrectRow row : correct) {
            boolean untried = interrupted && row.search().states() == 0;
            rows.add(Row.of(
                    row.isWrong() ? Mark.BAD : untried ? Mark.NONE : Mark.GOOD,
                    row.target() + ", " + row.crash() + (row.options().isEmpty() ? "" : ", " + row.options()),
                    VerdictLine.grouped(row.search().states()),
                    row.isWrong()
                            ? "a false alarm, or a defect that nobody planted"
                            : untried ? "not looked at" : "nothing"));
        }
        return new ReportTable(
                "Correct filesystems",
                "The same configurations without a planted defect; advisories do not count.",
                List.of("Configuration", "Distinct states", "Found"),
                rows);
    }

    /** Processor time as people read it. */
    public static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1e9);
    }
}
