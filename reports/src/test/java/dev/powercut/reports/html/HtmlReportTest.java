package dev.powercut.reports.html;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.ReportFormat;
import dev.powercut.campaign.RunReport;
import dev.powercut.reports.SampleReports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The text of the page, without a browser. */
class HtmlReportTest {
    @TempDir
    private Path directory;

    static List<RunReport> samples() {
        return SampleReports.all();
    }

    @Test
    void isFoundAsAServiceByItsName() {
        assertTrue(ServiceLoader.load(ReportFormat.class).stream()
                .map(ServiceLoader.Provider::get)
                .anyMatch(
                        format -> format instanceof HtmlReport && format.name().equals("html")));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theSameReportGivesTheSameBytesInEveryLocale(RunReport report) throws IOException {
        byte[] first = Files.readAllBytes(new HtmlReport().write(report, directory));
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("ar", "EG"));
            assertArrayEquals(first, Files.readAllBytes(new HtmlReport().write(report, directory)));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aFindingOfAScheduleShowsAColumnForEachTaskAndNoWrites() throws IOException {
        String page = page(SampleReports.ofASchedule());
        String table = between(page, "interleaving\" role", "</table>");
        assertEquals(List.of("Steps", "main", "process 1"), all(table, "columnheader\">([^<]*)<"));
        assertEquals(List.of("0–4", "5–5"), all(table, "rowheader\">([^<]*)<"));
        assertTrue(table.contains("disk-read disk ×2"), table);
        assertEquals(1, all(table, "(preempted</span>)").size());
        assertFalse(page.contains("What recovery (fsck) said"), page);
    }

    @Test
    void plotsJoinThePointsOfASeriesOrShowEachInAxesOfItsOwn() throws IOException {
        List<String> plots = all(page(SampleReports.cost()), "(?s)<figure class=\"plot\">(.*?)</figure>");
        assertEquals(2, plots.size());
        assertEquals(1, all(plots.getFirst(), "(<svg )").size());
        // 10 of 100 along 700 from 64, and 1 of 20 up 320 from 338.
        assertEquals(
                List.of("134.0,322.0 414.0,266.0 694.0,18.0", "134.0,322.0 414.0,290.0 694.0,334.0"),
                all(plots.getFirst(), "points=\"([^\"]*)\""));
        assertEquals(2, all(plots.getLast(), "(<svg )").size());
        assertEquals(List.of(), all(plots.getLast(), "(<polyline)"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyLinkLeadsToAnIdThatStandsOnce(RunReport report) throws IOException {
        String page = page(report);
        List<String> ids = all(page, " id=\"([^\"]*)\"");
        Set<String> distinct = new HashSet<>(ids);
        assertEquals(ids.size(), distinct.size(), ids::toString);
        List<String> links = all(page, "<a [^>]*href=\"#([^\"]*)\"");
        assertTrue(links.size() > 2, links::toString);
        assertTrue(distinct.containsAll(links), () -> links + " in " + ids);
        assertTrue(distinct.containsAll(all(page, "aria-labelledby=\"([^\"]*)\"")), ids::toString);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void nothingIsLoadedAndNoScriptRuns(RunReport report) throws IOException {
        String page = page(report);
        assertTrue(page.contains("default-src 'none'"));
        assertEquals(List.of("data:,"), all(page.replaceAll("href=\"#[^\"]*\"", ""), "(?:href|src)=\"([^\"]*)\""));
        assertFalse(Pattern.compile("<(script|img|iframe|object|embed|form)\\b")
                .matcher(page)
                .find());
        assertFalse(
                Pattern.compile("@import|url\\(|<[^>]* on[a-z]+=").matcher(page).find());
    }

    @Test
    void everyTextIsEscaped() throws IOException {
        String page = page(SampleReports.hostile());
        String escaped =
                "&lt;script&gt;alert(1)&lt;/script&gt;'\"&gt;&lt;img src=x onerror=alert(2)&gt;&amp;amp;${7*7}";
        assertFalse(page.contains("49"), "no template language sees a text of the report");
        int shown = page.split(Pattern.quote(escaped), -1).length - 1;
        assertTrue(shown >= 30, () -> shown + " times");
    }

    @Test
    void charactersThatWouldNotBeSeenAreSetApart() throws IOException {
        assertTrue(page(SampleReports.hostile())
                .contains("a<span class=\"esc\">\\n</span>b<span class=\"esc\">\\u202e</span>gnp.exe"
                        + "<span class=\"esc\">\\x00</span><span class=\"esc\">\\xff</span>\\n</dd>"));
    }

    @Test
    void longRunsOfOneCharacterAreCounted() throws IOException {
        String page = page(SampleReports.hostile());
        assertTrue(page.contains("/long-t<span class=\"esc\">×200</span>/😀<span class=\"esc\">×30</span>"
                + "<span class=\"esc\">\\x00</span><span class=\"esc\">×24</span>" + "e".repeat(23) + "</dd>"));
        assertTrue(page.contains("<span>--name=" + "n".repeat(40) + "</span>"), "what is to be copied is whole");
    }

    @Test
    void causesAreGroupedBySite() throws IOException {
        String row = between(page(SampleReports.severalFindings()), "id=\"f3-log-7\"", "</ul>");
        assertEquals(1, all(row, "(<code>ext2.write.size</code>)").size(), row);
        assertInOrder(row, "#f3-op-1", "#f3-op-2", "ext2.write.size", "background", "ext2.mount");
    }

    @Test
    void whatAFindingComesDownToStandsBeforeTheEvidence() throws IOException {
        String page = page(SampleReports.oneFinding());
        assertInOrder(
                page,
                "Made small: 1 operation, 0 lost writes",
                "1: sync   &larr; the power fails here",
                "<strong>inode-table write to sector 12 &larr; missing</strong>",
                "had to be on the disk before",
                "in finding-1",
                "Operations, writes around the cut");
    }

    @Test
    void laterFindingsAreFoldedButKeepWhatIdentifiesThem() throws IOException {
        String page = page(SampleReports.severalFindings());
        assertEquals(3, all(page, "<details class=\"evidence\"( open)>").size());
        assertEquals(1, all(page, "(<details class=\"evidence\">)").size());
        String folded = between(page, "<details class=\"evidence\">", "</details>");
        assertFalse(folded.contains("f4-reproduce"));
    }

    @Test
    void aPassShowsWhatWasExplored() throws IOException {
        String page = page(SampleReports.clean());
        assertInOrder(
                page,
                "Pass: nothing found",
                "PASS: 1 workload, 1,904 crash states",
                "What was run",
                "every prefix of the log, also between the sectors of a write (complete)",
                "Flushes per operation</dt><dd>0.36",
                "7c1f90e2a4b85d36",
                "<h2 id=\"oracles\">",
                "promises",
                "✓ held",
                "atomicity",
                "– idle",
                "By kind of operation",
                "Flushes each",
                "By kind of block",
                "inode-table");
        assertFalse(page.contains("<article"));
        assertFalse(page.contains("✗"));
    }

    @Test
    void aRunThatWasInterruptedIsNoPass() throws IOException {
        String page = page(SampleReports.incomplete());
        assertInOrder(page, "Incomplete: no promise broken so far", "interrupted after 512 of 1,904 crash states");
        assertFalse(page.contains("Pass: nothing found"));
    }

    @Test
    void findingsThatAreLeftOutAreCounted() throws IOException {
        assertInOrder(
                page(SampleReports.hostile()), "2 findings", "Shown here: 1. 1 more finding of other fingerprints");
    }

    @Test
    void aFindingIsToldFromTheSentenceToTheCommand() throws IOException {
        String page = page(SampleReports.oneFinding());
        assertInOrder(
                page,
                "<p class=\"headline\" id=\"headline\">1 finding</p>",
                "<article class=\"finding\"",
                "names inode 14, which was never initialised",
                "Broken promise",
                "Ordering rule 1",
                "<h3 id=\"f1-operations\">",
                "in flight at the cut",
                "<li class=\"cut\">Power cut</li>",
                "not started",
                "<h3 id=\"f1-writes\">",
                "402 earlier entries",
                "ext2.create.entry",
                "Power cut before entry 415",
                "ext2.create.initialise-inode",
                "780 later entries",
                "<h3 id=\"f1-differences\">",
                "✗ wrong",
                "<h3 id=\"f1-recovery\">",
                "UNEXPECTED INCONSISTENCY",
                "<h3 id=\"f1-reproduce\">",
                "<span>replay</span>",
                "What was explored");
    }

    @Test
    void operationsAndWritesLinkToEachOther() throws IOException {
        String page = page(SampleReports.oneFinding());
        String operation = between(page, "id=\"f1-op-37\"", "</li>");
        assertTrue(operation.contains("href=\"#f1-log-415\""), operation);
        assertTrue(operation.contains("; later write"), "415 comes after the cut: " + operation);
        assertFalse(operation.contains("f1-log-414"), "414 is kept");
        String write = between(page, "id=\"f1-log-415\"", "</tr>");
        assertTrue(write.contains("href=\"#f1-op-37\"") && write.contains("href=\"#f1-op-38\""), write);
        assertTrue(write.contains("fsync <a href=\"#f1-op-41\">"), write);
    }

    @Test
    void theFirstWriteThatIsMissingIsOpen() throws IOException {
        String page = page(SampleReports.oneFinding());
        assertEquals(1, all(page, "<details( open)>").size());
        String open = between(page, "<details open>", "</details>");
        assertInOrder(
                open, "<span class=\"sign\">-</span>inode 14: free", "<span class=\"sign\">+</span>inode 14: regular");
    }

    @Test
    void aTornWriteAndOneThatWasReorderedAreTold() throws IOException {
        String page = page(SampleReports.severalFindings());
        assertInOrder(
                page,
                "3 findings, 1 advisory",
                "Finding 2: both-names-lost",
                "advisory</span>",
                "What a user would expect",
                "lost",
                "Power cut within entry 10, 1 of 2 sectors kept (above: on the disk, but for 1 write",
                "torn: 1 of 2 sectors kept");
    }

    @Test
    void writesThatWereGivenToTheDeviceAndLostStandBelowTheirOwnLine() throws IOException {
        String writes = between(page(SampleReports.severalFindings()), "<h3 id=\"f3-writes\">", "</table>");
        assertInOrder(
                writes,
                "f3-log-5",
                "Above: on the disk. Below: given to the device, lost with the power",
                "f3-log-6",
                "f3-log-7",
                "the missing write",
                "f3-log-8",
                "Power cut before entry 9 (below: never sent)",
                "f3-log-9");
    }

    @Test
    void aFindingWithThePowerOnShowsNoCut() throws IOException {
        String finding = between(page(SampleReports.severalFindings()), "<h2 id=\"f4\">", "</article>");
        assertInOrder(finding, "no power cut", "The last writes", "flush");
        assertFalse(finding.contains("class=\"cut\""));
    }

    @Test
    void theMissingWriteIsNamedAndMarked() throws IOException {
        String page = page(SampleReports.oneFinding());
        assertInOrder(
                page,
                "Missing write</dt><dd><a href=\"#f1-log-415\">entry 415</a>",
                "id=\"f1-log-415\"",
                "the missing write");
        assertFalse(between(page, "id=\"f1-log-416\"", "</tr>").contains("the missing write"));
    }

    @Test
    void aFindingWithoutItsOwnCommandShowsTheRuns() throws IOException {
        String command = between(page(SampleReports.severalFindings()), "<h3 id=\"f2-reproduce\">", "</pre>");
        assertInOrder(command, "<span>run</span>", "<span>--defect</span>");
    }

    private String page(RunReport report) throws IOException {
        Path file = new HtmlReport().write(report, directory);
        assertEquals(directory.resolve("report.html"), file);
        return Files.readString(file);
    }

    private static List<String> all(String page, String pattern) {
        return new ArrayList<>(Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList());
    }

    private static String between(String page, String start, String end) {
        int from = page.indexOf(start);
        assertTrue(from >= 0, start);
        return page.substring(from, page.indexOf(end, from));
    }

    private static void assertInOrder(String page, String... parts) {
        int at = 0;
        for (String part : parts) {
            int found = page.indexOf(part, at);
            assertTrue(found >= 0, () -> "missing here: " + part);
            at = found + part.length();
        }
    }
}
