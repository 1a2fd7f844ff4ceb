package dev.powercut.campaign.cases;

import dev.powercut.campaign.JudgeSession;
import dev.powercut.campaign.LiveOracle;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.OracleTally;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.minimise.Experiment;
import dev.powercut.check.minimise.Scenario;
import dev.powercut.check.minimise.Signature;
import dev.powercut.check.oracle.Violation;
import dev.powercut.sim.ChoiceOverride;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records a scenario, cuts the power everywhere, and looks for one finding. */
final class FindingExperiment implements Experiment {

    private final Bench bench;
    private final Signature wanted;
    private final int states;
    private final int recoveryDepth;
    private long cost;

    /**
     * @param states how many distinct crash images of a scenario to judge at most
     * @param recoveryDepth how often the power fails again during recovery, at most
     */
    FindingExperiment(Bench bench, Signature wanted, int states, int recoveryDepth) {
        this.recoveryDepth = recoveryDepth;
        this.bench = bench;
        this.wanted = wanted;
        this.states = states;
    }

    @Override
    public @Nullable Sighting run(Scenario scenario) {
        Shown shown = find(scenario);
        return shown == null ? null : new Sighting(shown.lastStep());
    }

    @Override
    public List<ChoiceOverride> drawn(Scenario scenario) {
        return bench.drawn(scenario);
    }

    @Override
    public long cost() {
        return cost;
    }

    /** The finding as the scenario shows it, or null. */
    @Nullable
    Shown find(Scenario scenario) {
        Recording recording = bench.record(scenario);
        if (wanted.oracle().equals(LiveOracle.NAME)) {
            return findLive(recording);
        }
        if (recording.history() == null || recording.history().mismatch() != null) {
            // Something else is wrong already; what follows from it must not pass for the finding.
            return null;
        }
        Verdict verdict = bench.judge(recording, scenario, states, recoveryDepth);
        cost += judged(verdict);
        List<Finding> findings = new ArrayList<>(verdict.findings());
        if (wanted.oracle().equals(JudgeSession.ORACLE)) {
            findings.addAll(bench.judgedExternally(verdict));
        }
        Finding finding = choose(recording, verdict, findings);
        return finding == null ? null : Shown.afterCut(recording, verdict, finding);
    }

    /** States, those that a recovery which was cut leaves included: the oracle that looks at most of them has counted. */
    private static long judged(Verdict verdict) {
        long most = verdict.imagesExamined();
        for (OracleTally tally : verdict.tallies()) {
            most = Math.max(most, tally.judged());
        }
        return most;
    }

    private @Nullable Shown findLive(Recording recording) {
        LiveOracle live = new LiveOracle(recording);
        for (Violation violation : live.violations()) {
            String fingerprint = live.fingerprint(violation);
            if (wanted.isSameSort(Signature.live(LiveOracle.NAME, violation.kind(), fingerprint))) {
                return Shown.live(recording, LiveOracle.NAME, fingerprint, violation);
            }
        }
        return null;
    }

    /** The finding with the same fingerprint, else one that resembles the wanted one. */
    private @Nullable Finding choose(Recording recording, Verdict verdict, List<Finding> findings) {
        Finding similar = null;
        for (Finding finding : findings) {
            Signature plain = Signature.of(recording.log(), finding);
            if (wanted.isSameSort(plain)) {
                if (wanted.fingerprint().equals(finding.fingerprint())) {
                    return finding;
                }
                if (similar == null && resembles(recording, verdict, finding, plain)) {
                    similar = finding;
                }
            }
        }
        return similar;
    }

    private boolean resembles(Recording recording, Verdict verdict, Finding finding, Signature plain) {
        if (wanted.resembles(plain)) {
            return true;
        }
        if (wanted.missingSites().isEmpty() || finding.oracle().equals(JudgeSession.ORACLE)) {
            return false;
        }
        Finding explained = bench.explorer().explain(recording, verdict, finding);
        return wanted.resembles(Signature.of(recording.log(), explained));
    }
}
