package dev.powercut.reports.sarif;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.FindingReport.LogLine;
import dev.powercut.campaign.FindingReport.OperationLine;
import dev.powercut.campaign.ReportTable;
import dev.powercut.campaign.RunReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report as the objects of a SARIF log, section by section of the standard (SARIF 2.1.0, OASIS, 27 March 2020). */
final class SarifLog {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

    /** A longer workload is told from its end. */
    private static final int MOST_STEPS = 250;

    private final RunReport report;

    /** Rules by identifier, in the order of their index. */
    private final Map<String, Map<String, Object>> rules = new LinkedHashMap<>();

    SarifLog(RunReport report) {
        this.report = report;
    }

    /** 3.13 sarifLog. */
    Map<String, Object> document() {
        for (RunReport.OracleLine oracle : report.exploration().oracles()) {
            rule(oracle.name(), oracle.claim());
        }
        List<Object> results = results();
        return object("$schema", SCHEMA, "version", "2.1.0", "runs", List.of(run(results)));
    }

    /** 3.14 run. */
    private Map<String, Object> run(List<Object> results) {
        Map<String, Object> driver = object("name", "Powercut", "rules", List.copyOf(rules.values()));
        Map<String, Object> invocation =
                object("executionSuccessful", report.incomplete() == null, "commandLine", report.reproduce());
        if (report.incomplete() != null) {
            invocation.put(
                    "toolExecutionNotifications",
                    List.of(object("level", "warning", "message", text(report.incomplete()))));
        }
        Map<String, Object> properties = object(
                "verdict", report.verdict(), "traceHash", report.exploration().traceHash());
        return object(
                "tool",
                object("driver", driver),
                "automationDetails",
                object("id", "powercut/" + report.title().replaceAll("[^A-Za-z0-9._-]+", "-") + "/"),
                "invocations",
                List.of(invocation),
                "columnKind",
                "utf16CodeUnits",
                "results",
                results,
                "properties",
                properties);
    }

    private List<Object> results() {
        List<Object> results = new ArrayList<>();
        for (FindingReport finding : report.findings()) {
            results.add(result(finding));
        }
        for (ReportTable table : report.tables()) {
            for (ReportTable.Row row : table.rows()) {
                if (row.mark() == ReportTable.Mark.BAD) {
                    results.add(result(table, row));
                }
            }
        }
        return results;
    }

    /** 3.27 result. */
    private Map<String, Object> result(FindingReport finding) {
        Map<String, Object> result = object(
                "ruleId",
                finding.oracle(),
                "ruleIndex",
                rule(finding.oracle(), finding.promise()),
                "level",
                finding.advisory() ? "note" : "error",
                "message",
                text(finding.sentence() + "\n\nPower cut: " + finding.cut() + "\n\nReproduce: " + reproduce(finding)),
                "locations",
                List.of(location(finding)),
                "partialFingerprints",
                object("powercut/v1", finding.fingerprint()),
                "occurrenceCount",
                Math.clamp(finding.occurrences(), 1, Integer.MAX_VALUE));
        List<Object> steps = steps(finding.operations());
        if (!steps.isEmpty()) {
            result.put("codeFlows", List.of(object("threadFlows", List.of(object("locations", steps)))));
        }
        result.put(
                "properties",
                object("kind", finding.kind(), "promise", finding.promise(), "reproduce", reproduce(finding)));
        return result;
    }

    private String reproduce(FindingReport finding) {
        return finding.reproduce() == null ? report.reproduce() : finding.reproduce();
    }

    private Map<String, Object> result(ReportTable table, ReportTable.Row row) {
        StringBuilder words = new StringBuilder(row.cells().getFirst());
        for (int column = 1; column < row.cells().size(); column++) {
            if (!row.cells().get(column).isEmpty()) {
                words.append("; ").append(table.columns().get(column)).append(": ");
                words.append(row.cells().get(column));
            }
        }
        String id = "table/" + table.title();
        return object(
                "ruleId",
                id,
                "ruleIndex",
                rule(id, table.text().isEmpty() ? table.title() : table.text()),
                "level",
                "error",
                "message",
                text(words.toString()),
                "partialFingerprints",
                object("powercut/v1", id + "/" + row.cells().getFirst()));
    }

    /** 3.28 location: the site at which the missing write was caused, else what is under test. */
    private Map<String, Object> location(FindingReport finding) {
        String name = "storage";
        @Nullable Long missing = finding.log().missingSequence();
        for (LogLine line : finding.log().lines()) {
            if (missing != null && line.sequence() == missing && !line.causes().isEmpty()) {
                name = line.causes().getLast().site();
            }
        }
        return object("logicalLocations", List.of(object("fullyQualifiedName", name, "kind", "function")));
    }

    /** 3.38 threadFlowLocation: the operations that had begun when the power failed. */
    private static List<Object> steps(List<OperationLine> operations) {
        List<Object> steps = new ArrayList<>();
        List<OperationLine> begun = operations.stream()
                .filter(operation -> operation.state() != OperationLine.State.NOT_STARTED)
                .toList();
        for (OperationLine operation : begun.subList(Math.max(0, begun.size() - MOST_STEPS), begun.size())) {
            boolean inFlight = operation.state() == OperationLine.State.IN_FLIGHT;
            String words = operation.number() + ": " + operation.text()
                    + (inFlight ? " (under way when the power failed)" : "");
            steps.add(object(
                    "location", object("message", text(words)), "importance", inFlight ? "essential" : "important"));
        }
        return steps;
    }

    /** 3.49 reportingDescriptor. Returns its index. */
    private int rule(String id, String claim) {
        rules.computeIfAbsent(
                id, key -> object("id", key, "name", key, "shortDescription", text(claim.isEmpty() ? key : claim)));
        return List.copyOf(rules.keySet()).indexOf(id);
    }

    private static Map<String, Object> text(String words) {
        return object("text", words.isEmpty() ? "-" : words);
    }

    private static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return object;
    }
}
