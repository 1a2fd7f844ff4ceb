package dev.powercut.targets.ext.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.concurrent.Call;
import dev.powercut.check.concurrent.ConcurrentBench;
import dev.powercut.check.concurrent.ConcurrentOutcome;
import dev.powercut.check.concurrent.ConcurrentScenario;
import dev.powercut.check.concurrent.ConcurrentSearch;
import dev.powercut.check.concurrent.ConcurrentSetting;
import dev.powercut.check.concurrent.Program;
import dev.powercut.check.concurrent.RandomPrograms;
import dev.powercut.check.concurrent.SchedulePlan;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.workload.Result;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.fault.Fault;
import dev.powercut.targets.ext.Ext2Target;
import dev.powercut.targets.ext.Ext3Target;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes at once on a device that fails now and then. */
final class ConcurrentFaultTest {

    private static final int PROGRAMS = 8;
    private static final int SCHEDULES_EACH = 12;

    private int failedCalls;

    /** A device that says that it fails is no reason to hang, to break off, or to tell anything wrong. */
    @ParameterizedTest
    @ValueSource(strings = {"read-error:8", "write-error:8"})
    void failuresThatTheDeviceTellsOfAreToldAndNobodyHangs(String fault) {
        for (FileSystemTarget target : List.of(new Ext2Target(), new Ext3Target())) {
            ConcurrentSetting setting = ConcurrentSetting.of(target).with(Fault.parse(fault));
            assertFalse(setting.withstandsFault());
            failedCalls = 0;
            assertEquals(List.of(), troubles(setting), target.name());
            assertTrue(failedCalls > 0, target.name());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bit-rot:8", "misdirected:8", "dropped:8"})
    void failuresThatTheDeviceKeepsToItselfMakeNobodyHang(String fault) {
        ConcurrentSetting setting = ConcurrentSetting.of(new Ext2Target()).with(Fault.parse(fault));
        for (String trouble : troubles(setting)) {
            boolean isAboutWhatIsHeld = trouble.startsWith("not-linearisable")
                    || trouble.startsWith("fsck/")
                    || trouble.startsWith("unreadable/");
            assertTrue(isAboutWhatIsHeld, trouble);
        }
    }

    private List<String> troubles(ConcurrentSetting setting) {
        List<String> found = new ArrayList<>();
        for (long seed = 1; seed <= PROGRAMS; seed++) {
            Program program = RandomPrograms.draw(Choices.seeded(seed).split("program"), 3, 6);
            ConcurrentBench bench = ConcurrentBench.of(setting, program);
            assertNotNull(bench);
            new ConcurrentSearch(bench, SchedulePlan.USUAL, seed, ConcurrentBench.Recording.NOTHING)
                    .run(SCHEDULES_EACH, (scenario, outcome) -> {
                        assertSame(bench, scenario, outcome);
                        failedCalls += failed(outcome);
                        outcome.troubles()
                                .forEach(trouble -> found.add(trouble.kind() + ": " + trouble.sentence() + "\n"
                                        + String.join("\n", trouble.lines())));
                        return true;
                    });
        }
        return found;
    }

    /** The same schedule meets the same failures. */
    private static void assertSame(ConcurrentBench bench, ConcurrentScenario scenario, ConcurrentOutcome outcome) {
        assertEquals(
                outcome.traceHash(),
                bench.run(scenario.choices(null), scenario.schedule()).traceHash());
    }

    private static int failed(ConcurrentOutcome outcome) {
        int count = 0;
        for (List<Call> own : outcome.calls()) {
            for (Call call : own) {
                boolean failed =
                        call.hasEnded() && call.result() instanceof Result.Failed(Errno errno) && errno == Errno.EIO;
                count += failed ? 1 : 0;
            }
        }
        return count;
    }
}
