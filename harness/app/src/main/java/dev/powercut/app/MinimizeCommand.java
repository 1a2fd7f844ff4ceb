package dev.powercut.app;

import dev.powercut.campaign.CommandLines;
import dev.powercut.campaign.CpuWatch;
import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunOutcome;
import dev.powercut.campaign.SmallFinding;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.cases.Case;
import dev.powercut.campaign.cases.CaseFile;
import dev.powercut.campaign.cases.CaseMaker;
import dev.powercut.campaign.cases.CaseReplay;
import dev.powercut.campaign.cases.CaseResult;
import dev.powercut.campaign.cases.CaseStory;
import dev.powercut.campaign.cases.Triage;
import dev.powercut.check.concurrent.ConcurrentMinimiser;
import dev.powercut.check.minimise.Minimiser;
import dev.powercut.check.minimise.Signature;
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

/** {@code powercut minimize}: a case, or the findings of a run, as small as can be. */
@Command(
        name = "minimize",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a case, or the findings of a run, small: fewer operations, duller choices, fewer lost writes.",
            "Exit codes: 1 a finding was made small, 0 there was none, 2 the case is stale or cannot be read."
        },
        footer = {
            "",
            "Examples: powercut minimize reports/runs/RUN/finding-1",
            "          powercut minimize --target ${example.target} --seed 7 --defect NAME",
        })
final class MinimizeCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable Powercut powercut;

    @Parameters(
            arity = "0..1",
            paramLabel = "CASE",
            description = "A case file, or a folder with one; else say with options what to run.")
    private @Nullable Path path;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(
            names = "--candidates",
            paramLabel = "N",
            description = "Try at most N smaller ones for each finding (default " + Minimiser.DEFAULT_BUDGET + ").")
    private int candidates = Minimiser.DEFAULT_BUDGET;

    private boolean interrupted;

    @Override
    public Integer call() {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        if (candidates < 1) {
            throw new UsageException("--candidates " + candidates + " is not at least 1");
        }
        int found = path == null ? minimizeRun(terminal) : minimizeCase(terminal, path);
        String small = "made small: " + found;
        if (interrupted) {
            terminal.out().println(terminal.warning("interrupted; " + small));
            terminal.out().flush();
            return ExitCodes.INTERRUPTED;
        }
        terminal.out().println(found == 0 ? terminal.good("nothing found") : terminal.bad(small));
        terminal.out().flush();
        return found == 0 ? ExitCodes.NOTHING_FOUND : ExitCodes.FINDINGS;
    }

    private int minimizeCase(Terminal terminal, Path from) {
        Path out = options.out();
        Path name = from.toAbsolutePath().normalize().getFileName();
        Path folder = out != null ? out : Path.of("reports", "runs", "minimized-" + name);
        if (CaseFile.isSchedule(from)) {
            int most = candidates == Minimiser.DEFAULT_BUDGET ? ConcurrentMinimiser.DEFAULT_BUDGET : candidates;
            try (CpuWatch watch = Interruption.watch(terminal)) {
                return SavedSchedules.minimize(terminal, from, folder, most, watch);
            }
        }
        Case saved = CaseFile.readInstalled(from);
        if (!(saved.expected() instanceof Case.Expected.Found found)) {
            throw new UsageException(from + " is expected to pass: there is nothing to make small");
        }
        CaseMaker.Made made;
        try (CpuWatch watch = Interruption.watch(terminal)) {
            made = new CaseMaker(saved.target(), saved.setting(), candidates, watch)
                    .make(
                            saved.scenario(),
                            Signature.live(found.oracle(), found.kind(), found.course()),
                            saved.place() == null
                                    ? 0
                                    : saved.place().recoveryCuts().size());
        }
        if (made == null) {
            terminal.out().println("the workload of " + from + " does not show " + found.fingerprint() + " any more");
            try (CpuWatch watch = Interruption.watch(terminal)) {
                CaseResult result = CaseReplay.of(saved, watch).readFrom(from).run();
                return nothingToMakeSmall(from, result.outcome(), result.sentence());
            }
        }
        tell(terminal, made, folder);
        return 1;
    }

    /**
     * That a case does not show what it says is an answer only when it was replayed as it was recorded.
     *
     * @return 0
     * @throws UsageException when it was not
     */
    static int nothingToMakeSmall(Path from, CaseResult.Outcome outcome, String sentence) {
        if (outcome != CaseResult.Outcome.NO_LONGER_FOUND) {
            throw new UsageException(from + ": " + outcome.words() + ": " + sentence);
        }
        return 0;
    }

    private int minimizeRun(Terminal terminal) {
        String seed = Objects.requireNonNullElse(options.seed(), "1");
        List<Long> seeds = SeedList.parse(seed);
        if (seeds.size() != 1) {
            throw new UsageException("--seed " + seed + ": minimize takes one seed");
        }
        options.target();
        RunConfiguration configuration = options.configuration(seeds.getFirst(), 1);
        Path folder = OutputFolder.of(options.out(), configuration, seed);
        OutputFolder.prepare(folder);
        try (Interruption interruption = new Interruption().watching(terminal);
                Progress progress = new Progress(terminal, interruption, 1)) {
            RunOutcome outcome = new Run(
                            configuration, Installed.fileSystem(configuration.target()), Installed.oracles())
                    .execute(progress);
            Triage triage = new Triage(
                    Integer.MAX_VALUE, candidates, Runtime.getRuntime().availableProcessors(), interruption.hangs());
            Triage.Sorted sorted = triage.sort(List.of(outcome), outcome.findings(), interruption::isStopped);
            int number = 0;
            for (int i = 0; i < sorted.findings().size(); i++) {
                CaseMaker.Made made = sorted.cases().get(i);
                FindingReport finding = sorted.findings().get(i);
                if (made == null) {
                    terminal.out().println("not made small: " + finding.fingerprint());
                } else {
                    tell(terminal, made, folder.resolve("finding-" + ++number));
                }
            }
            interrupted = interruption.isStopped();
            return number;
        }
    }

    private static void tell(Terminal terminal, CaseMaker.Made made, Path folder) {
        SmallFinding story = CaseStory.of(made);
        Path file = SavedCases.write(folder, made.saved().target() + ": " + story.shape(), made.saved(), story);
        terminal.out().println(terminal.bad(story.shape()));
        new StoryScreen(terminal).show(story, "  ");
        terminal.out()
                .println("  " + story.candidates() + " candidates"
                        + (story.complete() ? "" : " (all that were allowed; more might be taken away)") + "; case "
                        + file);
        terminal.out().println("  reproduce: harness/powercut replay " + CommandLines.quoted(folder.toString()));
        terminal.out().println();
    }
}
