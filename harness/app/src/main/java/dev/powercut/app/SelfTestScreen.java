package dev.powercut.app;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.RunReport;
import dev.powercut.campaign.VerdictLine;
import dev.powercut.campaign.selftest.CorrectRow;
import dev.powercut.campaign.selftest.DefectRow;
import dev.powercut.campaign.selftest.SelfTestOutcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Shows a self-test: a line for each defect, and one for each configuration of a correct filesystem. */
final class SelfTestScreen {

    private final Terminal terminal;
    private final PrintWriter out;

    SelfTestScreen(Terminal terminal) {
        this.terminal = terminal;
        this.out = terminal.out();
    }

    void show(SelfTestOutcome outcome, List<Path> files) {
        RunReport report = outcome.report();
        int name = 6;
        int crash = 5;
        int found = 8;
        for (DefectRow row : outcome.defects()) {
            name = Math.max(name, name(row).length());
            crash = Math.max(crash, crash(row).length());
            found = Math.max(found, row.foundBy().length());
        }
        out.println(terminal.faint("    " + Lines.padded("defect", name) + "  " + Lines.padded("crash", crash) + "  "
                + Lines.padded("found by", found) + "  times   states  CPU s"));
        for (DefectRow row : outcome.defects()) {
            String mark = row.isMissed() ? terminal.cross() : terminal.tick();
            out.println("  " + mark + " " + Lines.padded(name(row), name) + "  " + Lines.padded(crash(row), crash)
                    + "  "
                    + Lines.padded(row.isMissed() ? "MISSED" : row.foundBy(), found) + "  "
                    + String.format(
                            "%5s", row.timesFound() + "/" + row.attempts().size())
                    + (row.isMissed()
                            ? ""
                            : String.format(
                                    "  %7s  %5s",
                                    VerdictLine.grouped(row.medianStates()),
                                    SelfTestOutcome.seconds(row.medianCpuNanos()))));
        }
        out.println();
        for (CorrectRow row : outcome.correct()) {
            correct(row);
        }
        out.println();
        for (Path file : files) {
            out.println("  " + terminal.faint("report   ") + "  " + file);
        }
        out.println("  " + terminal.faint("reproduce") + "  " + report.reproduce());
        if (report.incomplete() != null) {
            out.println(terminal.warning(report.incomplete()));
        }
        out.println(outcome.isPassed() ? terminal.good(report.verdict()) : terminal.bad(report.verdict()));
        out.flush();
    }

    private static String name(DefectRow row) {
        return row.target() + " " + row.defect().name();
    }

    private static String crash(DefectRow row) {
        String options = row.defect().mountOptions();
        return row.defect().crashModel() + (options.isEmpty() ? "" : ", " + options);
    }

    private void correct(CorrectRow row) {
        String options = row.options().isEmpty() ? "" : ", " + row.options();
        out.println("  " + (row.isWrong() ? terminal.cross() : terminal.tick()) + " " + row.target() + " as it is, "
                + row.crash() + options + ": "
                + (row.isWrong() ? "FOUND SOMETHING" : "nothing found") + " in "
                + VerdictLine.counted(row.search().states(), "distinct state"));
        if (row.isWrong()) {
            FindingReport first = row.search().findings().getFirst();
            Lines.wrap(first.sentence(), 90).forEach(line -> out.println("      " + line));
            out.println("      reproduce: " + first.reproduce());
        }
    }
}
