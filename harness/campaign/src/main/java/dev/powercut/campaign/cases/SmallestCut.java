package dev.powercut.campaign.cases;

import dev.powercut.campaign.SmallFinding;
import dev.powercut.check.explore.CutPoint;
import dev.powercut.check.explore.Examination;
import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.minimise.Scenario;
import dev.powercut.check.workload.Step;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the power fails in a run that was recorded elsewhere, such as one of several processes, and what is wrong there: the same
 * crash state, told in the same words, as for a workload of one process.
 *
 * @param finding at that place, with the write that is missing
 */
public record SmallestCut(Recording recording, Verdict verdict, Finding finding) {

    /** Of all crash states that show the finding, the smallest. */
    public static SmallestCut of(
            Explorer explorer, CrashModel model, Recording recording, Verdict verdict, Finding finding) {
        Shown shown = SmallestState.choose(explorer, model, Shown.afterCut(recording, verdict, finding));
        Finding smallest = shown.finding() == null ? finding : shown.finding();
        return new SmallestCut(recording, verdict, explorer.explain(recording, verdict, smallest));
    }

    /** The finding at a place that was saved; null when this run cannot leave that, or it shows nothing of the kind. */
    public static @Nullable SmallestCut at(
            Explorer explorer,
            Case.Place place,
            String crashImage,
            Recording recording,
            Verdict verdict,
            Finding wanted) {
        DiskImage crash = CaseReplay.crashImage(recording, place);
        if (crash == null || !crash.hash().toString().equals(crashImage)) {
            return null;
        }
        Examination.Charge charge = explorer.examination(recording)
                .examine(crash, place.position())
                .find(wanted.oracle(), wanted.violation().kind());
        for (int image = 0; charge != null && image < verdict.states().imageCount(); image++) {
            if (verdict.states().image(image).equals(crash)) {
                Finding there = new Finding(
                        charge.oracle(),
                        wanted.fingerprint(),
                        charge.violation(),
                        charge.stage(),
                        image,
                        new CutPoint(place.kept(), place.position(), place.position()),
                        place.position(),
                        wanted.occurrences(),
                        null);
                return new SmallestCut(recording, verdict, explorer.explain(recording, verdict, there));
            }
        }
        return null;
    }

    public Case.Place place() {
        return new Case.Place(finding.position(), finding.cut().kept());
    }

    /** Hash of what the power cut leaves, in hexadecimal digits. */
    public String crashImage() {
        return recording.log().image(finding.cut().kept()).hash().toString();
    }

    /** In words. */
    public SmallFinding story(List<Step> steps) {
        return CaseStory.of(Scenario.dull(steps), Shown.afterCut(recording, verdict, finding));
    }
}
