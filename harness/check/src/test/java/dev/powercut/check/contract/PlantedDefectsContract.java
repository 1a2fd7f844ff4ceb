package dev.powercut.check.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.powercut.check.explore.ExplorationMonitor;
import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every defect that a target plants in itself is found by a crash of the model that it names, and by no tamer one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PlantedDefectsContract {

    private static final int SEEDS = 20;
    private static final int SEEDS_IN_ORDER = 3;

    /** A target that plants fewer is not tested by so much as its rules. */
    private static final int LEAST_DEFECTS = 14;

    protected abstract FileSystemTarget target();

    /** How many operations each workload has. */
    protected int operations() {
        return 100;
    }

    /** How many crash images of a workload are examined, about. */
    protected int states() {
        return 2_000;
    }

    /** Likewise, where nothing must be found. */
    protected int statesInOrder() {
        return Integer.MAX_VALUE;
    }

    /** How often the power fails again during recovery. */
    protected int recoveryDepth() {
        return 1;
    }

    private List<PlantedDefect> defects() {
        return target().defects();
    }

    /** Those that keep the order of issue. */
    private List<PlantedDefect> withoutBarrier() {
        return defects().stream()
                .filter(defect -> !defect.crashModel().equals(CrashModel.PREFIX.name()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("defects")
    void eachIsFoundByACrash(PlantedDefect defect) {
        CrashModel model = CrashModel.PRESETS.stream()
                .filter(preset -> preset.name().equals(defect.crashModel()))
                .findFirst()
                .orElseThrow();
        for (int seed = 1; seed <= SEEDS; seed++) {
            if (!explore(defect, model, seed, states()).findings().isEmpty()) {
                return;
            }
        }
        fail("not found within " + SEEDS + " seeds");
    }

    @ParameterizedTest
    @MethodSource("withoutBarrier")
    void aMissingBarrierHidesFromADeviceThatKeepsTheOrder(PlantedDefect defect) {
        for (int seed = 1; seed <= SEEDS_IN_ORDER; seed++) {
            assertEquals(
                    List.of(),
                    explore(defect, CrashModel.PREFIX, seed, statesInOrder()).findings());
        }
    }

    private Verdict explore(PlantedDefect defect, CrashModel model, int seed, int states) {
        FileSystemTarget target = target();
        String options = defect.mountOptions();
        Recording recording = new Recorder(
                        target, defect.name(), defect.formatOf(target), options, KernelOptions.DEFAULT)
                .record(new RandomWorkload(operations()), Choices.seeded(seed));
        return new Explorer(target, defect.name(), options, Oracles.all())
                .explore(recording, model, Choices.seeded(seed), states, recoveryDepth(), ExplorationMonitor.NONE);
    }

    @Test
    void namesAreDifferentAndWellFormed() {
        List<String> names = defects().stream().map(PlantedDefect::name).toList();
        assertTrue(names.size() >= LEAST_DEFECTS, names::toString);
        assertEquals(names.size(), names.stream().distinct().count());
        for (String name : names) {
            assertTrue(name.matches("[a-z]+(-[a-z]+)+"), name);
        }
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> target().fileSystem("no-such-defect"));
    }
}
