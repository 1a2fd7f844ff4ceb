package dev.powercut.app;

import dev.powercut.campaign.CommandLines;
import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.ReportFiles;
import dev.powercut.campaign.ReportFormat;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunMonitor;
import dev.powercut.campaign.RunReport.Fact;
import dev.powercut.campaign.Summary;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.ace.AceCampaign;
import dev.powercut.campaign.ace.AceOutcome;
import dev.powercut.campaign.ace.AceRange;
import dev.powercut.check.target.FileSystemTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Runs a part of an enumeration of workloads, shows what came of it, and says how to go on after Ctrl-C. */
final class AceSession {

    private final Terminal terminal;
    private final FileSystemTarget target;
    private final RunConfiguration configuration;
    private final AceRange range;

    AceSession(Terminal terminal, FileSystemTarget target, RunConfiguration configuration, AceRange range) {
        if (configuration.states() != RunConfiguration.ALL_STATES) {
            throw new UsageException("--states does not go with --workload ace, which examines all; give --shard");
        }
        this.terminal = terminal;
        this.target = target;
        this.configuration = configuration;
        this.range = range;
    }

    /** The run by a name that no other part has, for its folder. */
    RunConfiguration named() {
        String part = range.shard().isEmpty() ? "" : "-shard" + range.shard().replace("/", "of");
        return configuration.withWorkload(RunConfiguration.ACE + range.length() + part);
    }

    /** Runs it. Returns the exit code. */
    int run(int workers, int minimize, List<ReportFormat> formats, Path folder) {
        AceCampaign campaign = new AceCampaign(configuration, target, Installed.oracles(), range, workers);
        campaign.validate();
        try (Interruption interruption = new Interruption()) {
            OutputFolder.prepare(folder);
            OutputFolder.removeFindings(folder);
            AceOutcome outcome;
            try (Progress progress = new Progress(terminal, interruption.watching(terminal, formats, folder), 1)) {
                outcome = campaign.run(new PartMonitor(progress));
            }
            boolean interrupted = interruption.isStopped();
            MadeSmall small = new MadeSmall(interrupted ? 0 : minimize, workers, folder, interruption.hangs());
            return conclude(outcome, small, interruption::isStopped, formats, interrupted);
        }
    }

    /** Follows the part as a whole: that one of its workloads has ended says little. */
    private record PartMonitor(Progress progress) implements RunMonitor {
        @Override
        public void progressed(RunConfiguration run, int done, int total) {
            progress.progressed(run, done, total);
        }

        @Override
        public boolean isStopped() {
            return progress.isStopped();
        }

        @Override
        public HangWatch hangs() {
            return progress.hangs();
        }
    }

    private int conclude(
            AceOutcome outcome,
            MadeSmall small,
            BooleanSupplier stopped,
            List<ReportFormat> formats,
            boolean interrupted) {
        Path folder = small.folder();
        String goOn = command(outcome.next());
        if (outcome.totals().isEmpty()) {
            terminal.err().println("interrupted before the first workloads were done; to run them: " + goOn);
            return ExitCodes.INTERRUPTED;
        }
        AceRange done = new AceRange(range.length(), range.shard(), range.from(), outcome.next(), range.count());
        List<Fact> facts =
                List.of(new Fact("workloads", done.words() + ", each from a formatted disk with what it needs on it"));
        String title = target.name() + ", ace " + done.words() + ", " + configuration.crash()
                + (configuration.defect() == null ? "" : ", defect " + configuration.defect());
        Summary found =
                Summary.of(outcome.totals(), configuration, target, title, facts, interrupted, command(range.from()));
        Summary summary = small.most() == 0
                ? found
                : found.withFindings(
                        small.of(outcome.totals()::example, found.report().findings(), stopped), interrupted);
        ReportFiles.writeAndShow(
                summary.report(), formats, folder, files -> new Screen(terminal).show(summary, folder, files));
        small.requireSaved();
        if (interrupted) {
            terminal.out().println("to go on: " + goOn);
        }
        if (summary.nondeterminism() != null) {
            return ExitCodes.HARNESS_FAILED;
        }
        if (interrupted) {
            return ExitCodes.INTERRUPTED;
        }
        return summary.report().failing() == 0 ? ExitCodes.NOTHING_FOUND : ExitCodes.FINDINGS;
    }

    private String command(long from) {
        return CommandLines.enumeration(configuration, range.options(from), target.externalJudge());
    }
}
