package dev.powercut.targets.ext.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.concurrent.ConcurrentBench;
import dev.powercut.check.concurrent.ConcurrentOutcome;
import dev.powercut.check.concurrent.ConcurrentSearch;
import dev.powercut.check.concurrent.ConcurrentSetting;
import dev.powercut.check.concurrent.CrashJudge;
import dev.powercut.check.concurrent.Program;
import dev.powercut.check.concurrent.RandomPrograms;
import dev.powercut.check.concurrent.SchedulePlan;
import dev.powercut.check.concurrent.Trouble;
import dev.powercut.check.contract.Oracles;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.promises.Promises;
import dev.powercut.check.workload.History;
import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.targets.ext.Ext2Target;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several processes at once, and the power fails: every crash state is one that some order of their calls allows. */
final class ConcurrentCrashTest {

    private static final int PROGRAMS = Integer.getInteger("powercut.programs", 30);
    private static final int SCHEDULES_EACH = 4;

    private final Ext2Target target = new Ext2Target();
    private final DiskImage formatted = target.format(target.defaultFormat());
    private int states;

    @Test
    void everyCrashStateOfEveryScheduleIsLegal() {
        assertEquals(List.of(), troubles(ConcurrentSetting.of(target), PROGRAMS));
        assertTrue(states > 20 * PROGRAMS, states + " crash states");
    }

    @Test
    void targetThatBreaksItsPromisesIsFoundUnderConcurrencyToo() {
        List<String> found = troubles(ConcurrentSetting.of(target).withDefect("rename-removes-old-first"), 200);
        assertTrue(!found.isEmpty());
    }

    /**
     * Writes that overlap in time and place, each made durable at once: what the disk holds tells their order, what they come back with
     * does not.
     */
    @Test
    void legalOrderFarFromTheFirstIsFound() {
        Program program = Program.of(ScriptWorkload.parse("writers", """
                creat /f 644
                write /f 0 4000
                sync
                start
                1000: write /f 0 2000
                1001: fsync /f
                2000: write /f 500 2000
                2001: fsync /f
                3000: write /f 1000 2000
                3001: fsync /f
                4000: write /f 1500 2000
                4001: fsync /f
                """));
        ConcurrentSetting setting = ConcurrentSetting.of(target);
        ConcurrentBench bench = ConcurrentBench.of(setting, program, formatted);
        assertNotNull(bench);
        CrashJudge judge = new CrashJudge(setting, Oracles.all(), CrashModel.PREFIX, Integer.MAX_VALUE);
        CrashJudge hasty = new CrashJudge(setting, Oracles.all(), CrashModel.PREFIX, Integer.MAX_VALUE, 100);
        int[] brokenByFirst = new int[1];
        int[] undecided = new int[1];
        new ConcurrentSearch(bench, SchedulePlan.USUAL, 1, ConcurrentBench.Recording.LOG)
                .run(40, (scenario, outcome) -> {
                    if (!isLegalByFirstOrder(judge, setting, outcome)) {
                        brokenByFirst[0]++;
                        CrashJudge.Judged judged = judge.judge(bench, outcome);
                        CrashJudge.Judged early = hasty.judge(bench, outcome);
                        assertNotNull(judged);
                        assertNotNull(early);
                        assertEquals(List.of(), CrashJudge.troubles(judged.verdict()));
                        assertFalse(judged.gaveUp());
                        assertEquals(List.of(), CrashJudge.troubles(early.verdict()));
                        undecided[0] += early.gaveUp() ? 1 : 0;
                    }
                    return true;
                });
        assertTrue(brokenByFirst[0] > 0);
        assertTrue(undecided[0] > 0);
    }

    private static boolean isLegalByFirstOrder(CrashJudge judge, ConcurrentSetting setting, ConcurrentOutcome outcome) {
        History first = outcome.history();
        WriteLog log = outcome.log();
        assertNotNull(first);
        assertNotNull(log);
        Promises promises = Promises.of(first, setting.target().guarantees(setting.mountOptions()));
        return judge.explorer()
                .judge(
                        new Recording(log, first, promises, null, outcome.traceHash()),
                        judge.model(),
                        Choices.zero(),
                        Integer.MAX_VALUE,
                        (done, total) -> true)
                .findings()
                .isEmpty();
    }

    private List<String> troubles(ConcurrentSetting setting, int programs) {
        CrashJudge judge = new CrashJudge(setting, Oracles.all(), CrashModel.PREFIX, Integer.MAX_VALUE);
        List<String> found = new ArrayList<>();
        for (long seed = 0; seed < programs && found.isEmpty(); seed++) {
            Program program = RandomPrograms.draw(Choices.seeded(seed).split("program"), 3, 6);
            ConcurrentBench bench = ConcurrentBench.of(setting, program, formatted);
            assertNotNull(bench);
            new ConcurrentSearch(bench, SchedulePlan.USUAL, seed, ConcurrentBench.Recording.LOG)
                    .run(SCHEDULES_EACH, (scenario, outcome) -> {
                        CrashJudge.Judged judged = judge.judge(bench, outcome);
                        assertNotNull(judged);
                        assertFalse(judged.gaveUp());
                        states += judged.verdict().imagesExamined();
                        for (Trouble trouble : CrashJudge.troubles(judged.verdict())) {
                            found.add(trouble + "\n" + String.join("\n", trouble.lines()) + "\n" + program.text());
                        }
                        return found.isEmpty();
                    });
        }
        return found;
    }
}
