package dev.powercut.targets.ext.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.concurrent.ConcurrencyDefect;
import dev.powercut.check.concurrent.ConcurrentBench;
import dev.powercut.check.concurrent.ConcurrentBench.Recording;
import dev.powercut.check.concurrent.ConcurrentScenario;
import dev.powercut.check.concurrent.ConcurrentSearch;
import dev.powercut.check.concurrent.ConcurrentSetting;
import dev.powercut.check.concurrent.Program;
import dev.powercut.check.concurrent.SchedulePlan;
import dev.powercut.check.concurrent.Trouble;
import dev.powercut.check.trace.LayerTrace;
import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.kernel.vfs.LockRule;
import dev.powercut.sim.schedule.DepthFirst;
import dev.powercut.targets.ext.Ext2Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of two or three calls, under all schedules with few preemptions. */
final class LitmusProgramsTest {

    private static final String CROSSED_RENAMES = """
        mkdir /a 0755
        mkdir /b 0755
        creat /a/x 0644
        creat /b/y 0644
        start
        1000: rename /a/x /b/x
        2000: rename /b/y /a/y
        """;

    private static final int PREEMPTIONS = Integer.getInteger("powercut.preemptions", 1);

    private final ConcurrentSetting correct = ConcurrentSetting.of(new Ext2Target());

    private ConcurrentBench bench(ConcurrentSetting setting, String script) {
        ConcurrentBench bench = ConcurrentBench.of(setting, Program.of(ScriptWorkload.parse("litmus", script)));
        assertNotNull(bench);
        return bench;
    }

    private DepthFirst.Result explore(ConcurrentBench bench, int preemptions, List<Trouble> troubles) {
        return new ConcurrentSearch(
                        bench, new SchedulePlan(SchedulePlan.Kind.DEPTH_FIRST, preemptions), 1, Recording.NOTHING)
                .run(20_000, (scenario, outcome) -> {
                    troubles.addAll(outcome.troubles());
                    return troubles.isEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CROSSED_RENAMES,
                "creat /f 0644\nwrite /f 0 8192\nstart\n1000: write /f 0 100\n2000: truncate /f 0\n",
                "creat /f 0644\nstart\n1000: unlink /f\n2000: link /f /g\n2001: stat /g\n",
                "start\n1000: mkdir /d 0755\n2000: mkdir /d 0755\n2001: rmdir /d\n",
                "mkdir /d 0755\nmkdir /d/e 0755\nstart\n1000: rename /d /c\n2000: creat /d/e/f 0644\n",
                "mkdir /d 0755\nstart\n1000: rmdir /d\n2000: creat /d/f 0644\n",
                "creat /f 0644\n"
                        + "write /f 0 4096\n"
                        + "start\n"
                        + "1000: open 0 /f\n"
                        + "1001: read-open 0 0 4096\n"
                        + "2000: unlink /f\n"
                        + "2001: creat /f 0644\n"
            })
    void everyScheduleWithFewPreemptionsIsRight(String script) {
        List<Trouble> troubles = new ArrayList<>();
        DepthFirst.Result result = explore(bench(correct, script), PREEMPTIONS, troubles);
        assertEquals(List.of(), troubles);
        assertTrue(result.complete(), result.schedules() + " schedules");
        assertTrue(result.schedules() > 10);
    }

    @Test
    void unorderedDirectoryLocksDeadlockInCrossedRenames() {
        ConcurrencyDefect defect = Objects.requireNonNull(ConcurrencyDefect.find("rename-locks-unordered"));
        List<Trouble> troubles = new ArrayList<>();
        ConcurrentBench bench = bench(correct.with(defect.rules()), CROSSED_RENAMES);
        new ConcurrentSearch(bench, new SchedulePlan(SchedulePlan.Kind.DEPTH_FIRST, 2), 1, Recording.NOTHING)
                .run(20_000, (scenario, outcome) -> {
                    troubles.addAll(outcome.troubles());
                    return troubles.stream().noneMatch(trouble -> trouble.kind().equals("deadlock"));
                });
        Trouble deadlock = troubles.stream()
                .filter(trouble -> trouble.kind().equals("deadlock"))
                .findFirst()
                .orElseThrow();
        String text = String.join("\n", deadlock.lines());
        assertTrue(text.contains("task process 1 waits for inode"), text);
        assertTrue(text.contains("held by task process 2"), text);
        assertTrue(text.contains("at dev.powercut.kernel.vfs.Renaming"), text);
    }

    @Test
    void circleOfLocksIsFoundWithoutADeadlock() {
        ConcurrentBench bench =
                bench(correct.with(correct.rules().without(LockRule.DIRECTORIES_IN_ORDER)), CROSSED_RENAMES);
        List<Trouble> troubles = new ArrayList<>();
        new ConcurrentSearch(bench, SchedulePlan.parse("first-come"), 1, Recording.NOTHING)
                .run(1, (scenario, outcome) -> {
                    troubles.addAll(outcome.troubles());
                    return true;
                });
        assertEquals(List.of("lock-order"), troubles.stream().map(Trouble::kind).toList());
    }

    @Test
    void layersAreToldFromTheSystemCallToTheDisk() {
        ConcurrentBench bench = bench(correct, "creat /f 0644\nstart\n1000: write /f 0 4096\n1001: fsync /f\n");
        LayerTrace trace = new LayerTrace();
        List<ConcurrentScenario> ran = new ArrayList<>();
        new ConcurrentSearch(bench, SchedulePlan.parse("first-come"), 1, Recording.NOTHING)
                .run(1, (scenario, outcome) -> ran.add(scenario));
        ConcurrentScenario scenario = ran.getFirst();
        long watched = bench.run(scenario.choices(null), scenario.schedule().strategy(), Recording.NOTHING, trace)
                .traceHash();
        assertEquals(bench.run(scenario.choices(null), scenario.schedule()).traceHash(), watched);
        String text = String.join("\n", trace.lines(Map.of(1001, "1001: fsync /f"), List.of()));
        int at = text.indexOf("1001: fsync /f");
        for (String layer : List.of("system call", "VFS", "page cache", "filesystem", "disk")) {
            at = text.indexOf(layer, at);
            assertTrue(at > 0, layer + " is missing in\n" + text);
        }
    }
}
