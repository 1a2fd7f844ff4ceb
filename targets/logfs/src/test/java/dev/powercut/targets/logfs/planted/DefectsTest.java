package dev.powercut.targets.logfs.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.powercut.check.explore.ExplorationMonitor;
import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.targets.logfs.LogfsTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DefectsTest {

    private static final int SEEDS = 20;

    static List<String> names() {
        return Defects.all().stream().map(PlantedDefect::name).toList();
    }

    static List<PlantedDefect> defects() {
        return Defects.all();
    }

    /** Those that keep the order of issue. */
    static List<PlantedDefect> withoutBarrier() {
        return Defects.all().stream()
                .filter(defect -> !defect.crashModel().equals(CrashModel.PREFIX.name()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("defects")
    void eachIsFoundByACrash(PlantedDefect defect) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            if (!explore(defect, model(defect.crashModel()), seed, 2_000)
                    .findings()
                    .isEmpty()) {
                return;
            }
        }
        fail("not found within " + SEEDS + " seeds");
    }

    @ParameterizedTest
    @MethodSource("withoutBarrier")
    void aMissingBarrierHidesFromADeviceThatKeepsTheOrder(PlantedDefect defect) {
        for (int seed = 1; seed <= 3; seed++) {
            assertEquals(
                    List.of(),
                    explore(defect, CrashModel.PREFIX, seed, Integer.MAX_VALUE).findings());
        }
    }

    private static CrashModel model(String name) {
        return CrashModel.PRESETS.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Recovery is cut as well. */
    private static Verdict explore(PlantedDefect defect, CrashModel model, int seed, int states) {
        LogfsTarget target = new LogfsTarget();
        List<Oracle> oracles = new ArrayList<>();
        ServiceLoader.load(Oracle.class).forEach(oracles::add);
        String options = defect.mountOptions();
        Recording recording = new Recorder(
                        target, defect.name(), target.defaultFormat(), options, KernelOptions.DEFAULT)
                .record(new RandomWorkload(100), Choices.seeded(seed));
        return new Explorer(target, defect.name(), options, oracles)
                .explore(recording, model, Choices.seeded(seed), states, 1, ExplorationMonitor.NONE);
    }

    @Test
    void namesAreDifferentAndWellFormed() {
        List<String> names = names();
        assertTrue(names.size() >= 14);
        assertEquals(names.size(), names.stream().distinct().count());
        for (String name : names) {
            assertTrue(name.matches("[a-z]+(-[a-z]+)+"), name);
        }
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Defects.plant("no-such-defect"));
    }
}
