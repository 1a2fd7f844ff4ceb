package dev.powercut.campaign.cost;

import dev.powercut.campaign.ReportPlot;
import dev.powercut.campaign.ReportTable;
import dev.powercut.campaign.ReportTable.Mark;
import dev.powercut.campaign.ReportTable.Row;
import dev.powercut.campaign.RunReport;
import dev.powercut.campaign.RunReport.Exploration;
import dev.powercut.campaign.RunReport.Fact;
import dev.powercut.campaign.VerdictLine;
import dev.powercut.check.target.Measurement;
import dev.powercut.sim.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was measured.
 *
 * @param costs by workload
 * @param measured what targets measured of themselves
 */
public record CostOutcome(List<Cost> costs, List<Measured> measured, String command) {

    public CostOutcome {
        costs = List.copyOf(costs);
        measured = List.copyOf(measured);
    }

    /** What a target measured of itself. */
    public record Measured(String target, Measurement measurement, List<Measurement.Series> series) {
        public Measured {
            series = List.copyOf(series);
        }
    }

    /** The workloads, in the order in which they were measured. */
    public List<CostWorkload> workloads() {
        return costs.stream().map(Cost::workload).distinct().toList();
    }

    /** The costs of one workload. */
    public List<Cost> of(CostWorkload workload) {
        return costs.stream().filter(cost -> cost.workload() == workload).toList();
    }

    /** The last line. */
    public String verdict() {
        return "MEASURED: " + VerdictLine.counted(costs.size(), "cost") + ", "
                + VerdictLine.counted(measured.size(), "further plot") + "; trace " + trace().hex();
    }

    private Trace trace() {
        Trace trace = new Trace();
        for (Cost cost : costs) {
            trace.step(
                    cost.subject().words(), cost.disk().sectors(), cost.disk().nanos());
        }
        for (Measured each : measured) {
            for (Measurement.Series series : each.series()) {
                for (int i = 0; i < series.x().length; i++) {
                    trace.step(
                            series.name(),
                            Double.doubleToLongBits(series.x()[i]),
                            Double.doubleToLongBits(series.y()[i]));
                }
            }
        }
        return trace;
    }

    public RunReport report() {
        List<ReportTable> tables = new ArrayList<>();
        for (CostWorkload workload : workloads()) {
            tables.add(table(workload));
        }
        for (Measured each : measured) {
            tables.add(table(each));
        }
        return new RunReport(
                "what filesystems cost",
                verdict(),
                null,
                command,
                List.of(
                        new Fact("disk", "64 MiB; 7,200 turns a minute, seeks of 1 to 16 ms, about 100 MiB a second"),
                        new Fact("requests", "wait for the next flush, then are served in one sweep of the head"),
                        new Fact("not counted", "reads: what these workloads read is in memory")),
                Exploration.NONE,
                List.of(),
                0,
                List.of(),
                tables);
    }

    private ReportTable table(CostWorkload workload) {
        List<Cost> rows = of(workload);
        return new ReportTable(
                "Cost: " + workload.words(),
                "What was done: " + workload.text()
                        + ". Amplification: bytes on the disk for each byte of the user. The plots show where the head"
                        + " writes as time goes on: a slope is one long write, a cloud is seeks.",
                List.of(
                        "Filesystem",
                        "Writes",
                        "Sectors",
                        "Amplification",
                        "Flushes",
                        "Seeks",
                        "Milliseconds",
                        "User's MiB/s"),
                rows.stream().map(CostOutcome::row).toList(),
                new ReportPlot(
                        "milliseconds since the beginning",
                        "MiB from the disk's beginning",
                        ReportPlot.Style.SCATTER_EACH,
                        rows.stream().map(Cost::head).toList()));
    }

    private static Row row(Cost cost) {
        return Row.of(
                Mark.NONE,
                cost.subject().words(),
                VerdictLine.grouped(cost.disk().requests()),
                VerdictLine.grouped(cost.disk().sectors()),
                String.format(Locale.ROOT, "%.2f", cost.amplification()),
                VerdictLine.grouped(cost.disk().flushes()),
                VerdictLine.grouped(cost.disk().seeks()),
                VerdictLine.grouped(Math.round(cost.millis())),
                String.format(Locale.ROOT, "%.2f", cost.mebibytesPerSecond()));
    }

    private static ReportTable table(Measured each) {
        Measurement measurement = each.measurement();
        List<String> columns = new ArrayList<>(List.of("Series"));
        List<Row> rows = new ArrayList<>();
        double[] x = each.series().getFirst().x();
        for (double value : x) {
            columns.add(number(value));
        }
        for (Measurement.Series series : each.series()) {
            List<String> cells = new ArrayList<>(List.of(series.name()));
            for (int i = 0; i < x.length; i++) {
                cells.add(i < series.y().length ? number(series.y()[i]) : "");
            }
            rows.add(new Row(Mark.NONE, cells));
        }
        return new ReportTable(
                each.target() + ": " + measurement.title(),
                measurement.text() + " Columns: " + measurement.xLabel() + "; cells: " + measurement.yLabel() + ".",
                columns,
                rows,
                new ReportPlot(measurement.xLabel(), measurement.yLabel(), ReportPlot.Style.LINES, each.series()));
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? VerdictLine.grouped((long) value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
