package dev.powercut.app;

import static dev.powercut.app.Outcome.powercut;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes at once, at the command line. */
final class ConcurrentRunTest {

    @TempDir
    private Path folder;

    private Path crossedRenames() throws IOException {
        return Files.writeString(folder.resolve("crossed.txt"), """
            mkdir /a 0755
            mkdir /b 0755
            creat /a/x 0644
            creat /b/y 0644
            start
            1000: rename /a/x /b/x
            2000: rename /b/y /a/y
            """);
    }

    @Test
    void correctTargetPassesWithTheSameTraceEachTime() {
        String line = "run --target ext2 --processes 2 --operations 4 --seeds 1..2 --schedules 6 --out "
                + folder.resolve("run");
        Outcome run = powercut(line);

        assertEquals(0, run.exitCode, run.out + run.err);
        assertTrue(run.lastLine().startsWith("PASS: nothing found in 2 programs, 12 schedules, "), run.out);
        assertEquals(run.lastLine(), powercut(line).lastLine());
    }

    @Test
    void plantedDefectIsFoundSavedAndReplayedAHundredTimesWithTheSameHash() throws IOException {
        Outcome run = powercut("run --target ext2 --processes 2 --workload script:" + crossedRenames()
                + " --strategy depth-first:2 --schedules 2000 --crash none --defect rename-locks-unordered --out "
                + folder.resolve("run"));
        assertEquals(1, run.exitCode, run.out + run.err);
        assertTrue(run.out.contains("deadlock"), run.out);
        assertTrue(run.out.contains("task process 1 waits for inode"), run.out);
        assertTrue(run.out.contains("lock-order"), run.out);
        String page = Files.readString(folder.resolve("run/report.html"));
        assertTrue(page.contains("Who ran when") && page.contains(">process 2</th>"), page);
        assertFalse(page.contains("<dt>Operations</dt><dd>0</dd>"), page);

        Outcome replay = powercut("replay " + folder.resolve("run/finding-1") + " --times 100");
        assertEquals(1, replay.exitCode, replay.out + replay.err);
        assertTrue(replay.out.contains("100 times, the same each time"), replay.out);
        assertTrue(replay.lastLine().startsWith("STILL FOUND; trace "), replay.out);

        Outcome table = powercut("replay --trace " + folder.resolve("run/finding-1"));
        assertTrue(table.out.lines().anyMatch(line -> line.matches(" +step +main +process 1 +process 2")), table.out);

        Outcome layers = powercut("trace " + folder.resolve("run/finding-1"));
        assertEquals(0, layers.exitCode, layers.err);
        assertTrue(layers.out.contains("system call") && layers.out.contains("disk"), layers.out);
    }

    @Test
    void findingAfterPowerCutIsMadeSmallToOneCutAndKeptInTheCorpus() throws IOException {
        Path script = Files.writeString(folder.resolve("move.txt"), """
            mkdir /d 0755
            creat /a 0644
            start
            1000: creat /d/x 0644
            1001: rename /a /d/a
            2000: stat /d
            """);
        Path found = folder.resolve("run/finding-1");
        Outcome run = powercut("run --target ext2 --processes 2 --workload script:" + script
                + " --schedules 2 --crash prefix --defect rename-removes-old-first --out " + folder.resolve("run"));
        assertEquals(1, run.exitCode, run.out + run.err);
        assertTrue(run.out.contains("made small: 1 operation, 0 preemptions"), run.out);
        assertTrue(run.out.contains("at ext2.rename.new-entry)   <- missing"), run.out);
        assertTrue(Files.readString(found.resolve("case.json")).contains("\"cut\""));

        Outcome explained = powercut("explain " + found);
        assertEquals(1, explained.exitCode, explained.err);
        assertTrue(explained.out.contains("Prevented by an ordering edge or a flush"), explained.out);

        Outcome small = powercut("minimize " + found + " --out " + folder.resolve("small"));
        assertEquals(1, small.exitCode, small.err);
        assertEquals(Files.readString(found.resolve("case.json")), Files.readString(folder.resolve("small/case.json")));

        String corpus = " --corpus " + folder.resolve("corpus");
        assertEquals(0, powercut("corpus add " + found + " --name moved" + corpus).exitCode);
        Outcome verified = powercut("corpus verify" + corpus);
        assertEquals(0, verified.exitCode, verified.out + verified.err);
        assertTrue(verified.out.contains("ext2/moved"), verified.out);

        Path kept = folder.resolve("corpus/ext2/moved/case.json");
        Files.writeString(
                kept, Files.readString(kept).replace("\"rename-removes-old-first\"", "\"link-count-raised-late\""));
        Outcome mended = powercut("corpus verify" + corpus);
        assertEquals(2, mended.exitCode, mended.out + mended.err);
        assertTrue(mended.out.contains("stale"), mended.out);
        assertTrue(mended.out.contains("FAIL: 1 case, 1 not as expected"), mended.out);
    }

    @Test
    void replayThatGoesAnotherWayNamesTheFirstStepThatDiffers() throws IOException {
        powercut("run --target ext2 --processes 2 --workload script:" + crossedRenames()
                + " --strategy first-come --crash none --defect rename-locks-unordered --out " + folder.resolve("run"));
        Path file = folder.resolve("run/finding-1/case.json");
        String text = Files.readString(file);
        String step = "\"task 1: lock inode 2\"";
        assertTrue(text.contains(step), text);
        Files.writeString(file, text.replaceFirst(step, "\"task 1: lock inode 99\""));

        Outcome replay = powercut("replay " + folder.resolve("run/finding-1"));
        assertTrue(replay.out.contains("the run differs from the saved one from step "), replay.out);
        assertTrue(replay.out.contains("saved: task 1: lock inode 99"), replay.out);
        assertTrue(replay.out.contains("now:   task 1: lock inode 2"), replay.out);
        assertTrue(replay.out.contains("at dev.powercut.kernel.vfs."), replay.out);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--processes 0",
                "--processes 9",
                "--strategy pos",
                "--processes 2 --strategy pct:0",
                "--processes 2 --strategy nonsense",
                "--processes 2 --schedules 0",
                "--processes 2 --operations 1000",
                "--processes 2 --crash nonsense",
                "--processes 2 --workload ace",
                "--processes 2 --workload script:/nowhere",
                "--processes 2 --judge e2fsck",
                "--processes 2 --recovery-depth 1"
            })
    void wrongOptionsAreToldAndGiveExitCodeTwo(String options) {
        Outcome run = powercut("run --target ext2 --out " + folder.resolve("run") + " " + options);
        assertEquals(2, run.exitCode, run.out + run.err);
        assertTrue(run.err.startsWith("powercut run: "), run.err);
        assertTrue(run.err.lines().count() <= 3, run.err);
    }
}
