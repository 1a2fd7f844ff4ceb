package dev.powercut.targets.ext.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.concurrent.ConcurrentBench;
import dev.powercut.check.concurrent.ConcurrentSearch;
import dev.powercut.check.concurrent.ConcurrentSetting;
import dev.powercut.check.concurrent.CrashJudge;
import dev.powercut.check.concurrent.Program;
import dev.powercut.check.concurrent.RandomPrograms;
import dev.powercut.check.concurrent.SchedulePlan;
import dev.powercut.check.concurrent.Trouble;
import dev.powercut.check.contract.Oracles;
import dev.powercut.check.explore.Verdict;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
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

    private List<String> troubles(ConcurrentSetting setting, int programs) {
        CrashJudge judge = new CrashJudge(setting, Oracles.all(), CrashModel.PREFIX, Integer.MAX_VALUE);
        List<String> found = new ArrayList<>();
        for (long seed = 0; seed < programs && found.isEmpty(); seed++) {
            Program program = RandomPrograms.draw(Choices.seeded(seed).split("program"), 3, 6);
            ConcurrentBench bench = ConcurrentBench.of(setting, program, formatted);
            assertNotNull(bench);
            new ConcurrentSearch(bench, SchedulePlan.USUAL, seed, ConcurrentBench.Recording.LOG)
                    .run(SCHEDULES_EACH, (scenario, outcome) -> {
                        Verdict verdict = judge.judge(bench, outcome);
                        assertNotNull(verdict);
                        states += verdict.imagesExamined();
                        for (Trouble trouble : CrashJudge.troubles(verdict)) {
                            found.add(trouble + "\n" + String.join("\n", trouble.lines()) + "\n" + program.text());
                        }
                        return found.isEmpty();
                    });
        }
        return found;
    }
}
