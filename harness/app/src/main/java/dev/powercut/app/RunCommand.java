package dev.powercut.app;

import dev.powercut.campaign.Campaign;
import dev.powercut.campaign.CommandLines;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.ReportFiles;
import dev.powercut.campaign.ReportFormat;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunConfiguration.Judging;
import dev.powercut.campaign.RunOutcome;
import dev.powercut.campaign.Summary;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.concurrent.ConcurrentConfiguration;
import dev.powercut.check.target.FileSystemTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code powercut run}: one target, one seed or several, all crash states. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Runs a workload on a target, cuts the power at every position of its write log, recovers, and judges.",
        footer = {
            "",
            "Examples: powercut run --target ${example.target} --seed 1",
            "          powercut run --target ${example.target} --seeds 1..20 --defect list",
            "          powercut run --target ${example.target} --workload ace --length 2 --shard 3/16",
            "          powercut run --target ${example.target} --processes 3 --seeds 1..10 --schedules 100",
            "          powercut run --target ${example.target} --workload script:FILE, where FILE holds for example",
            "            # what stands before 'start' is on the disk when the power may fail for the first time",
            "            creat /a 0644",
            "            start",
            "            append /a 4K",
            "            fsync /a",
            "            rename /a \"/a name with spaces\"",
        })
final class RunCommand implements Callable<Integer>, UserErrors.WritesReports, UserErrors.Shows {

    private static final int FINDINGS_MADE_SMALL = 8;

    @ParentCommand
    private @Nullable Powercut powercut;

    @Mixin
    private RunOptions options = new RunOptions();

    @Mixin
    private AceOptions ace = new AceOptions();

    @Mixin
    private ConcurrentOptions concurrent = new ConcurrentOptions();

