package dev.powercut.app;

import dev.powercut.campaign.CrashModels;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.ReportFiles;
import dev.powercut.campaign.ReportFormat;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunReport.Fact;
import dev.powercut.campaign.Summary;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.litmus.LitmusCampaign;
import dev.powercut.campaign.litmus.LitmusColumn;
import dev.powercut.campaign.litmus.LitmusResult;
import dev.powercut.check.target.FileSystemTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code powercut litmus}: what may be found after a crash, and what is. */
@Command(
        name = "litmus",
        mixinStandardHelpOptions = true,
        description =
                "Runs the litmus tests of the literature, and prints which outcomes are seen, allowed and forbidden.",
        footer = {"", "Example: powercut litmus --target ${example.target} --crash prefix"})
final class LitmusCommand implements Callable<Integer>, UserErrors.WritesReports {

    private static final int MOST_SEEDS = 10_000;
    private static final String ALL = "all";

    @ParentCommand
    private @Nullable Powercut powercut;

    @Option(names = "--target", required = true, paramLabel = "NAME", description = "What to test.")
    private String target = "";

    @Option(
            names = "--crash",
            paramLabel = "MODEL",
            split = ",",
            description =
                    "Crash models, also such as torn+garbage (default: all of prefix, reorder, torn and lying); what the target does not declare to withstand is advisory.")
    private List<String> crash = List.of(ALL);

    @Option(
            names = "--mount-options",
            paramLabel = "OPTIONS",
            description = "Mount options, as for mount(8); give it again for another column.")
    private List<String> mounts = List.of("");

    @Option(names = "--defect", paramLabel = "NAME", description = "Plant a defect in the target.")
    private @Nullable String defect;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Each test so many times, with write-back at other moments (default 16).")
    private int seeds = 16;

    @Option(
            names = "--states",
            paramLabel = "N",
            description = "Examine at most N distinct crash states of each run (default 2000).")
    private int states = 2_000;

    @Option(names = "--markdown", description = "Print only the table, as Markdown.")
    private boolean markdown;

    @Mixin
    private ReportPlace place = new ReportPlace();

    private @Nullable Path folder;

    @Override
    public Integer call() {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        FileSystemTarget filesystem = Installed.fileSystem(target);
        if (seeds < 1 || seeds > MOST_SEEDS) {
            throw new UsageException("--seeds " + seeds + " is not from 1 to " + MOST_SEEDS);
        }
        if (states < 1) {
            throw new UsageException("--states " + states + " is not at least 1");
        }
        List<ReportFormat> reportFormats = place.formats();
        Installed.defect(filesystem, defect);
        RunConfiguration base =
                RunConfiguration.of(target, 1).withDefect(defect).withStates(states);
        LitmusCampaign campaign = new LitmusCampaign(base, filesystem, Installed.oracles(), columns(filesystem), seeds);
        folder = OutputFolder.of(
                place.folder(), base.withWorkload("litmus").withStates(RunConfiguration.ALL_STATES), "1");
        try (Interruption interruption = new Interruption()) {
            OutputFolder.prepare(folder);
            LitmusResult result;
            try (Progress progress =
                    new Progress(terminal, interruption.watching(terminal, reportFormats, folder), 1)) {
                result = campaign.run(progress);
            }
            return conclude(terminal, filesystem, base, result, reportFormats, interruption.isStopped());
        }
    }

    private List<LitmusColumn> columns(FileSystemTarget filesystem) {
        List<LitmusColumn> columns = new ArrayList<>();
        for (String mount : mounts) {
            for (String model : crash.contains(ALL) ? CrashModels.names() : crash) {
                columns.add(LitmusCampaign.column(filesystem, model, mount));
            }
        }
        return columns;
    }

    private int conclude(
            Terminal terminal,
            FileSystemTarget filesystem,
            RunConfiguration base,
            LitmusResult result,
            List<ReportFormat> reportFormats,
            boolean interrupted) {
        String title = target + ", litmus tests" + (defect == null ? "" : ", defect " + defect);
        List<Fact> facts = List.of(new Fact(
                "litmus tests", seeds + " seeds each, in " + result.columns().size() + " columns"));
        Summary summary = Summary.of(result.totals(), base, filesystem, title, facts, interrupted, command())
                .with(result.table());
        Path where = Objects.requireNonNull(folder);
        ReportFiles.writeAndShow(summary.report(), reportFormats, where, files -> {
            if (markdown) {
                result.markdown().forEach(terminal.out()::println);
                terminal.out().flush();
            } else {
                new LitmusScreen(terminal).show(result);
                new Screen(terminal).show(summary, where, files);
            }
        });
        if (summary.nondeterminism() != null) {
            return ExitCodes.HARNESS_FAILED;
        }
        if (interrupted) {
            return ExitCodes.INTERRUPTED;
        }
        return summary.report().failing() == 0 ? ExitCodes.NOTHING_FOUND : ExitCodes.FINDINGS;
    }

    private String command() {
        return "harness/powercut litmus --target " + target
                + (crash.contains(ALL) ? "" : " --crash " + String.join(",", crash))
                + (mounts.equals(List.of("")) ? "" : " --mount-options " + String.join(" --mount-options ", mounts))
                + (defect == null ? "" : " --defect " + defect)
                + (seeds == 16 ? "" : " --seeds " + seeds)
                + (states == 2_000 ? "" : " --states " + states);
    }

    @Override
    public @Nullable Path reportFolder() {
        return folder;
    }
}
