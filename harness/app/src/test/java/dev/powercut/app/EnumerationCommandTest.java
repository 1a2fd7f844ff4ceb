package dev.powercut.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that run many small workloads: every sequence of operations, and the litmus tests. */
final class EnumerationCommandTest {

    @TempDir
    private Path folder;

    private Outcome powercut(String line) {
        return Outcome.powercut(line.startsWith("replay ") ? line : line + " --out " + folder);
    }

    @Test
    void everyWorkloadOfOneOperationIsRunAndNothingFound() {
        Outcome outcome = powercut("run --target ext2 --workload ace --length 1 --judge none");
        assertEquals(0, outcome.exitCode, outcome.err);
        assertTrue(outcome.out.contains("length 1, workloads 0 to "), outcome.out);
        assertTrue(outcome.out.lines().anyMatch(line -> line.startsWith("PASS: nothing found in ")), outcome.out);
    }

    @Test
    void countOfAPartSaysWhichWorkloadsItHas() {
        Outcome outcome = powercut("run --target ext2 --workload ace --length 1 --shard 2/4 --count");

        assertEquals(0, outcome.exitCode, outcome.err);
        assertTrue(outcome.out.lines().anyMatch(line -> line.matches("of this part +33")), outcome.out);
        assertTrue(outcome.out.contains("This part: length 1, workloads 33 to 65 of 132"), outcome.out);
        assertTrue(outcome.out.contains("--workload ace --length 1 --shard 2/4 --from 33"), outcome.out);
    }

    @Test
    void countIsDerivedAndNothingIsRun() {
        Outcome outcome = powercut("run --target ext2 --workload ace --length 2 --count");
        assertEquals(0, outcome.exitCode, outcome.err);
        assertTrue(outcome.out.contains("254,"), outcome.out);
    }

    @Test
    void findingOfAnEnumerationIsMadeSmallSavedAndReplayed() {
        Outcome outcome =
                powercut("run --target ext2 --workload ace --judge none --minimize 1 --defect entry-before-inode");
        assertEquals(1, outcome.exitCode, outcome.err);
        assertTrue(outcome.out.contains("made small: 1 operation"), outcome.out);
        Outcome replayed = powercut("replay " + folder.resolve("finding-1"));
        assertEquals(1, replayed.exitCode, replayed.out + replayed.err);
    }

    @Test
    void litmusTableShowsWhatIsSeenAndALineRepeatsIt() {
        Outcome outcome = powercut("litmus --target ext2 --crash lying --seeds 2 --report json");
        assertEquals(0, outcome.exitCode, outcome.err);
        assertTrue(outcome.out.contains("SEEN, forbidden"), outcome.out);
        Outcome one =
                powercut("run --target ext2 --workload litmus:fsync-file --crash lying --judge none --minimize 0");
        assertEquals(0, one.exitCode, one.err);
        assertTrue(one.out.lines().anyMatch(line -> line.startsWith("  ✗ litmus ")), one.out);
    }
}
