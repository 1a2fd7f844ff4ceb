package dev.powercut.app;

import static dev.powercut.app.Outcome.powercut;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases with one process that do not come out as they say: told whatever comes of them, and never a silent pass. */
final class StaleCaseTest {

    @TempDir
    private Path corpus;

    private Path one = Path.of("");
    private String text = "";

    @BeforeEach
    void copyACase() throws IOException {
        one = Files.createDirectories(corpus.resolve("ext2/one"));
        text = Files.readString(Home.corpus().resolve("ext2/entry-before-inode/case.json"));
    }

    private void save(String changed) throws IOException {
        Files.writeString(one.resolve("case.json"), changed);
    }

    private Outcome replay(int exitCode, String verdict) {
        Outcome replay = powercut("replay " + one);
        assertEquals(exitCode, replay.exitCode, replay.out + replay.err);
        assertTrue(replay.lastLine().startsWith(verdict), replay.out);
        return replay;
    }

    private Outcome verify(int exitCode, String words) {
        Outcome verify = powercut("corpus verify --workers 1 --corpus " + corpus);
        assertEquals(exitCode, verify.exitCode, verify.out + verify.err);
        assertTrue(verify.out.contains("ext2/one " + " ".repeat(36) + " " + words), verify.out);
        return verify;
    }

    private static void assertSays(String out, String words) {
        assertTrue(out.replaceAll("\\s+", " ").contains(words), words + " is not in\n" + out);
    }

    private String trace() {
        return text.replaceAll("(?s).*\"trace\" : \"([0-9a-f]+)\".*", "$1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"overrides\" : [ ]|\"overrides\" : [ \"nobody#3=1\" ]|nobody#3=1 (nobody asks for it)",
                "\"trace\" : \"TRACE\"|\"trace\" : \"0123456789abcdef\"|the trace was 0123456789abcdef and is TRACE",
                "entry-inode-unused/creat\"|entry-inode-unused/mkdir\"|the case calls it benign-damage-only/entry-inode-unused/mkdir, and it is benign-damage-only/entry-inode-unused/creat",
            })
    void whatACaseSaysOtherwiseIsToldThoughTheFindingShows(String right, String wrong, String words)
            throws IOException {
        String before = right.replace("TRACE", trace());
        assertTrue(text.contains(before), text);
        save(text.replace(before, wrong));
        String said = words.replace("TRACE", trace());

        assertSays(replay(1, "STILL FOUND; trace ").out, said);
        assertSays(powercut("explain " + one).out, said);
        assertSays(verify(0, "still found; without the defect: passes").out, said);
        Outcome added = powercut("corpus add " + one + " --name again --corpus " + corpus);
        assertEquals(2, added.exitCode, added.out);
        assertSays(added.err, said);
        if (!words.contains("calls it")) {
            assertSays(powercut("trace " + one).err, said);
        }
    }

    @Test
    void frontOfTheLogUnderADeviceThatKeepsNoOrderIsExplainedToo() throws IOException {
        for (String model : List.of("reorder", "torn", "lying", "torn+garbage")) {
            save(text.replace("\"crash\" : \"prefix\"", "\"crash\" : \"" + model + "\""));
            replay(1, "STILL FOUND; trace ");
            Outcome explained = powercut("explain " + one);
            assertEquals(1, explained.exitCode, explained.err);
            assertSays(
                    explained.out, "write to sector 12 (operation 0: creat /a 0644 at ext2.create.inode) <- missing");
        }
    }

    @Test
    void recoveryThatLeavesAnotherImageIsToldThoughTheFindingShows() throws IOException {
        String recovered = Files.readString(Home.corpus().resolve("ext2/data-without-barrier/case.json"));
        save(recovered.replaceAll("\"recoveredImage\" : \"[0-9a-f]+", "\"recoveredImage\" : \"" + "0".repeat(32)));
        assertSays(replay(1, "STILL FOUND; trace ").out, "recovery leaves another image than recorded: 0000000000");
    }

    /** A case of what shows without a power cut, on a target of which nothing of the kind is known. */
    private String live(String trace) {
        return text.replaceAll("(?s)\"crash\" : \\{.*?},", "")
                .replaceAll("(?s)\"expected\" : \\{.*?},", """
                "expected" : {
                    "verdict" : "finding",
                    "oracle" : "follows-model",
                    "kind" : "result",
                    "fingerprint" : "follows-model/result/creat"
                  },""")
                .replaceAll("(?s)\"withoutDefect\" : \"pass\",", "")
                .replaceAll(
                        "(?s)\"hashes\" : \\{.*?}",
                        "\"hashes\" : { \"trace\" : \"" + trace
                                + "\", \"crashImage\" : \"\", \"recoveredImage\" : \"\" }");
    }

    @Test
    void whatShowedWithoutAPowerCutIsNoLongerFoundOnlyWhenAllGoesAsRecorded() throws IOException {
        save(live(trace()));
        replay(0, "NO LONGER FOUND; trace ");
        verify(1, "no longer found\n");

        save(live("0123456789abcdef"));
        assertSays(replay(2, "STALE; trace ").out, "no longer writes what the case recorded");
        verify(2, "stale\n");
        Outcome small = powercut("minimize " + one + " --out " + corpus.resolve("small"));
        assertEquals(2, small.exitCode, small.out);
        assertTrue(small.err.contains("stale: every call gives what the model gives, but"), small.err);

        save(live(""));
        assertSays(replay(2, "STALE; trace ").out, "the case does not say what it recorded");
        verify(2, "stale\n");
    }

    private String passing(String overrides, String trace) {
        return text.replaceAll("(?s)\"defect\" : \"[^\"]*\",", "")
                .replaceAll("(?s)\"expected\" : \\{.*?},", "\"expected\" : { \"verdict\" : \"pass\" },")
                .replaceAll("(?s)\"withoutDefect\" : \"pass\",", "")
                .replace("\"overrides\" : [ ]", "\"overrides\" : [ " + overrides + " ]")
                .replaceAll("\"trace\" : \"[0-9a-f]+\"", "\"trace\" : \"" + trace + "\"")
                .replaceAll("\"crashImage\" : \"[0-9a-f]+\"", "\"crashImage\" : \"\"");
    }

    @Test
    void expectedPassSaysWhereItWasJudgedAndIsStaleWhenItsChoicesLeadNowhere() throws IOException {
        save(passing("", "0123456789abcdef"));
        Outcome replay = replay(0, "PASSES, but not where it was recorded; trace ");
        assertSays(replay.out, "all crash states of its workload were judged instead");
        assertSays(verify(0, "passes, but not where it was recorded\n").out, "note the target no longer writes");

        save(passing("\"nobody#3=1\"", "0123456789abcdef"));
        assertSays(replay(2, "STALE; trace ").out, "nobody#3=1 (nobody asks for it)");
        verify(2, "stale\n");
    }

    @Test
    void crashStateThatTellsNothingNewOfAnotherWorkloadIsNotTakenForMended() throws IOException {
        String correct = text.replaceAll("(?s)\"defect\" : \"[^\"]*\",", "")
                .replaceAll("(?s)\"withoutDefect\" : \"pass\",", "")
                .replaceAll("\"crashImage\" : \"[0-9a-f]+\"", "\"crashImage\" : \"\"");
        save(correct);
        replay(2, "STALE; trace ");
        verify(2, "stale\n");
    }
}
