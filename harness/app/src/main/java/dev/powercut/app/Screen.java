package dev.powercut.app;

import dev.powercut.campaign.CommandLines;
import dev.powercut.campaign.Coverage;
import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.RunReport;
import dev.powercut.campaign.RunReport.Exploration;
import dev.powercut.campaign.RunReport.Fact;
import dev.powercut.campaign.RunReport.OracleLine;
import dev.powercut.campaign.SmallFinding;
import dev.powercut.campaign.Summary;
import dev.powercut.campaign.VerdictLine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Shows what came of a run on one screen. */
final class Screen {

    private static final int WIDTH = 100;
    private static final int LABEL_WIDTH = 12;
    private static final int FINDINGS_SHOWN = 5;

    /** So many crash states to an image ask for an explanation. */
    private static final long ALIKE = 10;

    private final Terminal terminal;
    private final PrintWriter out;

    Screen(Terminal terminal) {
        this.terminal = terminal;
        this.out = terminal.out();
    }

    /**
     * Shows it.
     *
     * @param folder where the cases of findings lie
     * @param files the reports written
     */
    void show(Summary summary, Path folder, List<Path> files) {
        RunReport report = summary.report();
        out.println(terminal.strong(report.title()));
        out.println();
        facts(report);
        counts(summary);
        out.println();
        oracles(report.exploration(), summary.judgeNote());
        findings(report, folder);
        out.println();
        for (Path file : files) {
            labelled("report", file.toString());
        }
        labelled("reproduce", report.reproduce());
        if (report.incomplete() != null) {
            out.println(terminal.warning(report.incomplete()));
        }
        out.println(verdict(report));
        out.flush();
    }

    private void facts(RunReport report) {
        for (Fact fact : report.facts()) {
            if (!List.of("seed", "guarantees", "external judge").contains(fact.name())) {
                labelled(fact.name(), fact.value());
            }
        }
    }

    private void counts(Summary summary) {
        Exploration did = summary.report().exploration();
        labelled(
                "operations",
                grouped(did.operations()) + perWorkload(did) + ": " + VerdictLine.counted(did.writes(), "write")
                        + " of "
                        + VerdictLine.counted(did.sectorsWritten(), "sector") + ", "
                        + VerdictLine.counted(did.flushes(), "flush", "flushes")
                        + " ("
                        + ratio(did.flushes(), did.operations()) + " per operation)");
        labelled(
                "power cut",
                "at " + VerdictLine.counted(summary.positions(), "position") + ": "
                        + VerdictLine.counted(did.crashStates(), "crash state") + ", "
                        + grouped(did.distinctStates()) + " distinct"
                        + (did.coverages().size() == 1 ? "; " + did.coverage() : ""));
        coverage(did.coverages());
        if (!did.sharing().isEmpty()) {
            labelled("pruning", did.sharing());
        }
    }

    /** Each crash model by itself, and what became of the largest epochs: all their states, or a sample. */
    private void coverage(List<Coverage> models) {
        boolean several = models.size() > 1;
        boolean oftenAlike = false;
        for (Coverage model : models) {
            oftenAlike |= model.states() >= ALIKE * model.images();
            if (several) {
                labelled(
                        "  " + model.model(),
                        VerdictLine.counted(model.states(), "crash state") + ", " + grouped(model.examined())
                                + " distinct; " + model.words());
            }
            if (!model.keepsOrder() && !model.told().isEmpty()) {
                labelled(several ? "" : "  epochs", model.epochsTold());
            }
        }
        if (oftenAlike) {
            labelled(
                    "  distinct",
                    terminal.faint("what several positions or losses leave alike is recovered once, and judged at"
                            + " each position"));
        }
    }

    private static String perWorkload(Exploration did) {
        return did.workloads() == 1 ? "" : " in " + grouped(did.workloads()) + " workloads";
    }

