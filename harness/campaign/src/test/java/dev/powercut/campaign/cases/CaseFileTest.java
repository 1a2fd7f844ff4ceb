package dev.powercut.campaign.cases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.config.FileFormatException;
import dev.powercut.campaign.config.InputFile;
import dev.powercut.check.minimise.Scenario;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.sim.ChoiceBase;
import dev.powercut.sim.ChoiceOverride;
import dev.powercut.sim.disk.Kept;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases come back from their files as they were, and a file that is wrong is refused with its line. */
final class CaseFileTest {

    @TempDir
    private Path folder;

    static Case sample() {
        Scenario scenario = new Scenario(
                ScriptWorkload.parse("test", "3: creat \"/a b\" 0644\n17: rename \"/a b\" /\u00e4\n18: sync")
                        .steps(),
                new ChoiceBase.Zero(),
                List.of(new ChoiceOverride("kernel/task[0]/op[17]/write-back[2]", 0, 24)));
        return new Case(
                "ext2",
                new Case.Setting(
                        "entry-before-inode", "prefix", new FormatRequest(8 << 20, 1024, "inodes=64"), "noatime"),
                scenario,
                new Case.Place(9, new Kept.Prefix(7, 2)),
                new Case.Expected.Found(
                        "promises-kept", "lost-entry", "promises-kept/lost-entry/rename", "it is \"gone\""),
                true,
                new Case.Hashes("0123456789abcdef", "00112233445566778899aabbccddeeff", ""));
    }

    private static String text(Case saved) {
        return new String(CaseFile.bytes(saved), StandardCharsets.UTF_8);
    }

    private static Case parse(String text) {
        return CaseFile.parse("case.json", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void caseComesBackFromItsFileAsItWas() throws IOException {
        CaseFile.write(folder.resolve("one"), sample(), "a note\n");

        assertEquals(sample(), CaseFile.read(folder.resolve("one")));
        assertEquals(sample(), CaseFile.read(folder.resolve("one/case.json")));
        assertEquals("a note\n", Files.readString(folder.resolve("one/note.md")));
    }

    @Test
    void everySortOfExpectationAndBaseComesBack() {
        Case live = new Case(
                "ext2",
                new Case.Setting(null, "reorder", new FormatRequest(0, 0, ""), ""),
                new Scenario(sample().scenario().steps(), new ChoiceBase.Seed(-5), List.of()),
                null,
                new Case.Expected.Found("follows-model", "errno", "follows-model/errno/rename", ""),
                false,
                Case.Hashes.NONE);
        Case pass = new Case(
                "ext2",
                live.setting(),
                live.scenario(),
                new Case.Place(4, Kept.parse("flushed 2 keeps 3:0-1")),
                new Case.Expected.Pass(),
                false,
                Case.Hashes.NONE);

        assertEquals(live, parse(text(live)));
        assertEquals(pass, parse(text(pass)));
        String bytes = text(live).replace("seed -5", "bytes 00ff");
        assertArrayEquals(
                new byte[] {0, -1}, ((ChoiceBase.Bytes) parse(bytes).scenario().base()).bytes());
    }

    @Test
    void caseIsReadableByPeople() {
        String text = text(sample());

        assertTrue(text.contains("\n    \"17: rename \\\"/a b\\\" \\\"/\\u00E4\\\"\",\n"), text);
        assertTrue(text.contains("\"kernel/task[0]/op[17]/write-back[2]#0=24\""), text);
        assertTrue(text.contains("\"kept\" : \"prefix 7+2\""), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "powercut-case|other-format|2|this is no case",
                "\"version\" : 1|\"version\" : 2|3|version 2",
                "\"version\" : 1|\"version\" : 0|3|a whole number",
                "\"version\" : 1|\"version\" : 99999999999999999999|3|too large",
                "\"version\" : 1|\"version\" : 1.5|3|has no place",
                "\"target\" : \"ext2\"|\"target\" : \"\"|4|must not be empty",
                "\"target\"|\"tarket\"|4|",
                "\"sizeBytes\" : 8388608|\"sizeBytes\" : -1|8|a whole number",
                "3: creat|3: kreat|14|there is no operation 'kreat'",
                "18: sync|2: sync|16|does not come after",
                "18: sync|# nothing|16|each line is one operation",
                "18: sync|18: sync\\n19: sync|16|each line is one operation",
                "\"zero\"|\"one\"|19|is no base of choices",
                "\"zero\"|\"seed x\"|19|is no base of choices",
                "\"zero\"|\"bytes 0\"|19|is no base of choices",
                "write-back[2]#0=24|write-back|21|PATH#INDEX=VALUE",
                "prefix 7+2|prefix x|26|is no crash state",
                "\"verdict\" : \"finding\"|\"verdict\" : \"maybe\"|29|not 'maybe'",
                "\"withoutDefect\" : \"pass\"|\"withoutDefect\" : \"fail\"|35|can only be 'pass'",
                "0123456789abcdef|xyz|37|hexadecimal",
                "\"defect\" : \"entry-before-inode\",||35|no defect to do without",
            })
    void wrongCaseIsRefusedWithItsLine(String right, String wrong, int line, String words) {
        String text = text(sample());
        assertTrue(text.contains(right), text);

        FileFormatException refused =
                assertThrows(FileFormatException.class, () -> parse(text.replace(right, wrong == null ? "" : wrong)));

        assertEquals(line, refused.line(), refused.getMessage());
        assertTrue(String.valueOf(refused.getMessage()).startsWith("case.json:" + line + ": "), refused.getMessage());
        assertTrue(refused.reason().contains(words == null ? "" : words), refused.reason());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "|not JSON or empty",
                "{|not JSON",
                "[]|an object in braces",
                "{} {}|more after the end",
                "{\"format\": \"powercut-case\", \"format\": \"x\"}|not JSON",
                "{\"format\": 3}|a text in quotes",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[|not JSON",
                "nul|not JSON",
            })
    void whatIsNoJsonIsRefused(String text, String words) {
        FileFormatException refused = assertThrows(FileFormatException.class, () -> parse(text == null ? "" : text));

        assertTrue(text == null || refused.reason().contains(words), refused.reason());
    }

    @Test
    void fileThatIsNotThereOrFarTooLargeIsRefused() throws IOException {
        assertThrows(UsageException.class, () -> CaseFile.read(folder.resolve("nowhere")));
        assertThrows(UsageException.class, () -> CaseFile.read(folder));
        Path large = Files.write(folder.resolve("large.json"), new byte[InputFile.MOST_BYTES + 1]);
        assertThrows(FileFormatException.class, () -> CaseFile.read(large));
    }
}
