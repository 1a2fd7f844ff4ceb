package dev.powercut.app;

import dev.powercut.campaign.CommandLines;
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
    int run(int workers, List<ReportFormat> formats, Path folder) {
        AceCampaign campaign = new AceCampaign(configuration, target, Installed.oracles(), range, workers);
        campaign.validate();
        try (Interruption interruption = new Interruption()) {
            OutputFolder.prepare(folder);
            AceOutcome outcome;
            try (Progress progress = new Progress(terminal, interruption, 1)) {
                outcome = campaign.run(new PartMonitor(progress));
            }
            return conclude(outcome, formats, folder, interruption.isStopped());
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
    }

    private int conclude(AceOutcome outcome, List<ReportFormat> formats, Path folder, boolean interrupted) {
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
        Summary summary =
                Summary.of(outcome.totals(), configuration, target, title, facts, interrupted, command(range.from()));
        ReportFiles.writeAndShow(
                summary.report(), formats, folder, files -> new Screen(terminal).show(summary, folder, files));
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
