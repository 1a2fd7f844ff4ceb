package dev.powercut.targets.ext.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.concurrent.ConcurrentBench;
import dev.powercut.check.concurrent.ConcurrentMinimiser;
import dev.powercut.check.concurrent.ConcurrentOutcome;
import dev.powercut.check.concurrent.ConcurrentScenario;
import dev.powercut.check.concurrent.ConcurrentSearch;
import dev.powercut.check.concurrent.ConcurrentSetting;
import dev.powercut.check.concurrent.CrashJudge;
import dev.powercut.check.concurrent.Program;
import dev.powercut.check.concurrent.RandomPrograms;
import dev.powercut.check.concurrent.SchedulePlan;
import dev.powercut.check.concurrent.Trouble;
import dev.powercut.check.contract.Oracles;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.oracle.Grade;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.kernel.vfs.LockRules;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.ext.Ext3Target;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes on ext3, whose journal is committed by a task of its own. */
final class JournalTaskTest {

    private static final int SCHEDULES = Integer.getInteger("powercut.schedules", 600);
    private static final int PROGRAMS = Integer.getInteger("powercut.programs", 12);
    private static final int MOST_SCHEDULES = 10_000;
    private static final int SCHEDULES_EACH = 4;

    private static final int MOST_PREEMPTIONS = 3;

    /** How many runs to spend on making a finding small: each is cut at every place. */
    private static final int BUDGET = 2_500;

    private record Found(ConcurrentBench bench, ConcurrentScenario scenario, Trouble trouble) {}

    private final Ext3Target target = new Ext3Target();
    private final DiskImage formatted = target.format(target.defaultFormat());
    private int schedules;
    private int states;

    static List<PlantedDefect> defects() {
        return new Ext3Target()
                .furtherDefects().stream()
                        .filter(defect -> defect.name().equals("commit-races-with-operation"))
                        .toList();
    }

    private ConcurrentSetting setting(String options) {
        ConcurrentSetting usual = ConcurrentSetting.of(target);
        return new ConcurrentSetting(
                target, null, LockRules.ALL, usual.format(), options, ConcurrentSetting.SMALL_CACHES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data=journal", "data=writeback"})
    void noScheduleGivesAFinding(String options) {
        for (long seed = 0; schedules < SCHEDULES / 3; seed++) {
            Program program = RandomPrograms.draw(Choices.seeded(seed).split("program"), 3, 6);
            ConcurrentBench bench = ConcurrentBench.of(setting(options), program, formatted);
            assertNotNull(bench);
            new ConcurrentSearch(bench, SchedulePlan.USUAL, seed, ConcurrentBench.Recording.NOTHING)
                    .run(20, (scenario, outcome) -> {
                        schedules++;
                        assertEquals(
                                List.of(),
                                outcome.troubles().stream()
                                        .map(one -> one + "\n" + String.join("\n", one.lines()) + "\n" + program.text())
                                        .toList());
                        return true;
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data=journal", "data=writeback", "nofua,journal_checksum"})
    void everyCrashStateOfEveryScheduleIsLegal(String options) {
        assertEquals(List.of(), troubles(setting(options), 0, PROGRAMS * SCHEDULES_EACH));
        assertTrue(states > 10 * PROGRAMS, states + " crash states");
    }

    @ParameterizedTest
    @MethodSource("defects")
    void plantedDefectIsFoundAndMadeSmall(PlantedDefect defect) {
        ConcurrentSetting setting = setting(defect.mountOptions()).withDefect(defect.name());
        List<Found> all = search(setting, 0, MOST_SCHEDULES);
        assertFalse(all.isEmpty(), defect.name() + " is not found in " + schedules + " schedules");
        Found found = all.getFirst();
        CrashJudge judge = new CrashJudge(setting, Oracles.all(), CrashModel.PREFIX, Integer.MAX_VALUE);
        ConcurrentScenario small = new ConcurrentMinimiser(setting, found.bench(), found.trouble(), judge, BUDGET)
                .minimise(found.scenario());
        ConcurrentBench bench = ConcurrentBench.of(setting, small.program(), formatted);
        assertNotNull(bench);
        ConcurrentOutcome outcome =
                bench.run(small.choices(null), small.schedule().strategy(), ConcurrentBench.Recording.LOG);
        CrashJudge.Judged judged = judge.judge(bench, outcome);
        assertNotNull(judged);
        assertTrue(
                CrashJudge.troubles(judged.verdict()).stream().anyMatch(one -> one.isSameSort(found.trouble())),
                small.program()::text);
        int preemptions = outcome.schedule().preemptions();
        assertTrue(preemptions <= MOST_PREEMPTIONS, defect.name() + " takes " + preemptions + " preemptions");
    }

    private List<String> troubles(ConcurrentSetting setting, long firstSeed, int mostSchedules) {
        return search(setting, firstSeed, mostSchedules).stream()
                .map(one ->
                        one.trouble() + "\n" + String.join("\n", one.trouble().lines()) + "\n"
                                + one.scenario().program().text())
                .toList();
    }

    /** What is found in some schedules, each cut wherever a prefix ends, up to the first. */
    private List<Found> search(ConcurrentSetting setting, long firstSeed, int mostSchedules) {
        CrashJudge judge = new CrashJudge(setting, Oracles.all(), CrashModel.PREFIX, Integer.MAX_VALUE);
        List<Found> found = new ArrayList<>();
        for (long seed = firstSeed; schedules < mostSchedules && found.isEmpty(); seed++) {
            Program program = RandomPrograms.draw(Choices.seeded(seed).split("program"), 3, 6);
            ConcurrentBench bench = ConcurrentBench.of(setting, program, formatted);
            assertNotNull(bench);
            new ConcurrentSearch(bench, SchedulePlan.USUAL, seed, ConcurrentBench.Recording.LOG)
                    .run(SCHEDULES_EACH, (scenario, outcome) -> {
                        schedules++;
                        List<Trouble> troubles = new ArrayList<>(outcome.troubles());
                        CrashJudge.Judged judged = judge.judge(bench, outcome);
                        if (judged != null) {
                            Verdict verdict = judged.verdict();
                            states += verdict.imagesExamined();
                            verdict.findings().stream()
                                    .filter(finding -> finding.grade() != Grade.ADVISORY)
                                    .forEach(finding -> troubles.add(CrashJudge.trouble(finding)));
                        }
                        troubles.forEach(trouble -> found.add(new Found(bench, scenario, trouble)));
                        return found.isEmpty();
                    });
        }
        return found;
    }
}
