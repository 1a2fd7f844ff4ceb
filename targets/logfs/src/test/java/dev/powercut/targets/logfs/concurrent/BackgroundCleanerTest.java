package dev.powercut.targets.logfs.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.powercut.check.explore.CrashStates;
import dev.powercut.check.explore.StateBounds;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.kernel.vfs.LockRules;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.targets.logfs.LogfsTarget;
import dev.powercut.targets.logfs.fs.Sites;
import dev.powercut.targets.logfs.planted.Defects;
import dev.powercut.targets.logfs.reader.ThreeReaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes overwrite files on a volume on which room is scarce, while the cleaner moves what they do not. */
final class BackgroundCleanerTest {

    private static final FormatRequest FORMAT = new FormatRequest(512 << 10, 1024, "segment=8K");
    private static final int FILES = 6;
    private static final int FILE_BYTES = 24_000;
    private static final int SCHEDULES_EACH = 20;
    private static final int CORRECT_SCHEDULES = Integer.getInteger("powercut.schedules", 100);
    private static final int MOST_SCHEDULES = 10_000;

    /** What {@code run --processes} does when it is not told otherwise. */
    private static final int GENERATED_OPERATIONS = 6;

    private static final int GENERATED_SCHEDULES_EACH = 200;
    private static final int MOST_PREEMPTIONS = 3;
    private static final int CRASHED_SCHEDULES = 3;
    private static final int STATES_EACH = 40;

    private final LogfsTarget target = new LogfsTarget();
    private final DiskImage formatted = target.format(FORMAT);
    private int schedules;

    private record Found(ConcurrentBench bench, ConcurrentScenario scenario, Trouble trouble) {}

    static List<PlantedDefect> defects() {
        return Defects.concurrent();
    }

    private ConcurrentSetting setting(String options) {
        return new ConcurrentSetting(target, null, LockRules.ALL, FORMAT, options, ConcurrentSetting.SMALL_CACHES);
    }

    /** Files that fill most of the volume, then overwritten here and there; then three processes go on with that. */
    private static Program program(long seed) {
        Choices choices = Choices.seeded(seed);
        StringBuilder script = new StringBuilder();
        for (int file = 0; file < FILES; file++) {
            script.append("creat /f").append(file).append(" 644\nwrite /f");
            script.append(file).append(" 0 ").append(FILE_BYTES).append('\n');
        }
        Choices before = choices.split("set-up");
        for (int i = 0; i < 60; i++) {
            overwrite(script, before);
        }
        script.append("sync\nstart\n");
        for (int process = 0; process < 3; process++) {
            script.append((process + 1) * Program.NUMBERS_EACH).append(": ");
            Choices own = choices.split("process", process);
            for (int i = 0; i < 4; i++) {
                overwrite(script, own);
            }
        }
        return Program.of(ScriptWorkload.parse("overwriting", script.toString()));
    }

