package dev.powercut.app;

import dev.powercut.campaign.Installed;
import dev.powercut.campaign.ReportFormat;
import java.util.List;
import picocli.CommandLine.Option;

/** Which reports a command writes, where the usual ones are few. */
final class ReportOptions {

    @Option(
            names = "--report",
            paramLabel = "FORMAT",
            split = ",",
            description = "Formats of the report (default ${example.default-formats}): ${example.formats}.")
    private List<String> formats = InstalledNames.defaultFormats();

    /** @throws dev.powercut.campaign.UsageException when there is no such format */
    List<ReportFormat> formats() {
        return formats.stream().map(Installed::reportFormat).toList();
    }
}
