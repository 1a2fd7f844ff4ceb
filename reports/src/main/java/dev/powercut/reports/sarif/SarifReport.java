package dev.powercut.reports.sarif;

import dev.powercut.campaign.ReportFormat;
import dev.powercut.campaign.RunReport;
import dev.powercut.reports.json.JsonText;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the run report as {@code report.sarif}. */
public final class SarifReport implements ReportFormat {

    @Override
    public String name() {
        return "sarif";
    }

    @Override
    public Path write(RunReport report, Path directory) throws IOException {
        return JsonText.write(new SarifLog(report).document(), directory.resolve("report.sarif"));
    }
}
