package dev.powercut.app;

import dev.powercut.campaign.Installed;
import dev.powercut.campaign.ReportFormat;
import dev.powercut.campaign.UsageException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that commands with many runs and reports of their own have alike. */
final class BatchOptions {

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "How many runs at a time (default: one for each processor). Results do not depend on it.")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--report",
            paramLabel = "FORMAT",
            split = ",",
            description = "Formats of the report (default: all of ${example.formats}).")
    private List<String> formats =
            Installed.reportFormats().stream().map(ReportFormat::name).toList();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the reports go (default: a folder of reports/runs).")
    private @Nullable Path out;

    int workers() {
        if (workers < 1) {
            throw new UsageException("--workers " + workers + " is not at least 1");
        }
        return workers;
    }

    List<ReportFormat> formats() {
        return formats.stream().map(Installed::reportFormat).toList();
    }

    Path folder(String usualName) {
        return out == null ? Path.of("reports", "runs", usualName) : out;
    }
}