    private static void overwrite(StringBuilder script, Choices choices) {
        int file = choices.choose("file", FILES);
        script.append("write /f").append(file).append(' ');
        script.append(choices.choose("at", FILE_BYTES - 1500)).append(" 1500\n");
        script.append("fsync /f").append(file).append('\n');
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cleaner=cost-benefit", "cleaner=thread"})
    void correctCleanerHasNoFindingUnderManySchedules(String options) {
        List<Found> found = search(setting(options), CORRECT_SCHEDULES);
        assertEquals(
                List.of(),
                found.stream()
                        .map(one -> one.trouble() + "\n"
                                + String.join("\n", one.trouble().lines()))
                        .toList());
    }

    @Test
    void cleanerRunsWhileProcessesWrite() {
        Program program = program(1);
        ConcurrentBench bench = ConcurrentBench.of(setting(""), program, formatted);
        assertNotNull(bench);
        int[] moved = new int[1];
        new ConcurrentSearch(bench, SchedulePlan.USUAL, 1, ConcurrentBench.Recording.LOG)
                .run(SCHEDULES_EACH, (scenario, outcome) -> {
                    assertEquals(List.of(), outcome.troubles());
                    moved[0] += writesOfTheCleaner(outcome);
                    return true;
                });
        assertTrue(moved[0] >= SCHEDULES_EACH, "writes of the cleaner: " + moved[0]);
    }

    /** Cut where writes may arrive in any order, while the cleaner was at work beside three processes. */
    @ParameterizedTest
    @ValueSource(strings = {"", "cleaner=cost-benefit", "cleaner=thread"})
    void threeReadersAgreeOnWhatAReorderingCrashLeaves(String options) {
        ConcurrentBench bench = ConcurrentBench.of(setting(options), program(2), formatted);
        assertNotNull(bench);
        int[] seen = new int[3];
        new ConcurrentSearch(bench, SchedulePlan.USUAL, 2, ConcurrentBench.Recording.LOG)
                .run(CRASHED_SCHEDULES, (scenario, outcome) -> {
                    WriteLog log = Objects.requireNonNull(outcome.log());
                    CrashStates states = CrashStates.of(
                            log, CrashModel.REORDER, Choices.seeded(seen[0]), StateBounds.USUAL.withTotal(STATES_EACH));
                    for (int image = 0; image < states.imageCount(); image++) {
                        seen[1] += ThreeReaders.agree(states.image(image), "image " + image) > 0 ? 1 : 0;
                    }
                    seen[0]++;
                    seen[2] += writesOfTheCleaner(outcome);
                    return true;
                });
        assertTrue(seen[1] > CRASHED_SCHEDULES, "images with a log to roll forward: " + seen[1]);
        assertTrue(seen[2] > 0 || options.equals("cleaner=thread"), "writes of the cleaner: " + seen[2]);
    }

    private static int writesOfTheCleaner(ConcurrentOutcome outcome) {
        WriteLog log = outcome.log();
        assertNotNull(log);
        int count = 0;
        for (LogEntry entry : log.entries()) {
            boolean isCleaning = entry instanceof LogEntry.Write write
                    && write.cause().trigger() instanceof Trigger.Ordering ordering
                    && ordering.site().equals(Sites.CLEANING);
            count += isCleaning ? 1 : 0;
        }
        return count;
    }

    @ParameterizedTest
    @MethodSource("defects")
    void plantedDefectIsFoundAndMadeSmall(PlantedDefect defect) {
        ConcurrentSetting setting = setting(defect.mountOptions()).withDefect(defect.name());
        showsWhenSmall(setting, formatted, search(setting, MOST_SCHEDULES));
    }

    /** As {@code run --processes 3 --crash none --seed 1..} does with the options that the defect states. */
    @ParameterizedTest
    @MethodSource("defects")
    void generatedProgramsFindThePlantedDefectOnTheVolumeThatItStates(PlantedDefect defect) {
        FormatRequest format = defect.formatOf(target);
        assertTrue(defect.runOptions().contains("--processes 3 --crash none"), defect.runOptions());
        DiskImage volume = target.format(format);
        ConcurrentSetting setting = new ConcurrentSetting(
                target, defect.name(), LockRules.ALL, format, defect.mountOptions(), ConcurrentSetting.SMALL_CACHES);
        LongFunction<Program> generated =
                seed -> RandomPrograms.draw(Choices.seeded(seed).split("program"), 3, GENERATED_OPERATIONS);
        showsWhenSmall(setting, volume, search(setting, volume, generated, GENERATED_SCHEDULES_EACH, MOST_SCHEDULES));
    }

    private void showsWhenSmall(ConcurrentSetting setting, DiskImage volume, List<Found> all) {
        assertTrue(!all.isEmpty(), setting.defect() + " is not found in " + schedules + " schedules");
        Found found = all.getFirst();
        ConcurrentScenario small = new ConcurrentMinimiser(
                        setting, found.bench(), found.trouble(), null, ConcurrentMinimiser.DEFAULT_BUDGET)
                .minimise(found.scenario());
        ConcurrentBench bench = ConcurrentBench.of(setting, small.program(), volume);
        assertNotNull(bench);
        ConcurrentOutcome first = bench.run(small.choices(null), small.schedule());
        assertNotNull(first.trouble(found.trouble()));
        int preemptions = first.schedule().preemptions();
        assertTrue(preemptions <= MOST_PREEMPTIONS, setting.defect() + " takes " + preemptions + " preemptions");
        ConcurrentBench without = ConcurrentBench.of(setting.withDefect(null), small.program(), volume);
        assertNotNull(without);
        assertEquals(
                List.of(), without.run(small.choices(null), small.schedule()).troubles());
        if (System.getProperty("powercut.schedules.print") != null) {
            System.out.println(setting.defect() + ": " + schedules + " schedules, " + preemptions + " preemptions\n"
                    + found.trouble() + "\n" + small.program().text());
        }
    }

    /** Runs programs, some schedules each, until one shows something. */
    private List<Found> search(ConcurrentSetting setting, int mostSchedules) {
        return search(setting, formatted, BackgroundCleanerTest::program, SCHEDULES_EACH, mostSchedules);
    }

    private List<Found> search(
            ConcurrentSetting setting, DiskImage volume, LongFunction<Program> programs, int each, int mostSchedules) {
        List<Found> found = new ArrayList<>();
        schedules = 0;
        for (long seed = 1; schedules < mostSchedules && found.isEmpty(); seed++) {
            ConcurrentBench bench = ConcurrentBench.of(setting, programs.apply(seed), volume);
            assertNotNull(bench);
            new ConcurrentSearch(bench, SchedulePlan.USUAL, seed, ConcurrentBench.Recording.NOTHING)
                    .run(each, (scenario, outcome) -> {
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
