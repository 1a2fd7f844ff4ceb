package dev.powercut.reports.junit;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.ReportTable;
import dev.powercut.campaign.RunPart;
import dev.powercut.campaign.RunReport;
import dev.powercut.campaign.RunReport.Exploration;
import dev.powercut.campaign.RunReport.OracleLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A test suite.
 *
 * @param properties names and values, in order
 * @param output what there is to say besides, or null
 */
record Suite(
        String name,
        Map<String, String> properties,
        List<TestCase> cases,
        @Nullable String output) {

    /** How a test case came out. */
    enum Outcome {
        PASSED,
        SKIPPED,
        FAILED,
        /** The harness itself, not what it tests. */
        ERROR
    }

    /**
     * A test case.
     *
     * @param type of the failure, else empty
     * @param message one line; empty when passed
     * @param text all that there is to say; empty for nothing
     */
    record TestCase(String name, Outcome outcome, String type, String message, String text) {}

    /** The oracle that says whether a run gives the same twice: when not, the harness has failed. */
    private static final String REPEATS = "same-seed-same-run";

    /** The suites of a report, at least one. */
    static List<Suite> of(RunReport report) {
        List<Suite> suites = new ArrayList<>();
        if (report.parts().isEmpty()) {
            suites.add(exploration("run", report, null));
        }
        for (RunPart part : report.parts()) {
            suites.add(exploration(part.name(), report, part));
        }
        for (ReportTable table : report.tables()) {
            suites.add(table(table));
        }
        return suites;
    }

    long count(Outcome outcome) {
        return cases.stream().filter(one -> one.outcome == outcome).count();
    }

    private static Suite exploration(String name, RunReport report, @Nullable RunPart part) {
        Exploration did = part == null ? report.exploration() : part.exploration();
        String incomplete = part == null ? report.incomplete() : part.incomplete();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("reproduce", part == null ? report.reproduce() : part.reproduce());
        properties.put("workloads", Long.toString(did.workloads()));
        properties.put("crashStates", Long.toString(did.crashStates()));
        properties.put("distinctStates", Long.toString(did.distinctStates()));
        properties.put("traceHash", did.traceHash());
        List<TestCase> cases = new ArrayList<>();
        for (OracleLine oracle : did.oracles()) {
            cases.add(testCase(oracle, findings(report, part, oracle.name())));
        }
        String title = part == null ? report.title() : part.title();
        String output = title + ": " + did.coverage() + (incomplete == null ? "" : "\nincomplete: " + incomplete);
        return new Suite(name, properties, cases, output);
    }

    private static List<FindingReport> findings(RunReport report, @Nullable RunPart part, String oracle) {
        List<FindingReport> findings = part == null
                ? report.findings()
                : part.findings().stream().map(report.findings()::get).toList();
        return findings.stream()
                .filter(finding -> finding.oracle().equals(oracle))
                .toList();
    }

    private static TestCase testCase(OracleLine oracle, List<FindingReport> findings) {
        List<FindingReport> failing =
                findings.stream().filter(finding -> !finding.advisory()).toList();
        String text = String.join("\n\n", findings.stream().map(Suite::text).toList());
        if (!failing.isEmpty()) {
            FindingReport first = failing.getFirst();
            String more = failing.size() == 1 ? "" : " (and " + (failing.size() - 1) + " more)";
            Outcome outcome = oracle.name().equals(REPEATS) ? Outcome.ERROR : Outcome.FAILED;
            return new TestCase(oracle.name(), outcome, first.kind(), first.sentence() + more, text);
        }
        if (oracle.judged() == 0) {
            return new TestCase(oracle.name(), Outcome.SKIPPED, "", "it had nothing to judge", text);
        }
        return new TestCase(oracle.name(), Outcome.PASSED, "", "", text);
    }

    private static String text(FindingReport finding) {
        StringBuilder text = new StringBuilder(finding.oracle() + "/" + finding.kind());
        text.append(finding.advisory() ? " (" + finding.grade().words() + ")\n" : "\n")
                .append(finding.sentence());
        text.append("\npromise: ").append(finding.promise());
        text.append("\ncut: ").append(finding.cut());
        text.append("\nfingerprint: ").append(finding.fingerprint());
        if (finding.reproduce() != null) {
            text.append("\nreproduce: ").append(finding.reproduce());
        }
        return text.toString();
    }

    private static Suite table(ReportTable table) {
        List<TestCase> cases = new ArrayList<>();
        for (ReportTable.Row row : table.rows()) {
            if (row.mark() != ReportTable.Mark.NONE) {
                cases.add(testCase(table, row));
            }
        }
        return new Suite(table.title(), Map.of(), cases, table.text().isEmpty() ? null : table.text());
    }

    private static TestCase testCase(ReportTable table, ReportTable.Row row) {
        List<String> facts = new ArrayList<>();
        for (int column = 1; column < row.cells().size(); column++) {
            if (!row.cells().get(column).isEmpty()) {
                facts.add(table.columns().get(column) + ": " + row.cells().get(column));
            }
        }
        boolean failed = row.mark() == ReportTable.Mark.BAD;
        return new TestCase(
                row.cells().getFirst(),
                failed ? Outcome.FAILED : Outcome.PASSED,
                failed ? "row" : "",
                failed ? String.join("; ", facts) : "",
                String.join("\n", facts));
    }
}
