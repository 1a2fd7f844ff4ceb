package dev.powercut.reports.json;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.powercut.campaign.ReportFormat;
import dev.powercut.campaign.RunReport;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the run report as {@code report.json}: UTF-8, indented by two spaces, keys in a fixed order. */
public final class JsonReport implements ReportFormat {

    /** Rises when a key is renamed, removed or changes its meaning. */
    static final int VERSION = 2;

    @Override
    public String name() {
        return "json";
    }

    @Override
    public Path write(RunReport report, Path directory) throws IOException {
        return JsonText.write(new Document("powercut-run", VERSION, report), directory.resolve("report.json"));
    }

    /** The report behind what tells a script which kind of file it reads. */
    @JsonPropertyOrder({"format", "version"})
    private record Document(
            String format, int version, @JsonUnwrapped RunReport report) {}
}