    private void oracles(Exploration did, String judgeNote) {
        int width = 0;
        for (OracleLine oracle : did.oracles()) {
            width = Math.max(width, oracle.name().length());
        }
        boolean judged = false;
        for (OracleLine oracle : did.oracles()) {
            String mark = oracle.judged() == 0
                    ? terminal.dash()
                    : oracle.violations() == 0 ? terminal.tick() : terminal.cross();
            String count = oracle.violations() == 0
                    ? grouped(oracle.judged())
                    : grouped(oracle.violations()) + " of " + grouped(oracle.judged());
            boolean external = oracle.name().equals("external-judge");
            judged |= external;
            String note = external && !judgeNote.isEmpty() ? " (" + judgeNote + ")" : "";
            out.println("  " + mark + " " + Lines.padded(oracle.name(), width) + "  "
                    + terminal.faint(oracle.claim() + note) + "  " + count);
        }
        if (!judged && !judgeNote.isEmpty()) {
            out.println("  " + terminal.dash() + " " + Lines.padded("external-judge", width) + "  "
                    + terminal.faint(judgeNote));
        }
    }

    private void findings(RunReport report, Path folder) {
        int number = 0;
        for (FindingReport finding : report.findings()) {
            if (number == FINDINGS_SHOWN) {
                break;
            }
            number++;
            out.println();
            String heading = "finding " + number + ": " + finding.oracle() + "/" + finding.kind();
            out.println((finding.advisory() ? terminal.warning(heading) : terminal.bad(heading))
                    + terminal.faint("  " + finding.grade().words() + ", in " + grouped(finding.occurrences())
                            + (finding.occurrences() == 1 ? " crash state" : " crash states")));
            wrapped("  ", finding.sentence());
            wrapped("  ", finding.cut());
            SmallFinding small = finding.small();
            if (small != null) {
                small(small, folder);
            }
            if (finding.reproduce() != null && !finding.reproduce().equals(report.reproduce())) {
                out.println("  reproduce: " + finding.reproduce());
            }
        }
        long more = report.findings().size() + report.findingsOmitted() - number;
        if (more > 0) {
            out.println();
            out.println(more(report, number, more));
        }
    }

    /** Which findings are not here, and where they are. */
    private static String more(RunReport report, int shown, long more) {
        String all = "and " + VerdictLine.counted(more, "more finding") + ": ";
        long told = report.findings().size() - shown;
        if (report.findingsOmitted() == 0) {
            return all + "the report tells " + (more == 1 ? "it" : "all of them");
        }
        return all + (told == 0 ? "" : "the report tells " + grouped(told) + ", ") + grouped(report.findingsOmitted())
                + (told == 0 ? " of them" : "") + " only counted (the gravest "
                + grouped(report.findings().size()) + " are told; --crash MODEL tells more of one model)";
    }

    private void small(SmallFinding small, Path folder) {
        out.println("  made small: " + VerdictLine.counted(small.operations(), "operation") + ", "
                + VerdictLine.counted(small.omittedWrites(), "lost write") + " (" + small.shape() + ")");
        new StoryScreen(terminal).show(small, "    ");
        if (small.folder() != null) {
            out.println("    replay: harness/powercut replay "
                    + CommandLines.quoted(folder.resolve(small.folder()).toString()));
        }
    }

    private String verdict(RunReport report) {
        if (report.incomplete() != null) {
            return terminal.warning(report.verdict());
        }
        if (report.failing() > 0) {
            return terminal.bad(report.verdict());
        }
        return report.findings().isEmpty() ? terminal.good(report.verdict()) : terminal.warning(report.verdict());
    }

    private void labelled(String label, String text) {
        out.println("  " + terminal.faint(Lines.padded(label, LABEL_WIDTH)) + "  " + text);
    }

    private void wrapped(String indent, String text) {
        for (String line : Lines.wrap(text, WIDTH - indent.length())) {
            out.println(indent + line);
        }
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String ratio(long numerator, long denominator) {
        return denominator == 0 ? "-" : String.format(Locale.ROOT, "%.2f", (double) numerator / denominator);
    }
}
