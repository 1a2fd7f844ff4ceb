package dev.powercut.reports.junit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.RunReport;
import dev.powercut.reports.SampleReports;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What a CI server reads. */
class JUnitReportTest {
    @TempDir
    private Path directory;

    static List<RunReport> samples() {
        return SampleReports.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void fileIsValidByTheSchema(RunReport report) throws Exception {
        URL schema = JUnitReportTest.class.getResource("junit.xsd");
        assertNotNull(schema);
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(schema)
                .newValidator()
                .validate(new StreamSource(
                        new JUnitReport().write(report, directory).toFile()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theSameReportGivesTheSameBytes(RunReport report) throws Exception {
        byte[] first = Files.readAllBytes(new JUnitReport().write(report, directory));
        assertArrayEquals(first, Files.readAllBytes(new JUnitReport().write(report, directory)));
    }

    @Test
    void everyPartAndTableIsASuiteAndEveryOracleATest() throws Exception {
        Document document = parse(SampleReports.gate());
        assertEquals(
                List.of("ext2-1k", "ext2-4k", "Saved cases", "Nothing"),
                attributes(document.getElementsByTagName("testsuite"), "name"));
        Element clean = (Element) document.getElementsByTagName("testsuite").item(0);
        assertEquals("0", clean.getAttribute("failures"));
        assertEquals(
                SampleReports.clean().exploration().oracles().size(),
                clean.getElementsByTagName("testcase").getLength());
    }

    @Test
    void failureTellsTheFindingAndHowToRepeatIt() throws Exception {
        RunReport report = SampleReports.oneFinding();
        Element failure =
                (Element) parse(report).getElementsByTagName("failure").item(0);
        assertNotNull(failure);
        assertEquals(
                report.findings().getFirst().sentence(),
                failure.getAttribute("message").replaceAll(" \\(and .*", ""));
        assertTrue(failure.getTextContent().contains("reproduce: "), failure.getTextContent());
    }

    @Test
    void advisoryAloneFailsNothing() throws Exception {
        RunReport several = SampleReports.severalFindings();
        RunReport advisory = new RunReport(
                several.title(),
                several.verdict(),
                null,
                several.reproduce(),
                several.facts(),
                several.exploration(),
                several.findings().stream()
                        .filter(finding -> finding.advisory())
                        .toList(),
                0);
        assertEquals(1, advisory.findings().size());
        assertEquals("0", parse(advisory).getDocumentElement().getAttribute("failures"));
    }

    @Test
    void rowThatIsWrongFailsWithItsFacts() throws Exception {
        Document document = parse(SampleReports.gate());
        Element table = (Element) document.getElementsByTagName("testsuite").item(2);
        assertEquals("3", table.getAttribute("tests"), "a row that says nothing is no test");
        assertEquals("1", table.getAttribute("failures"));
        Element failure = (Element) table.getElementsByTagName("failure").item(0);
        assertEquals("Expected: pass; Found: promises-kept \\u0007", failure.getAttribute("message"));
    }

    private Document parse(RunReport report) throws Exception {
        Path file = new JUnitReport().write(report, directory);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    private static List<String> attributes(NodeList elements, String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < elements.getLength(); i++) {
            values.add(((Element) elements.item(i)).getAttribute(name));
        }
        return values;
    }
}
