package dev.powercut.app;

import static dev.powercut.app.Outcome.powercut;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user does with findings and cases at the command line. */
final class CaseCommandTest {

    private static final String RUN = "run --target ext2 --operations 40 --judge none --defect entry-before-inode ";

    @TempDir
    private Path folder;

    private Path finding() {
        Outcome run = powercut(RUN + "--seeds 1..2 --out " + folder.resolve("run"));
        assertEquals(1, run.exitCode, run.err);
        assertTrue(run.out.contains("made small: 1 operation, 0 lost writes"), run.out);
        return folder.resolve("run/finding-1");
    }

    private static void change(Path finding, String from, String to) throws IOException {
        Path file = finding.resolve("case.json");
        String text = Files.readString(file);
        assertTrue(text.contains(from), text);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void findingIsReplayedAHundredTimesWithTheSameHashes() {
        Outcome replay = powercut("replay " + finding() + " --times 100");

        assertEquals(1, replay.exitCode, replay.err);
        assertTrue(replay.out.contains("100 times, the same each time"), replay.out);
        assertTrue(replay.lastLine().startsWith("STILL FOUND; trace "), replay.out);
    }

    @Test
    void findingsThatComeDownToTheSameAreOneOverAllSeeds() {
        Outcome run = powercut(RUN + "--seeds 1..4 --out " + folder.resolve("run"));

        assertTrue(run.lastLine().startsWith("FAIL: 1 finding in 4 workloads"), run.out);
        Outcome asFound = powercut(RUN + "--seeds 1..4 --no-minimize --out " + folder.resolve("as-found"));
        assertFalse(asFound.lastLine().startsWith("FAIL: 1 finding "), asFound.out);
        assertFalse(Files.exists(folder.resolve("as-found/finding-1")));
    }

    @Test
    void explanationNamesTheMissingWriteAndWhatPreventsItOnOneScreen() {
        Outcome explanation = powercut("explain " + finding());

        assertEquals(1, explanation.exitCode, explanation.err);
        assertTrue(explanation.out.contains("<- missing"), explanation.out);
        String words = explanation.out.replaceAll("\\s+", " ");
        assertTrue(words.contains("had to be on the disk before"), words);
        assertTrue(words.contains("an ordering edge or a flush"), words);
        assertTrue(explanation.out.lines().count() <= 30, explanation.out);
    }

    @Test
    void findingOnADiskThatWasSetUpBeforeIsMadeSmallToo() {
        Path run = folder.resolve("run");
        String defect = "--defect link-count-lowered-early --judge none --out " + run;

        Outcome found = powercut("run --target ext2 --workload ace:1:39 " + defect);

        assertEquals(1, found.exitCode, found.err);
        assertTrue(found.out.contains("made small: 2 operations"), found.out);
        assertEquals(1, powercut("replay " + run.resolve("finding-1")).exitCode);
    }

    /** The inodes of eight files are in three sectors: what mends the last of their entries is not what the first one lacks. */
    @Test
    void missingWriteIsTheOneThatMendsWhatTheSentenceIsAbout() throws IOException {
        Path script = Files.writeString(
                folder.resolve("many.txt"),
                "abcdefgh"
                                .chars()
                                .mapToObj(name -> "creat /" + (char) name + " 0644\n")
                                .collect(Collectors.joining()) + "sync\n");
        Outcome run =
                powercut("run --target ext2 --judge none --minimize 0 --defect entry-before-inode --workload script:"
                        + script + " --out " + folder.resolve("run"));

        String told = run.out.replaceAll("\\s+", " ");
        assertTrue(
                told.contains("entry 'a' in directory 2 names inode 12, which is not in use (remove); and 2 more"),
                told);
        assertTrue(told.contains("missing: the inode-table write to sector 12 (operation 0: creat /a 0644"), told);
    }

    @Test
    void sectorThatIsLeftWithGarbageIsTheWriteThatIsMissing() throws IOException {
        Path script = Files.writeString(folder.resolve("one.txt"), "creat /a 0644\nsync\n");
        Outcome run = powercut(
                "run --target ext2 --judge none --minimize 1 --crash torn+garbage --states 60 --workload script:"
                        + script + " --out " + folder.resolve("run"));

        String told = run.out.replaceAll("\\s+", " ");
        assertTrue(told.contains("crash model torn+garbage; findings under torn+garbage are advisory"), told);
        String damaged = "was torn, and left a sector with neither the old nor the new contents";
        assertTrue(told.contains("missing: the superblock write to sector 2 (operation 0: creat /a 0644"), told);
        assertTrue(told.contains("which " + damaged), told);
        assertTrue(told.contains("before-change) " + damaged + ". Prevented by not writing it over"), told);
    }

    @Test
    void findingsOfAnEarlierRunDoNotLieBesideAPass() {
        Path finding = finding();
        assertTrue(Files.exists(finding));

        Outcome pass = powercut("run --target ext2 --operations 10 --judge none --out " + folder.resolve("run"));

        assertEquals(0, pass.exitCode, pass.err);
        assertFalse(Files.exists(finding));
    }

    @Test
    void findingOfACorrectedTargetIsStaleAndNeverPassesSilently() throws IOException {
        Path finding = finding();
        change(finding, "\"defect\" : \"entry-before-inode\",", "");

        Outcome replay = powercut("replay " + finding);

        assertEquals(2, replay.exitCode, replay.out);
        assertTrue(replay.lastLine().startsWith("STALE"), replay.out);
        assertTrue(replay.out.contains("none of the "), replay.out);
    }

    @Test
    void caseWhoseCrashStateCannotBeMadeIsFoundElsewhereAndSaysSo() throws IOException {
        Path finding = finding();
        change(finding, "\"kept\" : \"prefix ", "\"kept\" : \"prefix 9");
        change(finding, "\"position\" : ", "\"position\" : 9");
        // As when the target wrote something else at the time; where it did not, the case contradicts itself.
        assertEquals(2, powercut("replay " + finding).exitCode);
        String text = Files.readString(finding.resolve("case.json"));
        Files.writeString(
                finding.resolve("case.json"),
                text.replaceFirst("\"trace\" : \"[0-9a-f]{16}", "\"trace\" : \"0123456789abcdef"));

        Outcome replay = powercut("replay " + finding);

        assertEquals(1, replay.exitCode, replay.out);
        assertTrue(replay.out.contains("no longer writes what the case recorded"), replay.out);
    }

    @Test
    void findingComesToTheCorpusAndIsVerifiedWithAndWithoutItsDefect() throws IOException {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        Path finding = finding();

        Outcome added = powercut("corpus add " + finding + " --name early-entry --corpus " + corpus);
        assertEquals(0, added.exitCode, added.err);
        assertTrue(Files.readString(corpus.resolve("ext2/early-entry/note.md")).contains("missing"));
        assertTrue(powercut("corpus list --corpus " + corpus).out.startsWith("ext2/early-entry"), "not listed");
        Outcome verified = powercut("corpus verify --corpus " + corpus);
        assertEquals(0, verified.exitCode, verified.out);
        assertTrue(verified.out.contains("still found; without the defect: passes"), verified.out);

        change(corpus.resolve("ext2/early-entry"), "entry-inode-unused", "entry-inode-used");
        assertEquals(1, powercut("corpus verify --corpus " + corpus).exitCode);
    }

    @Test
    void corpusOfPowercutComesOutAsItSays() {
        Outcome verified = powercut("corpus verify --corpus ../../corpus");

        assertEquals(0, verified.exitCode, verified.out + verified.err);
        assertTrue(verified.lastLine().endsWith("all as expected"), verified.out);
    }

    @Test
    void minimizeMakesARunsFindingSmall() {
        Outcome minimized = powercut("minimize --target ext2 --seed 1 --operations 40 --judge none"
                + " --defect entry-before-inode --out " + folder.resolve("min"));

        assertEquals(1, minimized.exitCode, minimized.err);
        assertTrue(minimized.out.contains("0: creat /a 0644"), minimized.out);
        assertTrue(Files.isRegularFile(folder.resolve("min/finding-1/case.json")));
        Outcome again = powercut("minimize " + folder.resolve("min/finding-1") + " --out " + folder.resolve("again"));
        assertEquals(1, again.exitCode, again.err);
    }

    @Test
    void brokenCaseGivesExitCodeTwoWithFileLineAndReason() throws IOException {
        Path finding = finding();
        change(finding, "\"version\" : 1", "\"version\" : 2");
        for (String command : List.of("replay ", "explain ", "minimize ")) {
            Outcome refused = powercut(command + finding);

            assertEquals(2, refused.exitCode, refused.err);
            assertTrue(refused.err.contains("case.json:3: the case is of version 2"), refused.err);
        }
        assertEquals(2, powercut("replay " + folder.resolve("nowhere")).exitCode);
        assertEquals(2, powercut("corpus").exitCode);
    }
}
