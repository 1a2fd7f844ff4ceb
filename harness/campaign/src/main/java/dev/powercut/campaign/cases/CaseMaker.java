package dev.powercut.campaign.cases;

import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.UsageException;
import dev.powercut.check.explore.Examination;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.minimise.Minimised;
import dev.powercut.check.minimise.Minimiser;
import dev.powercut.check.minimise.Scenario;
import dev.powercut.check.minimise.Signature;
import dev.powercut.sim.disk.DiskImage;
import org.jspecify.annotations.Nullable;

/** Makes cases of findings, as small as it can. */
public final class CaseMaker {

    /** A candidate with more crash states than this, under a device that reorders, is judged by a sample. */
    private static final int STATES_OF_CANDIDATE = 20_000;

    private final Case.Setting setting;
    private final Bench bench;
    private final int budget;

    /**
     * @param budget how many candidates to try at most
     * @throws UsageException when the setting names something that is not installed, or asks for what cannot be done
     */
    public CaseMaker(String target, Case.Setting setting, int budget) {
        this(target, setting, budget, HangWatch.NONE);
    }

    /**
     * One that is watched.
     *
     * @param budget how many candidates to try at most
     * @throws UsageException when the setting names something that is not installed, or asks for what cannot be done
     */
    public CaseMaker(String target, Case.Setting setting, int budget, HangWatch watch) {
        this(Bench.of(target, setting, watch), setting, budget);
    }

    CaseMaker(Bench bench, Case.Setting setting, int budget) {
        this.setting = setting;
        this.bench = bench;
        this.budget = budget;
    }

    /**
     * A small case.
     *
     * @param saved what can be replayed
     * @param shown the finding as the case shows it, explained; its log may go on beyond the end of the case's own workload
     * @param minimised how the search went
     */
    public record Made(Case saved, Shown shown, Minimised minimised) {}

    /**
     * Makes the case of a finding small.
     *
     * @param wanted the finding that the scenario shows
     * @param recoveryDepth how often the power may have failed again during recovery
     * @return null when the scenario does not show it
     */
    public @Nullable Made make(Scenario scenario, Signature wanted, int recoveryDepth) {
        return bench.watched(() -> makeSmall(scenario, wanted, recoveryDepth));
    }

    private @Nullable Made makeSmall(Scenario scenario, Signature wanted, int recoveryDepth) {
        int depth = 0;
        Shown full = null;
        if (bench.judgesInterruptedRecovery(wanted.oracle())) {
            while (full == null && depth < recoveryDepth) {
                full = new FindingExperiment(bench, wanted, RunConfiguration.ALL_STATES, ++depth).find(scenario);
            }
        } else {
            full = new FindingExperiment(bench, wanted, RunConfiguration.ALL_STATES, 0).find(scenario);
        }
        if (full == null) {
            return null;
        }
        FindingExperiment experiment = new FindingExperiment(bench, signature(full), STATES_OF_CANDIDATE, depth);
        Minimised minimised = new Minimiser(experiment, budget).minimise(scenario);
        Shown shown = minimised == null ? null : experiment.find(minimised.scenario());
        if (minimised == null || shown == null) {
            throw new IllegalStateException("a scenario shows a finding once and not again: " + wanted);
        }
        Shown smallest = SmallestState.choose(bench, shown);
        Shown explained = MissingWrite.find(bench, minimised.scenario(), smallest);
        return new Made(saved(minimised.scenario(), smallest), explained, minimised);
    }

    /** With the sites, which tell findings apart. */
    private Signature signature(Shown full) {
        Finding finding = full.finding();
        if (finding == null || full.verdict() == null) {
            return Signature.live(full.oracle(), full.violation().kind(), full.fingerprint());
        }
        Finding explained = bench.explorer().explain(full.recording(), full.verdict(), finding);
        return Signature.of(full.recording().log(), explained);
    }

    private Case saved(Scenario scenario, Shown shown) {
        Recording recording = shown.recording();
        Finding finding = shown.finding();
        Case.Place place = finding == null
                ? null
                : new Case.Place(finding.position(), finding.cut().kept(), finding.recoveryCuts());
        DiskImage crash = place == null ? null : recording.log().image(place.kept());
        Examination.Examined examined = place == null || crash == null
                ? null
                : bench.explorer().examination(recording).examine(crash, place.position(), place.recoveryCuts());
        return new Case(
                bench.target().name(),
                setting,
                scenario,
                place,
                new Case.Expected.Found(
                        shown.oracle(),
                        shown.violation().kind(),
                        CaseStory.shape(shown.oracle(), shown.violation().kind(), scenario.steps()),
                        shown.fingerprint(),
                        shown.violation().sentence()),
                false,
                CaseReplay.hashes(recording, crash, examined == null ? null : examined.recovered()));
    }

    Bench bench() {
        return bench;
    }
}
