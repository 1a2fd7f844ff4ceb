package dev.powercut.targets.logfs.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.fail;

import dev.powercut.check.contract.Oracles;
import dev.powercut.check.explore.ExplorationMonitor;
import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.targets.logfs.LogfsTarget;
import dev.powercut.targets.logfs.reader.SecondReaderAgrees;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What it takes long workloads on a full volume to find; without the defect, they find nothing, nor does the second reader. */
class LastingDefectsTest {

    private static final int SEEDS = 20;
    private static final int OPERATIONS = 300;
    private static final int STATES = 100;

    static List<PlantedDefect> lasting() {
        return Defects.lasting();
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void eachIsFoundByALongWorkload(PlantedDefect defect) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            assertEquals(List.of(), findings(defect, null, seed), "without it, seed " + seed);
            if (!findings(defect, defect.name(), seed).isEmpty()) {
                return;
            }
        }
        fail("not found within " + SEEDS + " seeds");
    }

    private static List<Finding> findings(PlantedDefect defect, @Nullable String planted, int seed) {
        LogfsTarget target = new LogfsTarget();
        Recording recording = new Recorder(
                        target, planted, defect.formatOf(target), defect.mountOptions(), KernelOptions.DEFAULT)
                .record(new RandomWorkload(OPERATIONS), Choices.seeded(seed));
        if (planted == null) {
            assertNull(recording.failure());
            assertNull(Objects.requireNonNull(recording.history()).mismatch());
        }
        List<Oracle> oracles = new ArrayList<>(Oracles.all());
        if (planted == null) {
            oracles.add(new SecondReaderAgrees());
        }
        return new Explorer(target, planted, defect.mountOptions(), oracles)
                .explore(recording, CrashModel.PREFIX, Choices.seeded(seed), STATES, 1, ExplorationMonitor.NONE)
                .findings();
    }
}
