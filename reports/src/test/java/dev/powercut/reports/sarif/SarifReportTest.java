package dev.powercut.reports.sarif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.powercut.campaign.RunReport;
import dev.powercut.reports.SampleReports;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What code scanning reads. */
class SarifReportTest {

    private static Schema schema = readSchema();

    @TempDir
    private Path directory;

    static List<RunReport> samples() {
        return SampleReports.all();
    }

    @BeforeAll
    static void schemaRefusesWhatIsNoSarif() {
        assertFalse(
                schema.validate("{\"version\": \"2.1.0\"}", InputFormat.JSON).isEmpty());
    }

    /** The schema of the standard, as the test library packs it. */
    private static Schema readSchema() {
        try (InputStream in = SarifReportTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            assertNotNull(in, "no schema of SARIF on the class path");
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(text, InputFormat.JSON);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void fileIsValidByTheSchemaOfTheStandard(RunReport report) throws IOException {
        String text = Files.readString(new SarifReport().write(report, directory));
        assertEquals("[]", schema.validate(text, InputFormat.JSON).toString());
    }

    @Test
    void eachFindingIsAResultWithItsRuleLevelAndFingerprint() throws IOException {
        RunReport report = SampleReports.severalFindings();
        JsonNode run = parse(report).get("runs").get(0);
        JsonNode results = run.get("results");
        assertEquals(report.findings().size(), results.size());
        for (int i = 0; i < results.size(); i++) {
            JsonNode result = results.get(i);
            JsonNode rule = run.get("tool")
                    .get("driver")
                    .get("rules")
                    .get(result.get("ruleIndex").asInt());
            assertEquals(result.get("ruleId").asString(), rule.get("id").asString());
            assertEquals(report.findings().get(i).oracle(), rule.get("id").asString());
            assertEquals(
                    report.findings().get(i).advisory() ? "note" : "error",
                    result.get("level").asString());
            assertEquals(
                    report.findings().get(i).fingerprint(),
                    result.get("partialFingerprints").get("powercut/v1").asString());
        }
    }

    @Test
    void locationIsTheSiteOfTheMissingWriteAndTheFlowEndsAtTheCut() throws IOException {
        JsonNode result = parse(SampleReports.oneFinding())
                .get("runs")
                .get(0)
                .get("results")
                .get(0);
        String site = result.get("locations")
                .get(0)
                .get("logicalLocations")
                .get(0)
                .get("fullyQualifiedName")
                .asString();
        assertTrue(site.startsWith("ext2."), site);
        JsonNode steps =
                result.get("codeFlows").get(0).get("threadFlows").get(0).get("locations");
        assertTrue(steps.get(steps.size() - 1).toString().contains("under way when the power failed"), steps::toString);
    }

    @Test
    void rowThatIsWrongIsAResult() throws IOException {
        JsonNode results = parse(SampleReports.gate()).get("runs").get(0).get("results");
        JsonNode last = results.get(results.size() - 1);
        assertEquals("table/Saved cases", last.get("ruleId").asString());
        assertTrue(last.get("message").get("text").asString().contains("Expected: pass"), last::toString);
    }

    private JsonNode parse(RunReport report) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(new SarifReport().write(report, directory)));
    }
}
