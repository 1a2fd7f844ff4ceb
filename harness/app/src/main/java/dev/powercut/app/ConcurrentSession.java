package dev.powercut.app;

import dev.powercut.campaign.CommandLines;
import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.HangReport;
import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.ReportFiles;
import dev.powercut.campaign.ReportFormat;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunReport;
import dev.powercut.campaign.RunReport.Fact;
import dev.powercut.campaign.RunReport.OracleLine;
import dev.powercut.campaign.VerdictLine;
import dev.powercut.campaign.cases.SmallestCut;
import dev.powercut.campaign.concurrent.ConcurrentCampaign;
import dev.powercut.campaign.concurrent.ConcurrentCase;
import dev.powercut.campaign.concurrent.ConcurrentCaseFile;
import dev.powercut.campaign.concurrent.ConcurrentCaseMaker;
import dev.powercut.campaign.concurrent.ConcurrentConfiguration;
import dev.powercut.campaign.concurrent.ConcurrentFinding;
import dev.powercut.campaign.concurrent.ConcurrentReplay;
import dev.powercut.campaign.concurrent.ConcurrentReport;
import dev.powercut.campaign.concurrent.ConcurrentResult;
import dev.powercut.campaign.concurrent.ScheduleJudge;
import dev.powercut.campaign.concurrent.ScheduleResult;
import dev.powercut.check.concurrent.ConcurrentMinimiser;
import dev.powercut.check.target.FileSystemTarget;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs several processes at once, shows what came of it, and replays what was saved. */
final class ConcurrentSession {

    private final Terminal terminal;
    private final PrintWriter out;

    ConcurrentSession(Terminal terminal) {
        this.terminal = terminal;
        this.out = terminal.out();
    }

    /**
     * Runs. Returns the exit code.
     *
     * @param minimize how many findings to make small
     */
    int run(
            FileSystemTarget target,
            ConcurrentConfiguration configuration,
            String seedText,
            List<ReportFormat> formats,
            Path folder,
            int minimize) {
        ConcurrentCampaign campaign = new ConcurrentCampaign(target, configuration, Installed.oracles());
        try (Interruption interruption = new Interruption().watching(terminal, formats, folder)) {
            HangWatch watch = interruption.hangs();
            OutputFolder.prepare(folder);
            OutputFolder.removeFindings(folder);
            ConcurrentResult result = watch.around(
                    HangReport.ofCase(target.name()),
                    () -> campaign.run(SeedList.parse(seedText), () -> {
                        watch.step();
                        return interruption.isStopped();
                    }));
            ConcurrentReport report = new ConcurrentReport(target, configuration, seedText, result);
            show(report);
            List<FindingReport> findings = new ArrayList<>();
            for (int i = 0; i < result.findings().size(); i++) {
                boolean small = i < minimize && !interruption.isStopped();
                findings.add(
                        tell(target, configuration, report, result.findings().get(i), i + 1, folder, small, watch));
            }
            RunReport whole = report.of(findings);
            ReportFiles.writeAndShow(whole, formats, folder, files -> showEnd(whole, files, result));
            if (result.interrupted()) {
                return ExitCodes.INTERRUPTED;
            }
            return result.failing() == 0 ? ExitCodes.NOTHING_FOUND : ExitCodes.FINDINGS;
        }
    }

    private void show(ConcurrentReport report) {
        out.println(terminal.strong(report.title()));
        for (Fact fact : report.facts()) {
            out.println(
                    "  " + fact.name() + " ".repeat(Math.max(1, 14 - fact.name().length())) + fact.value());
        }
        for (OracleLine line : report.oracles()) {
            String mark = line.violations() == 0 ? terminal.good("✓") : terminal.bad("✗");
            String count = line.violations() == 0
                    ? VerdictLine.grouped(line.judged())
                    : VerdictLine.grouped(line.violations()) + " of " + VerdictLine.grouped(line.judged());
            out.println("  " + mark + " " + line.name()
                    + " ".repeat(Math.max(1, 24 - line.name().length())) + line.claim() + "  " + count);
        }
        out.flush();
    }

