package dev.powercut.campaign.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.Installed;
import dev.powercut.campaign.toy.ToyFault;
import dev.powercut.campaign.toy.ToyTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The test of the harness tells a miss and a false alarm. */
final class SelfTestTest {

    private static final Effort EFFORT = new Effort(1, 300, 100);

    private static final List<ToyFault> PLANTED =
            List.of(ToyFault.FSYNC_DOES_NOTHING, ToyFault.HEADER_BEFORE_SNAPSHOT, ToyFault.RECOVERY_THROWS);

    private static SelfTestOutcome run(@Nullable ToyFault everywhere, int workers) {
        return new SelfTest(List.of(new ToyTarget(everywhere, PLANTED)), Installed.oracles(), workers)
                .run(EFFORT, "", new SelfTest.Monitor() {});
    }

    private static DefectRow row(SelfTestOutcome outcome, ToyFault fault) {
        return outcome.defects().stream()
                .filter(row -> row.defect().name().equals(fault.defectName()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void defectIsFoundByAnOracleAfterSomeStates() {
        DefectRow row = row(run(null, 2), ToyFault.FSYNC_DOES_NOTHING);
        assertEquals(1, row.timesFound());
        assertTrue(row.foundBy().startsWith("promises-kept/"), row.foundBy());
        assertTrue(row.medianStates() > 0);
        assertTrue(row.medianCpuNanos() > 0);
    }

    /** What is planted in the toy's recovery is not there when only its filesystem is asked for. */
    @Test
    void defectThatIsNotThereIsMissedAndFailsTheTest() {
        SelfTestOutcome outcome = run(null, 2);
        assertTrue(row(outcome, ToyFault.RECOVERY_THROWS).isMissed());
        assertEquals(0, outcome.falseAlarms());
        assertFalse(outcome.isPassed());
        assertTrue(
                outcome.report().verdict().startsWith("FAIL: "),
                outcome.report().verdict());
    }

    @Test
    void findingWhereNothingIsPlantedFailsTheTest() {
        SelfTestOutcome outcome = run(ToyFault.RECOVERY_THROWS, 2);
        assertEquals(1, outcome.falseAlarms());
        assertTrue(
                outcome.report().verdict().contains("1 false alarm"),
                outcome.report().verdict());
    }

    @Test
    void numberOfWorkersChangesNothingButTime() {
        SelfTestOutcome one = run(null, 1);
        SelfTestOutcome three = run(null, 3);
        for (int i = 0; i < one.defects().size(); i++) {
            assertEquals(one.defects().get(i).foundBy(), three.defects().get(i).foundBy());
            assertEquals(
                    one.defects().get(i).medianStates(), three.defects().get(i).medianStates());
        }
    }
}
