package dev.powercut.targets.ext.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.concurrent.ConcurrencyDefect;
import dev.powercut.check.concurrent.ConcurrentBench;
import dev.powercut.check.concurrent.ConcurrentMinimiser;
import dev.powercut.check.concurrent.ConcurrentOutcome;
import dev.powercut.check.concurrent.ConcurrentScenario;
import dev.powercut.check.concurrent.ConcurrentSearch;
import dev.powercut.check.concurrent.ConcurrentSetting;
import dev.powercut.check.concurrent.Program;
import dev.powercut.check.concurrent.RandomPrograms;
import dev.powercut.check.concurrent.SchedulePlan;
import dev.powercut.check.concurrent.Trouble;
import dev.powercut.kernel.vfs.LockRules;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.ext.Ext2Target;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The correct kernel on ext2 gives no finding under many schedules, and every planted defect of locking does. */
final class ConcurrencyDefectsTest {

    private static final int SCHEDULES_EACH = 20;
    private static final int CORRECT_SCHEDULES = Integer.getInteger("powercut.schedules", 2_000);
    private static final int MOST_SCHEDULES = 10_000;
    private static final int MOST_PREEMPTIONS = 3;

    private final Ext2Target target = new Ext2Target();
    private final ConcurrentSetting correct = ConcurrentSetting.of(target);
    private final DiskImage formatted = target.format(target.defaultFormat());
    private int schedules;

    private record Found(ConcurrentBench bench, ConcurrentScenario scenario, Trouble trouble) {}

    static List<ConcurrencyDefect> defects() {
        return ConcurrencyDefect.all();
    }

    @Test
    void correctKernelHasNoFindingUnderManySchedules() {
        List<Found> found = search(correct, 0, Long.MAX_VALUE, CORRECT_SCHEDULES);
        assertEquals(
                List.of(),
                found.stream()
                        .map(one -> one.trouble() + "\n"
                                + String.join("\n", one.trouble().lines()) + "\n"
                                + one.scenario().program().text())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("defects")
    void plantedDefectIsFoundAndMadeSmall(ConcurrencyDefect defect) {
        ConcurrentSetting setting = correct.with(defect.rules());
        List<Found> all = search(setting, 0, Long.MAX_VALUE, MOST_SCHEDULES);
        assertFalse(all.isEmpty(), defect.name() + " is not found in " + schedules + " schedules");
        Found found = all.getFirst();
        ConcurrentScenario small = new ConcurrentMinimiser(
                        setting, found.bench(), found.trouble(), null, ConcurrentMinimiser.DEFAULT_BUDGET)
                .minimise(found.scenario());
        ConcurrentBench bench = ConcurrentBench.of(setting, small.program(), formatted);
        assertNotNull(bench);
        ConcurrentOutcome outcome = bench.run(small.choices(null), small.schedule());
        assertNotNull(outcome.trouble(found.trouble()));
        int preemptions = outcome.schedule().preemptions();
        assertTrue(preemptions <= MOST_PREEMPTIONS, defect.name() + " takes " + preemptions + " preemptions");
        for (int time = 0; time < 100; time++) {
            assertEquals(
                    outcome.traceHash(),
                    bench.run(small.choices(null), small.schedule()).traceHash());
        }
        ConcurrentBench without = ConcurrentBench.of(setting.with(LockRules.ALL), small.program(), formatted);
        assertNotNull(without);
        assertEquals(
                List.of(), without.run(small.choices(null), small.schedule()).troubles());
    }

    /** Runs generated programs, some schedules each, until one shows something. */
    private List<Found> search(ConcurrentSetting setting, long first, long programs, int mostSchedules) {
        List<Found> found = new ArrayList<>();
        int limit = schedules + mostSchedules;
        for (long seed = first; seed < first + programs && schedules < limit && found.isEmpty(); seed++) {
            Program program = RandomPrograms.draw(Choices.seeded(seed).split("program"), 3, 6);
            ConcurrentBench bench = ConcurrentBench.of(setting, program, formatted);
            assertNotNull(bench);
            new ConcurrentSearch(bench, SchedulePlan.USUAL, seed, ConcurrentBench.Recording.NOTHING)
                    .run(SCHEDULES_EACH, (scenario, outcome) -> {
                        schedules++;
                        if (!outcome.troubles().isEmpty()) {
                            found.add(new Found(
                                    bench, scenario, outcome.troubles().getFirst()));
                        }
                        return found.isEmpty();
                    });
        }
        return found;
    }
}