    private FindingReport tell(
            FileSystemTarget target,
            ConcurrentConfiguration configuration,
            ConcurrentReport report,
            ConcurrentFinding finding,
            int number,
            Path folder,
            boolean small,
            HangWatch watch) {
        ConcurrentCase saved = new ConcurrentCaseMaker(
                        target, Installed.oracles(), small ? ConcurrentMinimiser.DEFAULT_BUDGET : 0, watch)
                .of(configuration, finding);
        ConcurrentReplay replay = new ConcurrentReplay(saved, target, Installed.oracles());
        ConcurrentReplay.Replayed replayed = replay.run();
        List<String> story = SavedSchedules.story(
                saved, replayed, Objects.requireNonNullElse(replayed.trouble(), finding.trouble()));
        Path own = folder.resolve("finding-" + number);
        String reproduce = "harness/powercut replay " + CommandLines.quoted(own.toString());
        SavedSchedules.write(own, saved, story);
        out.println();
        out.println("finding " + number + ": " + terminal.bad(finding.trouble().kind())
                + (finding.advisory() ? "  advisory" : "") + ", in "
                + VerdictLine.counted(finding.occurrences(), "schedule") + "; first in schedule " + finding.schedule()
                + " of seed " + finding.seed());
        out.println("  made small: " + SavedSchedules.size(saved, replayed));
        for (String line : story) {
            out.println("    " + line);
        }
        out.println("  reproduce: " + reproduce);
        out.flush();
        SmallestCut cut = replayed.cut();
        List<String> recovery = cut == null ? List.of() : replay.recoveryLines(cut);
        return report.finding(finding, replayed, saved.scenario(), recovery, reproduce);
    }

    private void showEnd(RunReport report, List<Path> files, ConcurrentResult result) {
        out.println();
        for (Path file : files) {
            out.println("  report        " + file);
        }
        out.println("  reproduce     " + report.reproduce());
        out.println(result.failing() == 0 ? terminal.good(report.verdict()) : terminal.bad(report.verdict()));
        out.flush();
    }

    /** Replays a saved schedule. Returns the exit code: as of a case with one process. */
    int replay(Path path, int times, boolean trace, Interruption interruption) {
        ConcurrentCase saved = ConcurrentCaseFile.readInstalled(path);
        FileSystemTarget target = Installed.fileSystem(saved.target());
        HangWatch watch = interruption.hangs();
        RunConfiguration watched = HangReport.ofCase(saved.target());
        ScheduleJudge judge = new ScheduleJudge(saved, target, Installed.oracles(), path, watch::step);
        ScheduleResult result = watch.around(watched, judge::judge);
        ConcurrentReplay.Replayed first = result.replayed();
        if (trace) {
            first.outcome().schedule().table().forEach(out::println);
        }
        ConcurrentReplay replay = new ConcurrentReplay(saved, target, Installed.oracles());
        int done = 1;
        for (; done < times && !interruption.isStopped(); done++) {
            ConcurrentReplay.Replayed again = watch.around(watched, replay::run);
            if (!again.traceHash().equals(first.traceHash())) {
                terminal.err()
                        .println("powercut replay: not the same: the trace is " + first.traceHash()
                                + " the first time and " + again.traceHash() + " the " + (done + 1) + ". time");
                ConcurrentReplay.divergence(replay.runWithStacks(), replay.runWithStacks())
                        .forEach(terminal.err()::println);
                return ExitCodes.HARNESS_FAILED;
            }
        }
        out.println(terminal.strong(path + ": " + saved.target()
                + (saved.defect() == null ? "" : ", defect " + saved.defect()) + ", crash " + saved.crash()));
        out.println("  expected   " + saved.kind());
        if (done > 1) {
            out.println("  repeated   " + VerdictLine.grouped(done) + " times, the same each time");
        }
        showResult(saved, result);
        return interruption.isStopped() ? ExitCodes.INTERRUPTED : CaseSession.exitCode(result.outcome());
    }

    private void showResult(ConcurrentCase saved, ScheduleResult result) {
        result.divergence().forEach(line -> out.println("  " + line));
        Lines.notes(result.notes()).forEach(out::println);
        ConcurrentReplay.Replayed replayed = result.replayed();
        if (replayed.trouble() != null) {
            SavedSchedules.story(saved, replayed, replayed.trouble()).forEach(line -> out.println("  " + line));
        } else {
            Lines.wrap(result.sentence(), 96).forEach(line -> out.println("  " + line));
        }
        replayed.others().forEach(other -> out.println("  besides    " + other));
        out.println(CaseSession.verdict(terminal, result.outcome(), result.way(), replayed.traceHash()));
        out.flush();
    }
}