    @Option(
            names = "--seeds",
            paramLabel = "A..B",
            description = "Several seeds, one run each, such as 1..20 or 1,5,9.")
    private @Nullable String seeds;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "How many runs at a time (default: one for each processor). Results do not depend on it.")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Option(
            names = "--minimize",
            paramLabel = "N",
            description = "Make at most N findings small (default " + FINDINGS_MADE_SMALL + "); 0 for none.")
    private int minimize = FINDINGS_MADE_SMALL;

    @Option(names = "--no-minimize", description = "Leave findings as they are found.")
    private boolean leaveAsFound;

    @Option(
            names = "--export",
            paramLabel = "DIR",
            description =
                    "Write the crash state of each finding as a base image and a dm-log-writes log that ends in it,"
                            + " for replay-log and the tools of others.")
    private @Nullable Path export;

    private @Nullable Path folder;

    @Override
    public Integer call() {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        String seedText = seedText();
        List<Long> seedList = SeedList.parse(seedText);
        FileSystemTarget target = options.target();
        if (options.listsDefects()) {
            DefectsCommand.print(terminal.out(), target);
            DefectsCommand.printLocking(terminal.out());
            return ExitCodes.NOTHING_FOUND;
        }
        if (workers < 1) {
            throw new UsageException("--workers " + workers + " is not at least 1");
        }
        if (minimize < 0) {
            throw new UsageException("--minimize " + minimize + " is negative");
        }
        boolean enumerates = options.workload().equals(RunConfiguration.ACE);
        if (export != null && (enumerates || concurrent.areWanted())) {
            throw new UsageException("--export does not go with " + (enumerates ? "--workload ace" : "--processes")
                    + "; it writes what one generated or scripted workload leaves");
        }
        if (concurrent.areWanted()) {
            return runConcurrently(terminal, target, seedText);
        }
        if (!enumerates) {
            ace.refuse(options.workload());
        } else if (ace.counts()) {
            new AceCount(terminal.out()).show(ace.range());
            return ExitCodes.NOTHING_FOUND;
        }
        RunConfiguration configuration = options.configuration(seedList.getFirst(), seedList.size());
        List<ReportFormat> reportFormats = reports.formats();
        if (enumerates) {
            if (seeds != null || options.seed() != null) {
                throw new UsageException("--workload ace takes no seed: it draws no choices");
            }
            AceSession session = new AceSession(terminal, target, configuration, ace.range());
            folder = OutputFolder.of(options.out(), session.named(), seedText);
            return session.run(workers, leaveAsFound ? 0 : minimize, reportFormats, folder);
        }
        Campaign campaign = new Campaign(configuration, target, Installed.oracles(), workers);
        campaign.validate();
        folder = OutputFolder.of(options.out(), configuration, seedText);
        try (Interruption interruption = new Interruption()) {
            OutputFolder.prepare(folder);
            OutputFolder.removeFindings(folder);
            List<RunOutcome> outcomes;
            try (Progress progress =
                    new Progress(terminal, interruption.watching(terminal, reportFormats, folder), seedList.size())) {
                outcomes = campaign.run(seedList, progress);
            }
            // What an interrupted campaign has to show is what its first runs found: these are what to repeat.
            boolean interrupted = interruption.isStopped();
            String seedsRun = interrupted ? SeedList.text(seedsOf(outcomes)) : seedText;
            int exitCode = conclude(terminal, target, outcomes, seedsRun, reportFormats, interruption, interrupted);
            if (export != null) {
                new Export(export, terminal.out(), configuration.judge() == Judging.ALL).write(outcomes);
            }
            return exitCode;
        }
    }

    private int runConcurrently(Terminal terminal, FileSystemTarget target, String seedText) {
        ace.refuse(options.workload());
        ConcurrentConfiguration configuration = options.concurrent(concurrent);
        String name = OutputFolder.of(options.out(), options.configuration(1, 1), seedText)
                + (options.out() == null ? "-processes" + concurrent.processes() : "");
        folder = Path.of(name);
        return new ConcurrentSession(terminal)
                .run(target, configuration, seedText, reports.formats(), folder, leaveAsFound ? 0 : minimize);
    }

    private String seedText() {
        if (seeds != null && options.seed() != null) {
            throw new UsageException("give --seed or --seeds, not both");
        }
        return seeds != null ? seeds : Objects.requireNonNullElse(options.seed(), "1");
    }

    private static List<Long> seedsOf(List<RunOutcome> outcomes) {
        return outcomes.stream().map(outcome -> outcome.configuration().seed()).toList();
    }

    private int conclude(
            Terminal terminal,
            FileSystemTarget target,
            List<RunOutcome> outcomes,
            String seedText,
            List<ReportFormat> reportFormats,
            Interruption interruption,
            boolean interrupted) {
        if (outcomes.isEmpty()) {
            terminal.err().println("interrupted before the first run had begun");
            return ExitCodes.INTERRUPTED;
        }
        String command = CommandLines.runs(
                outcomes.getFirst().configuration(), seedText, outcomes.size(), target.externalJudge());
        Summary found = Summary.of(outcomes, target, seedText, interrupted, command);
        Path out = Objects.requireNonNull(folder);
        MadeSmall small = new MadeSmall(minimize, workers, out, interruption.hangs());
        Summary summary = leaveAsFound || interrupted || minimize == 0
                ? found
                : found.withFindings(small.of(outcomes, found.report().findings(), interruption::isStopped), false);
        ReportFiles.writeAndShow(
                summary.report(), reportFormats, out, files -> new Screen(terminal).show(summary, out, files));
        small.requireSaved();
        if (summary.nondeterminism() != null) {
            return ExitCodes.HARNESS_FAILED;
        }
        if (interrupted) {
            return ExitCodes.INTERRUPTED;
        }
        return summary.report().failing() == 0 ? ExitCodes.NOTHING_FOUND : ExitCodes.FINDINGS;
    }

    @Override
    public boolean onlyShows() {
        return options.listsDefects() || ace.counts();
    }

    @Override
    public @Nullable Path reportFolder() {
        return folder;
    }
}
