package dev.powercut.app;

import dev.powercut.campaign.CommandLines;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunOutcome;
import dev.powercut.campaign.Summary;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.cases.CaseFile;
import dev.powercut.campaign.cases.CaseReplay;
import dev.powercut.check.target.FileSystemTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code powercut replay}: the same run again, several times if wanted, each of which must give the same hash. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Repeats a case or a run exactly, and fails when it does not come out the same each time.",
            "Exit codes: 0 nothing shows, 1 a finding shows, 2 the case is stale (the target no longer writes what",
            "it recorded, and the finding shows nowhere) or cannot be read, 3 not the same each time."
        },
        footer = {
            "",
            "Examples: powercut replay reports/runs/RUN/finding-1 --times 100",
            "          powercut replay --target ${example.target} --seed 7 --times 3"
        })
final class ReplayCommand implements Callable<Integer>, UserErrors.Shows {

    @ParentCommand
    private @Nullable Powercut powercut;

    @Parameters(
            arity = "0..1",
            paramLabel = "CASE",
            description = "A case file, or a folder with one; else say with options which run.")
    private @Nullable Path path;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--times", paramLabel = "N", description = "How often (default 1).")
    private int times = 1;

    @Option(
            names = "--trace",
            description =
                    "Print everything that the workload gives to the disk; of several processes, what each of them"
                            + " does at which step, a column each.")
    private boolean trace;

    @Override
    public Integer call() {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        if (times < 1) {
            throw new UsageException("--times " + times + " is not at least 1");
        }
        try (Interruption interruption = new Interruption().watching(terminal)) {
            if (path != null && CaseFile.isSchedule(path)) {
                return new ConcurrentSession(terminal).replay(path, times, trace, interruption);
            }
            return path == null
                    ? replayRun(terminal, interruption)
                    : new CaseSession(terminal).replay(path, CaseFile.readInstalled(path), times, trace, interruption);
        }
    }

    /** The trace is long, and its beginning is of use. */
    @Override
    public boolean onlyShows() {
        return trace;
    }

    private int replayRun(Terminal terminal, Interruption interruption) {
        FileSystemTarget target = options.target();
        String seed = Objects.requireNonNullElse(options.seed(), "1");
        List<Long> seeds = SeedList.parse(seed);
        if (seeds.size() != 1) {
            throw new UsageException("--seed " + seed + ": replay takes one seed");
        }
        RunConfiguration configuration = options.configuration(seeds.getFirst(), 1);
        if (trace) {
            CaseReplay.trace(configuration, interruption.hangs()).forEach(terminal.out()::println);
        }
        Progress monitor = new Progress(terminal, interruption, 1);
        try (monitor) {
            return replay(terminal, target, configuration, seed, monitor);
        }
    }

    private int replay(
            Terminal terminal, FileSystemTarget target, RunConfiguration configuration, String seed, Progress monitor) {
        RunOutcome first = new Run(configuration, target, Installed.oracles()).execute(monitor);
        String command = CommandLines.replay(configuration, target.externalJudge());
        Summary summary = Summary.of(List.of(first), target, seed, monitor.isStopped(), command);
        String hash = first.exploration().traceHash();
        for (int time = 2; time <= times && !monitor.isStopped(); time++) {
            RunOutcome again = new Run(configuration, target, Installed.oracles()).execute(monitor);
            String other = again.exploration().traceHash();
            if (!monitor.isStopped() && !other.equals(hash)) {
                terminal.err()
                        .println("powercut replay: not the same: the trace is " + hash + " the first time and " + other
                                + " the " + time + ". time");
                return ExitCodes.HARNESS_FAILED;
            }
        }
        new Screen(terminal).show(summary, Path.of("."), List.of());
        if (summary.nondeterminism() != null) {
            return ExitCodes.HARNESS_FAILED;
        }
        if (monitor.isStopped()) {
            return ExitCodes.INTERRUPTED;
        }
        return summary.report().failing() == 0 ? ExitCodes.NOTHING_FOUND : ExitCodes.FINDINGS;
    }
}
