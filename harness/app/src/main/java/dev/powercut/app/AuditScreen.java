package dev.powercut.app;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.RunReport;
import dev.powercut.campaign.VerdictLine;
import dev.powercut.campaign.audit.AuditOutcome;
import dev.powercut.campaign.audit.AuditRow;
import dev.powercut.check.target.Barrier;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Shows an audit: a line for each barrier, and why where it is not shown to be needed. */
final class AuditScreen {

    private static final int WIDTH = 110;

    private final Terminal terminal;
    private final PrintWriter out;

    AuditScreen(Terminal terminal) {
        this.terminal = terminal;
        this.out = terminal.out();
    }

    void show(AuditOutcome outcome, List<Path> files) {
        RunReport report = outcome.report();
        out.println(terminal.strong(report.title()));
        out.println();
        int width = 0;
        for (AuditRow row : outcome.rows()) {
            width = Math.max(
                    width, row.barrier() == null ? 0 : row.barrier().name().length());
        }
        for (AuditRow row : outcome.needed()) {
            needed(row, width);
        }
        if (!outcome.notShown().isEmpty()) {
            out.println();
            out.println("not shown to be needed:");
        }
        for (AuditRow row : outcome.notShown()) {
            notShown(row, width);
        }
        AuditRow all = outcome.rows().getFirst();
        out.println();
        out.println("  " + (outcome.isVoid() ? terminal.cross() : terminal.tick()) + " with all barriers: "
                + (all.proof() == null ? "nothing found" : all.proof().sentence()) + " in "
                + VerdictLine.counted(all.states(), "distinct state"));
        out.println();
        for (Path file : files) {
            out.println("  " + terminal.faint("report     ") + "  " + file);
        }
        out.println("  " + terminal.faint("reproduce  ") + "  " + report.reproduce());
        if (report.incomplete() != null) {
            out.println(terminal.warning(report.incomplete()));
        }
        boolean calm = !outcome.isVoid() && !outcome.interrupted() && outcome.unexplained() == 0;
        out.println(calm ? terminal.good(report.verdict()) : terminal.warning(report.verdict()));
        out.flush();
    }

    private void needed(AuditRow row, int width) {
        Barrier barrier = row.barrier();
        FindingReport proof = row.proof();
        if (barrier != null && proof != null) {
            out.println("  " + terminal.tick() + " " + Lines.padded(barrier.name(), width) + "  "
                    + proof.oracle() + "/" + proof.kind()
                    + terminal.faint(" after " + VerdictLine.counted(row.states(), "state")));
        }
    }

    private void notShown(AuditRow row, int width) {
        Barrier barrier = row.barrier();
        if (barrier == null) {
            return;
        }
        boolean explained = !barrier.explanation().isEmpty();
        out.println("  " + (explained ? terminal.dash() : terminal.warning("?")) + " "
                + Lines.padded(barrier.name(), width)
                + terminal.faint("  nothing in " + VerdictLine.counted(row.states(), "state") + "; it is to keep: ")
                + barrier.why());
        if (explained) {
            Lines.wrap(barrier.explanation(), WIDTH - 6).forEach(line -> out.println("      " + line));
        }
    }
}
