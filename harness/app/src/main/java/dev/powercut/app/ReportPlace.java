package dev.powercut.app;

import dev.powercut.campaign.ReportFormat;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which reports a command writes, and where, for commands with one report of their own. */
final class ReportPlace {

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the report goes (default: a folder of reports/runs).")
    private @Nullable Path out;

    /** @throws dev.powercut.campaign.UsageException when there is no such format */
    List<ReportFormat> formats() {
        return reports.formats();
    }

    /** The folder that the user named, or null. */
    @Nullable
    Path folder() {
        return out;
    }
}
