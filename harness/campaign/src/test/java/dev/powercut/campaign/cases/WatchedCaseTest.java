package dev.powercut.campaign.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.HangReport;
import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunMonitor;
import dev.powercut.campaign.toy.ToyFault;
import dev.powercut.campaign.toy.ToyTarget;
import dev.powercut.check.minimise.Signature;
import org.junit.jupiter.api.Test;

/** Whoever sees to it that nothing hangs is told of all that replays a case or makes one small. */
final class WatchedCaseTest {

    private static final class Counted implements HangWatch {
        private String begun = "";
        private int begins;
        private int open;
        private int steps;

        @Override
        public void begin(RunConfiguration run) {
            begun = run.target() + " " + run.workload();
            begins++;
            open++;
        }

        @Override
        public void step() {
            assertEquals(1, open, "a step outside of what is watched");
            steps++;
        }

        @Override
        public void end() {
            open--;
        }
    }

    @Test
    void minimisationReplayAndExplanationAreWatchedFromBeginToEnd() {
        ToyTarget faulty = new ToyTarget(ToyFault.RECOVERY_WRITES_HEADER_FIRST);
        Case.Setting setting = new Case.Setting(null, "prefix", faulty.defaultFormat(), "");
        Run run = new Run(RunConfiguration.of("toy", 1).withOperations(30), faulty, Installed.oracles());
        FindingReport finding = run.execute(RunMonitor.NONE).findings().getFirst();
        Counted watch = new Counted();
        Bench bench = Bench.of(faulty, setting, watch);

        CaseMaker.Made made = new CaseMaker(bench, setting, 200)
                .make(run.scenario(), Signature.live(finding.oracle(), finding.kind(), finding.fingerprint()), 1);
        assertNotNull(made);
        assertEquals("toy " + HangReport.CASE, watch.begun);
        assertTrue(watch.steps > made.minimised().candidates(), watch.steps + " steps");

        CaseReplay replay = CaseReplay.of(made.saved(), bench);
        watch.steps = 0;
        CaseResult result = replay.run();
        assertTrue(watch.begins == 2 && watch.steps > 0, "the replay was not seen");
        assertNotNull(replay.explain(result));
        assertEquals(3, watch.begins, "the explanation was not seen");
        watch.steps = 0;
        assertTrue(!replay.trace().isEmpty() && watch.begins == 4 && watch.steps > 0, "the trace was not seen");
        assertEquals(0, watch.open, "what began has ended");
    }
}
