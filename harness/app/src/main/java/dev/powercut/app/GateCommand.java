package dev.powercut.app;

import dev.powercut.campaign.Installed;
import dev.powercut.campaign.ReportFiles;
import dev.powercut.campaign.ReportFormat;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.VerdictLine;
import dev.powercut.campaign.gate.Gate;
import dev.powercut.campaign.gate.GateOutcome;
import dev.powercut.campaign.gate.GatePlan;
import dev.powercut.campaign.gate.GatePlanReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code powercut gate}: what CI runs. */
@Command(
        name = "gate",
        mixinStandardHelpOptions = true,
        description =
                "Replays the saved cases, then explores within a budget of distinct crash states: the entry for CI.",
        footer = {
            "",
            "Example: powercut gate --targets ${example.target} --states 10000",
            "The verdict and the reports do not depend on the machine's speed nor on --workers.",
        })
final class GateCommand implements Callable<Integer>, UserErrors.WritesReports {

    /** Of each target; what is behind them is told as it was found. */
    private static final int FINDINGS_MADE_SMALL = 8;

    @ParentCommand
    private @Nullable Powercut powercut;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "What to explore (default: corpus/gate.json of this Powercut).")
    private @Nullable Path config;

    @Option(names = "--targets", paramLabel = "A,B", split = ",", description = "These targets only.")
    private List<String> targets = List.of();

    @Option(
            names = "--states",
            paramLabel = "N",
            description = "Examine N distinct crash states in all, shared as the config says.")
    private @Nullable Long states;

    @Mixin
    private BatchOptions batch = new BatchOptions();

    private @Nullable Path folder;

    @Override
    public Integer call() {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        List<ReportFormat> formats = batch.formats();
        int workers = batch.workers();
        if (states != null && states < 1) {
            throw new UsageException("--states " + states + " is not at least 1");
        }
        GatePlan plan = plan();
        Path out = batch.folder("gate");
        folder = out;
        try (Interruption interruption = new Interruption()) {
            OutputFolder.prepare(out);
            OutputFolder.removeFindings(out);
            MadeSmall small = new MadeSmall(FINDINGS_MADE_SMALL, workers, out, interruption.hangs());
            GateOutcome outcome;
            try (BudgetProgress progress =
                    new BudgetProgress(terminal, interruption.watching(terminal, formats, out), plan.states())) {
                outcome = new Gate(plan, Installed::fileSystem, Installed.oracles(), workers)
                        .run(
                                command(),
                                progress,
                                (target, runs, findings) ->
                                        small.ofTarget(target).of(runs, findings, interruption::isStopped));
            }
            ReportFiles.writeAndShow(
                    outcome.report(),
                    formats,
                    out,
                    files -> new GateScreen(terminal).show(outcome.report(), out, files));
            small.requireSaved();
            if (outcome.nondeterminism() != null) {
                return ExitCodes.HARNESS_FAILED;
            }
            if (interruption.isStopped()) {
                return ExitCodes.INTERRUPTED;
            }
            return VerdictLine.fails(outcome.report()) ? ExitCodes.FINDINGS : ExitCodes.NOTHING_FOUND;
        }
    }

    private GatePlan plan() {
        Path file = config == null ? Home.corpus().resolve("gate.json") : config;
        GatePlan plan = GatePlanReader.read(file, config == null ? "corpus/gate.json" : config.toString());
        if (!targets.isEmpty()) {
            targets.forEach(Installed::target);
            plan = plan.ofTargets(targets);
        }
        return states == null ? plan : plan.withStates(states);
    }

    private String command() {
        StringBuilder line = new StringBuilder("harness/powercut gate");
        if (config != null) {
            line.append(" --config ").append(config);
        }
        if (!targets.isEmpty()) {
            line.append(" --targets ").append(String.join(",", targets));
        }
        if (states != null) {
            line.append(" --states ").append(states);
        }
        return line.toString();
    }

    @Override
    public @Nullable Path reportFolder() {
        return folder;
    }
}
