package dev.powercut.campaign.cases;

import dev.powercut.campaign.JudgeSession;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.minimise.Scenario;
import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.Step;
import dev.powercut.sim.disk.DiskImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for the write that was missing, also where a small workload ends before it: with a sync behind the workload, everything is
 * written in the end.
 */
final class MissingWrite {

    private MissingWrite() {}

    /** The same with the missing write, if there is one; its log may be a longer one then. */
    static Shown find(Bench bench, Scenario scenario, Shown shown) {
        Finding finding = shown.finding();
        if (finding == null || finding.oracle().equals(JudgeSession.ORACLE)) {
            return shown;
        }
        if (!finding.recoveryCuts().isEmpty()) {
            return shown.withRecoveries(InterruptedRecovery.of(bench, shown.recording(), finding));
        }
        Shown explained = explained(bench, scenario, shown.recording(), finding);
        if (isExplained(explained) || scenario.steps().isEmpty()) {
            return explained;
        }
        Step last = scenario.steps().getLast();
        if (last.operation() instanceof Operation.Unmount || last.number() == Step.MAX_NUMBER) {
            return explained;
        }
        List<Step> longer = new ArrayList<>(scenario.steps());
        longer.add(new Step(last.number() + 1, new Operation.Sync()));
        Scenario synced = scenario.withSteps(longer);
        Recording recording = bench.record(synced);
        if (recording.log().size() < finding.position()
                || !recording
                        .log()
                        .image(finding.cut().kept())
                        .equals(shown.recording().log().image(finding.cut().kept()))) {
            return explained;
        }
        Shown withEnd = explained(bench, synced, recording, finding);
        return isExplained(withEnd) ? withEnd : explained;
    }

    private static boolean isExplained(Shown shown) {
        return shown.finding() != null && shown.finding().missing() != null;
    }

    private static Shown explained(Bench bench, Scenario scenario, Recording recording, Finding finding) {
        Verdict verdict = bench.judge(recording, scenario, RunConfiguration.ALL_STATES, 0);
        DiskImage crash = recording.log().image(finding.cut().kept());
        for (int image = 0; image < verdict.states().imageCount(); image++) {
            if (verdict.states().image(image).equals(crash)) {
                return Shown.afterCut(
                        recording, verdict, bench.explorer().explain(recording, verdict, finding.at(image)));
            }
        }
        return Shown.afterCut(recording, verdict, finding);
    }
}
