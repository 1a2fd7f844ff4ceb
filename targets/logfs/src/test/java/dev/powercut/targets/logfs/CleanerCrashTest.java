package dev.powercut.targets.logfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.powercut.targets.logfs.fs.Sites;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A volume that is three quarters full, overwritten again and again: cut at every write while the cleaner runs. */
class CleanerCrashTest {

    @ParameterizedTest
    @CsvSource({
        "cleaner=greedy, prefix, 1",
        "cleaner=greedy, reorder, 2",
        "cleaner=cost-benefit, torn, 5",
        "cleaner=thread, prefix, 6",
        "cleaner=thread, torn, 7"
    })
    void noCrashLosesAnything(String mount, String model, int seed) {
        LogfsTarget target = new LogfsTarget();
        Choices choices = Choices.seeded(seed);
        ScriptWorkload workload = Overwriting.workload(choices);
        Recording recording = new Recorder(target, null, Overwriting.FORMAT, mount, new KernelOptions(8, 64, true))
                .record(workload, choices.split("run"));
        assertNull(recording.failure());
        assertNull(Objects.requireNonNull(recording.history()).mismatch());
        assertTrue(writesOfTheCleaner(recording) > 20, "writes of the cleaner: " + writesOfTheCleaner(recording));
        CrashModel crashes = CrashModel.PRESETS.stream()
                .filter(preset -> preset.name().equals(model))
                .findFirst()
                .orElseThrow();
        Verdict verdict = new Explorer(target, null, mount, LogfsCrashTest.oracles())
                .explore(recording, crashes, Choices.seeded(seed), 1_200, 1, ExplorationMonitor.NONE);
        assertEquals("[]", verdict.findings().toString());
    }

    private static int writesOfTheCleaner(Recording recording) {
        int count = 0;
        for (LogEntry entry : recording.log().entries()) {
            if (entry instanceof LogEntry.Write write
                    && write.cause().trigger() instanceof Trigger.Ordering ordering
                    && ordering.site().equals(Sites.CLEANING)) {
                count++;
            }
        }
        return count;
    }
}
