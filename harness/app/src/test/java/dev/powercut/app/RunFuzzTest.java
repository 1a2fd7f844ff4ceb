package dev.powercut.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunConfiguration.Judging;
import dev.powercut.campaign.RunOutcome;
import dev.powercut.sim.Choices;
import java.util.List;

/** Whatever choices a run is made of, the correct ext2 gives no finding, and the harness does not fail. */
class RunFuzzTest {

    private static final RunConfiguration CONFIGURATION =
            RunConfiguration.of("ext2", 0).withOperations(30).withJudge(Judging.NONE);

    @FuzzTest(maxDuration = "20s")
    void anyChoicesGiveNoFinding(byte[] choices) {
        RunOutcome outcome = Run.of(CONFIGURATION).execute(Choices.fromBytes(choices));
        assertEquals(List.of(), outcome.findings());
        assertNull(outcome.nondeterminism());
        assertFalse(outcome.stopped());
    }
}
