package dev.powercut.targets.logfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.explore.CrashStates;
import dev.powercut.check.explore.CutPoint;
import dev.powercut.check.explore.ExplorationMonitor;
import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.targets.logfs.fs.Sites;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A volume that is three quarters full, overwritten again and again: cut at every write while the cleaner runs, and in all of the cleaner's. */
class CleanerCrashTest {

    @ParameterizedTest
    @CsvSource({
        "cleaner=greedy, prefix, 1, 1",
        "cleaner=greedy, reorder, 2, 1",
        "cleaner=greedy, torn, 3, 0",
        "cleaner=cost-benefit, prefix, 4, 0",
        "cleaner=cost-benefit, torn, 5, 1",
        "cleaner=cost-benefit, reorder, 8, 1",
        "cleaner=thread, prefix, 6, 0",
        "cleaner=thread, torn, 7, 1",
        "cleaner=thread, reorder, 9, 1"
    })
    void noCrashLosesAnything(String mount, String model, int seed, int depth) {
        LogfsTarget target = new LogfsTarget();
        Choices choices = Choices.seeded(seed);
        ScriptWorkload workload = Overwriting.workload(choices);
        Recording recording = new Recorder(target, null, Overwriting.FORMAT, mount, new KernelOptions(8, 64, true))
                .record(workload, choices.split("run"));
        assertNull(recording.failure());
        assertNull(Objects.requireNonNull(recording.history()).mismatch());
        CrashModel crashes = CrashModel.PRESETS.stream()
                .filter(preset -> preset.name().equals(model))
                .findFirst()
                .orElseThrow();
        Verdict verdict = new Explorer(target, null, mount, LogfsCrashTest.oracles())
                .explore(recording, crashes, Choices.seeded(seed), 4_000, depth, ExplorationMonitor.NONE);
        assertEquals("[]", verdict.findings().toString());
        assertEquals(verdict.states().imageCount(), verdict.imagesExamined());
        List<Integer> writes = writesOfTheCleaner(recording.log());
        assertTrue(writes.size() > 20, "writes of the cleaner: " + writes.size());
        assertEquals(writes, cutIn(verdict.states(), recording.log(), writes), "writes of the cleaner that were cut");
    }

    /** Entries of the log, by their numbers. */
    private static List<Integer> writesOfTheCleaner(WriteLog log) {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number < log.size(); number++) {
            if (log.entries().get(number) instanceof LogEntry.Write write
                    && write.cause().trigger() instanceof Trigger.Ordering ordering
                    && ordering.site().equals(Sites.CLEANING)) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /**
     * Those of some writes that the power failed in: of states at whose cut the write may have been in progress, where order is kept one in which all of
     * it is missing, one in which it is there in part, and one in which it is there; where writes arrive in any order, which keeps each whole, the
     * first and the last; where sectors do, one in which it is there in part.
     */
    private static List<Integer> cutIn(CrashStates states, WriteLog log, List<Integer> writes) {
        Set<Integer> missing = new TreeSet<>();
        Set<Integer> torn = new TreeSet<>();
        Set<Integer> there = new TreeSet<>();
        for (int image = 0; image < states.imageCount(); image++) {
            for (CutPoint point : states.cutPoints(image)) {
                for (int number : writes) {
                    if (point.firstPosition() > number + 1 || point.lastPosition() < number) {
                        continue;
                    }
                    LogEntry entry = log.entries().get(number);
                    long kept = point.kept().keptSectors(number, entry);
                    (kept == 0 ? missing : kept < WriteLog.sectorCount(entry) ? torn : there).add(number);
                }
            }
        }
        List<Set<Integer>> wanted = switch (states.model().name()) {
            case "prefix" -> List.of(missing, torn, there);
            case "reorder" -> List.of(missing, there);
            default -> List.of(torn);
        };
        return writes.stream()
                .filter(number -> wanted.stream().allMatch(set -> set.contains(number)))
                .toList();
    }
}
