package dev.powercut.app;

import dev.powercut.campaign.CommandLines;
import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.ReportTable;
import dev.powercut.campaign.ReportTable.Mark;
import dev.powercut.campaign.RunPart;
import dev.powercut.campaign.RunReport;
import dev.powercut.campaign.RunReport.OracleLine;
import dev.powercut.campaign.SmallFinding;
import dev.powercut.campaign.VerdictLine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Shows what came of a gate on one screen, however much that is: the reports tell the rest. */
final class GateScreen {

    private static final int WIDTH = 100;
    private static final int LABEL_WIDTH = 12;
    private static final int FINDINGS_SHOWN = 3;
    private static final int PARTS_SHOWN = 12;
    private static final int ROWS_SHOWN = 4;

    private final Terminal terminal;
    private final PrintWriter out;

    GateScreen(Terminal terminal) {
        this.terminal = terminal;
        this.out = terminal.out();
    }

    /** @param folder where the cases of findings lie */
    void show(RunReport report, Path folder, List<Path> files) {
        out.println(terminal.strong(report.title()));
        for (RunReport.Fact fact : report.facts()) {
            labelled(fact.name(), fact.value());
        }
        report.tables().forEach(this::table);
        parts(report);
        oracles(report);
        findings(report, folder);
        out.println();
        for (Path file : files) {
            labelled("report", file.toString());
        }
        labelled("reproduce", report.reproduce());
        if (report.incomplete() != null) {
            out.println(terminal.warning(report.incomplete()));
        }
        out.println(VerdictLine.fails(report) ? terminal.bad(report.verdict()) : verdict(report));
        out.flush();
    }

    private String verdict(RunReport report) {
        boolean calm = report.incomplete() == null && report.findings().isEmpty();
        return calm ? terminal.good(report.verdict()) : terminal.warning(report.verdict());
    }

    /** What is wrong in a table, and how much is right. */
    private void table(ReportTable table) {
        long bad = table.rows().stream().filter(row -> row.mark() == Mark.BAD).count();
        String mark = bad > 0 ? terminal.cross() : table.rows().isEmpty() ? terminal.dash() : terminal.tick();
        out.println();
        out.println("  " + mark + " " + table.title() + ": " + (table.rows().size() - bad) + " of "
                + table.rows().size() + " as expected");
        table.rows().stream()
                .filter(row -> row.mark() == Mark.BAD)
                .limit(ROWS_SHOWN)
                .forEach(row -> {
                    Lines.wrap(String.join("; ", row.cells()), WIDTH - 6).forEach(line -> out.println("      " + line));
                });
        if (bad > ROWS_SHOWN) {
            out.println("      and " + (bad - ROWS_SHOWN) + " more");
        }
    }

    private void parts(RunReport report) {
        List<RunPart> parts = report.parts();
        int width = 0;
        for (RunPart part : parts) {
            width = Math.max(width, part.name().length());
        }
        out.println();
        for (RunPart part : parts.subList(0, Math.min(parts.size(), PARTS_SHOWN))) {
            boolean isCalm = part.findings().isEmpty() && part.incomplete() == null;
            String mark = report.fails(part) ? terminal.cross() : isCalm ? terminal.tick() : terminal.dash();
            String count =
                    String.format("%7s", VerdictLine.grouped(part.exploration().distinctStates()));
            String found = part.findings().isEmpty()
                    ? ""
                    : "; " + VerdictLine.counted(part.findings().size(), "finding")
                            + (report.fails(part) ? "" : ", none that fails");
            out.println("  " + mark + " " + Lines.padded(part.name(), width) + "  " + count + " states of "
                    + VerdictLine.counted(part.exploration().workloads(), "workload")
                    + terminal.faint(": " + part.title()) + found);
        }
        if (parts.size() > PARTS_SHOWN) {
            out.println("    and " + (parts.size() - PARTS_SHOWN) + " more explorations");
        }
    }

    private void oracles(RunReport report) {
        List<OracleLine> oracles = report.exploration().oracles();
        long held = oracles.stream().filter(oracle -> oracle.violations() == 0).count();
        List<String> violated = oracles.stream()
                .filter(oracle -> oracle.violations() > 0)
                .map(OracleLine::name)
                .toList();
        String mark =
                violated.isEmpty() ? terminal.tick() : VerdictLine.fails(report) ? terminal.cross() : terminal.dash();
        out.println("  " + mark + " " + held + " of " + oracles.size() + " oracles hold"
                + (violated.isEmpty() ? "" : ", not " + String.join(", ", violated)));
    }

    private void findings(RunReport report, Path folder) {
        List<FindingReport> findings = report.findings();
        List<FindingReport> shown = findings.subList(0, Math.min(findings.size(), FINDINGS_SHOWN));
        for (int i = 0; i < shown.size(); i++) {
            FindingReport finding = shown.get(i);
            String heading = "finding " + (i + 1) + ": " + finding.oracle() + "/" + finding.kind();
            out.println();
            out.println((finding.advisory() ? terminal.warning(heading) : terminal.bad(heading))
                    + terminal.faint("  " + finding.grade().words() + ", in "
                            + VerdictLine.counted(finding.occurrences(), "crash state")));
            Lines.wrap(finding.sentence(), WIDTH - 2).forEach(line -> out.println("  " + line));
            out.println("  fingerprint: " + finding.fingerprint());
            SmallFinding small = finding.small();
            if (small != null && small.folder() != null) {
                out.println("  explain: harness/powercut explain "
                        + CommandLines.quoted(folder.resolve(small.folder()).toString()));
            }
            out.println("  reproduce: " + (finding.reproduce() == null ? report.reproduce() : finding.reproduce()));
        }
        long more = findings.size() - shown.size() + report.findingsOmitted();
        if (more > 0) {
            out.println("and " + VerdictLine.counted(more, "more finding") + " in the reports");
        }
    }

    private void labelled(String label, String text) {
        out.println("  " + terminal.faint(Lines.padded(label, LABEL_WIDTH)) + "  " + text);
    }
}
