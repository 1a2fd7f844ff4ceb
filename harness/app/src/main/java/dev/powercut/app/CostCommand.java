package dev.powercut.app;

import dev.powercut.campaign.Installed;
import dev.powercut.campaign.ReportFiles;
import dev.powercut.campaign.ReportFormat;
import dev.powercut.campaign.cost.Cost;
import dev.powercut.campaign.cost.CostMeter;
import dev.powercut.campaign.cost.CostOutcome;
import dev.powercut.campaign.cost.CostOutcome.Measured;
import dev.powercut.campaign.cost.CostWorkload;
import dev.powercut.campaign.cost.Subject;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.Measurement;
import dev.powercut.check.target.Target;
import dev.powercut.sim.disk.DiskTiming;
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

/** {@code powercut cost}: what filesystems make a disk do, side by side. */
@Command(
        name = "cost",
        mixinStandardHelpOptions = true,
        description = {
            "Measures what filesystems make a disk do for the same workloads: writes, amplification, seeks, time",
            "on a simple model of a disk; and what targets measure of themselves. The same on every computer."
        },
        footer = {"", "Example: powercut cost"})
final class CostCommand implements Callable<Integer>, UserErrors.WritesReports {

    @ParentCommand
    private @Nullable Powercut powercut;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            split = ",",
            description = "What to compare (default: every filesystem).")
    private List<String> targets = List.of();

    @Mixin
    private ReportPlace place = new ReportPlace();

    private @Nullable Path folder;

    @Override
    public Integer call() {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        List<FileSystemTarget> chosen = chosen();
        List<ReportFormat> reportFormats = place.formats();
        Path where = Objects.requireNonNullElse(place.folder(), Path.of("reports", "runs", "cost"));
        folder = where;
        OutputFolder.prepare(where);
        List<Subject> subjects = new ArrayList<>();
        List<Measured> measured = new ArrayList<>();
        for (FileSystemTarget target : chosen) {
            target.comparedMounts().forEach(mount -> subjects.add(new Subject(target, mount)));
            for (Measurement measurement : target.measurements()) {
                measured.add(new Measured(target.name(), measurement, measurement.measure()));
            }
        }
        List<Cost> costs = new CostMeter(DiskTiming.DESKTOP).measure(subjects, List.of(CostWorkload.values()));
        CostOutcome outcome = new CostOutcome(costs, measured, command());
        ReportFiles.writeAndShow(
                outcome.report(), reportFormats, where, files -> new CostScreen(terminal).show(outcome, files));
        return ExitCodes.NOTHING_FOUND;
    }

    private List<FileSystemTarget> chosen() {
        if (!targets.isEmpty()) {
            return targets.stream().map(Installed::fileSystem).toList();
        }
        List<FileSystemTarget> all = new ArrayList<>();
        for (Target target : Installed.targets()) {
            if (target instanceof FileSystemTarget fileSystem) {
                all.add(fileSystem);
            }
        }
        return all;
    }

    private String command() {
        return "harness/powercut cost" + (targets.isEmpty() ? "" : " --target " + String.join(",", targets));
    }

    @Override
    public @Nullable Path reportFolder() {
        return folder;
    }
}
