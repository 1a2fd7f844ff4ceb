package dev.powercut.app;

import dev.powercut.campaign.VerdictLine;
import dev.powercut.campaign.cost.Cost;
import dev.powercut.campaign.cost.CostOutcome;
import dev.powercut.campaign.cost.CostOutcome.Measured;
import dev.powercut.campaign.cost.CostWorkload;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Shows what filesystems cost, a table for each workload. */
final class CostScreen {

    private final Terminal terminal;
    private final PrintWriter out;

    CostScreen(Terminal terminal) {
        this.terminal = terminal;
        this.out = terminal.out();
    }

    void show(CostOutcome outcome, List<Path> files) {
        int width = 20;
        for (Cost cost : outcome.costs()) {
            width = Math.max(width, cost.subject().words().length());
        }
        for (CostWorkload workload : outcome.workloads()) {
            out.println(terminal.strong(Lines.padded(workload.words(), width))
                    + terminal.faint("   writes  sectors  amplified  flushes   seeks         ms   MiB/s"));
            for (Cost cost : outcome.of(workload)) {
                out.println(Lines.padded(cost.subject().words(), width)
                        + String.format(
                                Locale.ROOT,
                                " %8s %8s %10.2f %8s %7s %10s %7.2f",
                                VerdictLine.grouped(cost.disk().requests()),
                                VerdictLine.grouped(cost.disk().sectors()),
                                cost.amplification(),
                                VerdictLine.grouped(cost.disk().flushes()),
                                VerdictLine.grouped(cost.disk().seeks()),
                                VerdictLine.grouped(cost.disk().nanos() / 1_000_000),
                                cost.mebibytesPerSecond()));
            }
            out.println();
        }
        for (Measured each : outcome.measured()) {
            out.println(
                    "  plotted     " + each.target() + ": " + each.measurement().title());
        }
        for (Path file : files) {
            out.println("  " + terminal.faint("report   ") + "  " + file);
        }
        out.println("  " + terminal.faint("reproduce") + "  " + outcome.command());
        out.println(outcome.verdict());
        out.flush();
    }
}
