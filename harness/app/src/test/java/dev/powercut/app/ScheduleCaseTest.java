package dev.powercut.app;

import static dev.powercut.app.Outcome.powercut;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.Installed;
import dev.powercut.campaign.concurrent.ConcurrentCase;
import dev.powercut.campaign.concurrent.ConcurrentCaseFile;
import dev.powercut.campaign.concurrent.ConcurrentReplay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Saved schedules that do not come out as they say: every command says the same of them, and none passes silently. */
final class ScheduleCaseTest {

    private static final String SAVED = "ext2/create-checks-then-acts";

    @TempDir
    private Path corpus;

    private Path one = Path.of("");
    private String text = "";

    @BeforeEach
    void copyACase() throws IOException {
        one = Files.createDirectories(corpus.resolve("ext2/one"));
        text = Files.readString(Home.corpus().resolve(SAVED).resolve("case.json"));
    }

    private void save(String changed) throws IOException {
        Files.writeString(one.resolve("case.json"), changed);
    }

    private String changed(String right, String wrong) {
        assertTrue(text.contains(right), text);
        return text.replace(right, wrong);
    }

    private Outcome replay(int exitCode, String verdict) {
        Outcome replay = powercut("replay " + one);
        assertEquals(exitCode, replay.exitCode, replay.out + replay.err);
        assertTrue(replay.lastLine().startsWith(verdict), replay.out);
        Outcome explain = powercut("explain " + one);
        assertEquals(replay.out, explain.out, "explain and replay say the same");
        return replay;
    }

    private Outcome verify(int exitCode, String words) {
        Outcome verify = powercut("corpus verify --workers 1 --corpus " + corpus);
        assertEquals(exitCode, verify.exitCode, verify.out + verify.err);
        assertTrue(verify.out.contains("ext2/one " + " ".repeat(36) + " " + words), verify.out);
        return verify;
    }

    private static void assertSays(Outcome outcome, String words) {
        String said = outcome.out.replaceAll("\\s+", " ");
        assertTrue(said.contains(words), words + " is not in\n" + outcome.out);
    }

    @Test
    void caseThatComesOutAsItSaysIsStillFoundWithoutANote() throws IOException {
        save(text);
        Outcome replay = replay(1, "STILL FOUND; trace 944af14c37c6c27f");
        assertTrue(!replay.out.contains("note ") && !replay.out.contains("differs"), replay.out);
        verify(0, "still found\n");
    }

    @Test
    void runOfAMendedTargetThatGoesAnotherWayIsStaleAndNotTakenForAPass() throws IOException {
        save(changed("    \"defect\" : \"create-checks-then-acts\",\n", "")
                .replace("Defect\" : true", "Defect\" : false"));
        Outcome replay = replay(2, "STALE; trace ");
        assertSays(replay, "the run differs from the saved one from step ");
        assertSays(replay, "nor 40 other schedules show the finding");
        verify(2, "stale\n");
        Outcome small = powercut("minimize " + one + " --out " + corpus.resolve("small"));
        assertEquals(2, small.exitCode, small.out);
        assertTrue(small.err.contains("stale: the processes go another way"), small.err);
        assertEquals(2, powercut("corpus add " + one + " --name again --corpus " + corpus).exitCode);
    }

    @Test
    void findingThatOnlyAnotherScheduleShowsIsFoundOnAnotherWayAndCanBeMadeACaseAgain() throws IOException {
        save(changed("      \"schedule#10=1\"\n", ""));
        String words = "on another way than the saved one";
        Outcome replay = replay(1, "STILL FOUND, " + words + "; trace ");
        assertSays(replay, "another schedule of the same program shows it: fsck/entry-name-repeated");
        assertSays(verify(0, "still found, " + words), "note the run differs from the saved one from step ");

        Outcome small = powercut("minimize " + one + " --out " + corpus.resolve("ext2/two"));
        assertEquals(1, small.exitCode, small.out + small.err);
        Outcome again = powercut("replay " + corpus.resolve("ext2/two"));
        assertTrue(again.lastLine().startsWith("STILL FOUND; trace "), again.out);
    }

    @Test
    void runThatIsTheSavedOneAndShowsNothingIsNoLongerFound() throws IOException {
        save(changed("    \"defect\" : \"create-checks-then-acts\",\n", "")
                .replace("Defect\" : true", "Defect\" : false"));
        ConcurrentCase stale = ConcurrentCaseFile.read(one);
        ConcurrentReplay.Replayed run =
                new ConcurrentReplay(stale, Installed.fileSystem("ext2"), Installed.oracles()).run();
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < run.outcome().schedule().size(); i++) {
            steps.add(run.outcome().schedule().step(i).toString());
        }
        save(Files.readString(one.resolve("case.json"))
                .replace("944af14c37c6c27f", run.traceHash())
                .replaceFirst("(?s)\"steps\" : \\[.*?]", "\"steps\" : [\"" + String.join("\",\"", steps) + "\"]"));
        replay(0, "NO LONGER FOUND; trace " + run.traceHash());
        verify(1, "no longer found\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"944af14c37c6c27f\"|\"0123456789abcdef\"|and yet is not the saved one: the trace was 0123456789abcdef",
                "\"task 1: lock inode 2\"|\"task 1: lock inode 9\"|the run differs from the saved one from step 8 on",
                "\"schedule#10=1\"|\"schedule#10=1\", \"schedule#9999=1\"|schedule#9999=1 (nobody asks for it)",
                "\"schedule#10=1\"|\"schedule#10=3\"|schedule#10=3 (the values are 0 to 1)",
                "\"schedule#10=1\"|\"schedule#10=1\", \"timetable#3=1\"|timetable#3=1 (nobody asks for it)",
                "\"overrides\" : [ ]|\"overrides\" : [ \"nobody#0=2\" ]|nobody#0=2 (nobody asks for it)",
                "\"kind\" : \"fsck/entry-name-repeated\"|\"kind\" : \"fsck/other\"|the case says fsck/other, and it is fsck",
            })
    void whatACaseSaysOtherwiseIsToldThoughTheFindingShows(String right, String wrong, String words)
            throws IOException {
        save(changed(right, wrong));
        assertSays(replay(1, "STILL FOUND"), words);
        assertSays(verify(0, "still found"), words);
        assertEquals(2, powercut("corpus add " + one + " --name again --corpus " + corpus).exitCode);
        if (!right.contains("kind") && !right.contains("944")) {
            Outcome trace = powercut("trace " + one);
            assertEquals(0, trace.exitCode, trace.err);
            assertTrue(trace.err.contains(words), trace.err);
        }
    }

    @Test
    void caseThatDoesNotSayHowItsRunWentNeverPasses() throws IOException {
        save(changed("    \"defect\" : \"create-checks-then-acts\",\n", "")
                .replace("Defect\" : true", "Defect\" : false")
                .replace("944af14c37c6c27f", "")
                .replaceFirst("(?s)\"steps\" : \\[.*?]", "\"steps\" : [ ]"));
        assertSays(replay(2, "STALE; trace "), "the case does not say how its run went");
        verify(2, "stale\n");
    }

    @Test
    void somethingElseThatShowsIsToldAndIsNoPass() throws IOException {
        save(changed("fsck/entry-name-repeated", "deadlock"));
        replay(1, "SOMETHING ELSE FOUND; trace ");
        verify(1, "something else found\n");
    }
}
