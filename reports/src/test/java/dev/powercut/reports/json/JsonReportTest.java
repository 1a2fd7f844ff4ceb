package dev.powercut.reports.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.ReportFormat;
import dev.powercut.campaign.RunReport;
import dev.powercut.reports.SampleReports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonReportTest {
    @TempDir
    private Path directory;

    @Test
    void isFoundAsAServiceByItsName() {
        assertTrue(ServiceLoader.load(ReportFormat.class).stream()
                .map(ServiceLoader.Provider::get)
                .anyMatch(
                        format -> format instanceof JsonReport && format.name().equals("json")));
    }

    /** Scripts rely on these names: a change of one wants a new {@link JsonReport#VERSION}. */
    @Test
    void keysAreNamedAndOrderedAsPromised() throws IOException {
        JsonNode root = parse(SampleReports.oneFinding());
        assertKeys(
                root,
                "format version title verdict incomplete reproduce facts exploration findings findingsOmitted"
                        + " parts tables");
        assertKeys(root.get("facts").get(0), "name value");
        JsonNode explored = root.get("exploration");
        assertKeys(
                explored,
                "coverage workloads operations logEntries writes sectorsWritten flushes crashStates distinctStates"
                        + " traceHash oracles operationKinds blockKinds coverages");
        assertKeys(explored.get("oracles").get(0), "name claim judged violations");
        assertKeys(explored.get("operationKinds").get(0), "kind executed failed writes flushes cuts");
        assertKeys(explored.get("blockKinds").get(0), "kind writes sectors cuts");
        JsonNode finding = root.get("findings").get(0);
        assertKeys(
                finding,
                "oracle kind grade sentence promise fingerprint occurrences cut operations log differences"
                        + " recoveryLines reproduce small legality interleaving courses");
        assertKeys(
                finding.get("small"),
                "workload inFlight choices cut writes why shape operations omittedWrites candidates complete folder");
        assertKeys(finding.get("small").get("writes").get(0), "sequence fate text missing");
        assertKeys(finding.get("operations").get(0), "number actor text result state");
        assertKeys(finding.get("log"), "lines cutSequence missingSequence omittedBefore omittedAfter");
        JsonNode line = finding.get("log").get("lines").get(1);
        assertKeys(
                line,
                "sequence entry text firstSector sectorCount keptSectors fate kind causes trigger triggerOperation"
                        + " decoded decodedBefore");
        assertKeys(line.get("causes").get(0), "operation site why");
        assertKeys(finding.get("differences").get(0), "path expected recovered wrong promisedBy");
        JsonNode gate = parse(SampleReports.gate());
        assertKeys(gate.get("parts").get(0), "name title incomplete reproduce exploration findings");
        assertKeys(gate.get("tables").get(0), "title text columns rows plot");
        assertTrue(gate.get("tables").get(0).get("plot").isNull());
        JsonNode plot = parse(SampleReports.cost()).get("tables").get(0).get("plot");
        assertKeys(plot, "xLabel yLabel style series");
        assertKeys(plot.get("series").get(0), "name x y");
        assertKeys(gate.get("tables").get(0).get("rows").get(0), "mark cells");
        assertEquals("powercut-run", root.get("format").asString());
        assertEquals(2, root.get("version").asInt());
    }

    @Test
    void valuesAreNumbersBooleansAndNulls() throws IOException {
        JsonNode root = parse(SampleReports.oneFinding());
        assertTrue(root.get("incomplete").isNull());
        assertEquals(1_904, root.get("exploration").get("crashStates").asLong());
        JsonNode finding = root.get("findings").get(0);
        assertEquals("BROKEN_PROMISE", finding.get("grade").asString());
        assertEquals(415, finding.get("log").get("cutSequence").asLong());
        assertEquals("LOST", finding.get("log").get("lines").get(6).get("fate").asString());
        assertEquals("IN_FLIGHT", finding.get("operations").get(41).get("state").asString());
    }

    @Test
    void hostileNamesComeBackWhole() throws IOException {
        Path file = new JsonReport().write(SampleReports.hostile(), directory);
        byte[] bytes = Files.readAllBytes(file);
        for (byte each : bytes) {
            assertTrue(each == '\n' || (each >= ' ' && each < 0x7F), () -> "not printable ASCII: " + each);
        }
        JsonNode root = JsonMapper.shared().readTree(new String(bytes, StandardCharsets.US_ASCII));
        assertEquals(SampleReports.HOSTILE, root.get("title").asString());
        assertEquals(
                SampleReports.hostile().facts().get(1).value(),
                root.get("facts").get(1).get("value").asString());
    }

    @Test
    void theSameReportGivesTheSameBytes() throws IOException {
        String first = Files.readString(new JsonReport().write(SampleReports.severalFindings(), directory));
        assertEquals(first, Files.readString(new JsonReport().write(SampleReports.severalFindings(), directory)));
        assertTrue(first.startsWith("{\n  \"format\" : \"powercut-run\",\n  \"version\" : 2,\n"), first);
        assertTrue(first.endsWith("}\n"), first);
    }

    private JsonNode parse(RunReport report) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(new JsonReport().write(report, directory)));
    }

    private static void assertKeys(JsonNode node, String names) {
        assertEquals(List.of(names.split(" ")), List.copyOf(node.propertyNames()));
    }
}
