package dev.powercut.reports.json;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.powercut.campaign.ReportFormat;
import dev.powercut.campaign.RunReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes the run report as {@code report.json}: UTF-8, indented by two spaces, keys in a fixed order. */
public final class JsonReport implements ReportFormat {

    /** Rises when a key is renamed, removed or changes its meaning. */
    static final int VERSION = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPrettyPrinter(prettyPrinter())
            .build();

    @Override
    public String name() {
        return "json";
    }

    @Override
    public Path write(RunReport report, Path directory) throws IOException {
        String text = MAPPER.writeValueAsString(new Document("powercut-run", VERSION, report)) + "\n";
        return Files.write(directory.resolve("report.json"), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Line ends are the same on every system. */
    private static DefaultPrettyPrinter prettyPrinter() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    }

    /** The report behind what tells a script which kind of file it reads. */
    @JsonPropertyOrder({"format", "version"})
    private record Document(
            String format, int version, @JsonUnwrapped RunReport report) {}
}
