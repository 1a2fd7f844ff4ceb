package dev.powercut.app;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.OutputException;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunOutcome;
import dev.powercut.campaign.SmallFinding;
import dev.powercut.campaign.cases.CaseMaker;
import dev.powercut.campaign.cases.Triage;
import dev.powercut.check.minimise.Minimiser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes findings small, and saves each as a case beside the report.
 *
 * @param most how many at most
 * @param folder of the report
 * @param watch sees to it that none hangs
 * @param prefix what the names of the cases' folders begin with
 * @param lost what could not be saved; it is added here
 */
record MadeSmall(int most, int workers, Path folder, HangWatch watch, String prefix, List<OutputException> lost) {

    MadeSmall(int most, int workers, Path folder, HangWatch watch) {
        this(most, workers, folder, watch, "finding-", new ArrayList<>());
    }

    /** The same for one of several targets. */
    MadeSmall ofTarget(String target) {
        return new MadeSmall(most, workers, folder, watch, prefix + target + "-", lost);
    }

    /** The findings of runs, those with one cause together. */
    List<FindingReport> of(List<RunOutcome> outcomes, List<FindingReport> findings, BooleanSupplier stopped) {
        return saved(triage().sort(outcomes, findings, stopped));
    }

    /** The same where only the run of each finding is known. */
    List<FindingReport> of(
            Function<FindingReport, @Nullable RunConfiguration> runs,
            List<FindingReport> findings,
            BooleanSupplier stopped) {
        return saved(triage().sort(runs, findings, stopped));
    }

    private Triage triage() {
        return new Triage(most, Minimiser.DEFAULT_BUDGET, workers, watch);
    }

    /** @throws OutputException when one could not be saved */
    void requireSaved() {
        if (!lost.isEmpty()) {
            throw lost.getFirst();
        }
    }

    private List<FindingReport> saved(Triage.Sorted sorted) {
        List<FindingReport> told = new ArrayList<>();
        for (int i = 0; i < sorted.findings().size(); i++) {
            FindingReport finding = sorted.findings().get(i);
            CaseMaker.Made made = sorted.cases().get(i);
            SmallFinding story = finding.small();
            if (made == null || story == null) {
                told.add(finding);
            } else {
                String name = prefix + (i + 1);
                try {
                    SavedCases.write(
                            folder.resolve(name), made.saved().target() + ": " + story.shape(), made.saved(), story);
                    told.add(finding.withSmall(story.savedIn(name)));
                } catch (OutputException e) {
                    // The report is still worth showing; who asks for it hears of this at its end.
                    lost.add(e);
                    told.add(finding);
                }
            }
        }
        return told;
    }
}
