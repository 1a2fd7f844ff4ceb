package dev.powercut.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunConfiguration.Judging;
import dev.powercut.campaign.RunMonitor;
import dev.powercut.campaign.RunOutcome;
import dev.powercut.campaign.SmallFinding;
import dev.powercut.campaign.cases.CaseMaker;
import dev.powercut.campaign.cases.CaseReplay;
import dev.powercut.campaign.cases.CaseResult;
import dev.powercut.campaign.cases.CaseStory;
import dev.powercut.campaign.cases.Triage;
import dev.powercut.check.minimise.Minimiser;
import dev.powercut.check.minimise.Signature;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.PlantedDefect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The findings of all planted defects become small: in the median, three operations and two lost
 * writes at most. Each is replayed at once, with the same hashes.
 */
final class MinimisationTest {

    private static final int SEEDS = 20;
    private static final int OPERATIONS = 60;
    private static final int STATES = 3_000;
    private static final int MOST_OPERATIONS = 3;
    private static final int MOST_OMITTED_WRITES = 2;

    @Test
    void findingsOfPlantedDefectsBecomeSmall() {
        becomeSmall("prefix");
    }

    @Test
    void findingsOfDefectsThatNeedADeviceThatReordersBecomeSmall() {
        becomeSmall("reorder");
    }

    private static void becomeSmall(String crash) {
        FileSystemTarget target = Installed.fileSystem("ext2");
        List<Integer> operations = new ArrayList<>();
        List<Integer> omitted = new ArrayList<>();
        StringBuilder table = new StringBuilder();
        for (PlantedDefect defect : target.defects()) {
            if (defect.crashModel().equals(crash) && defect.mountOptions().isEmpty()) {
                CaseMaker.Made made = firstFinding(defect);
                SmallFinding story = CaseStory.of(made);
                operations.add(story.operations());
                omitted.add(story.omittedWrites());
                table.append(String.format(
                        Locale.ROOT,
                        "%-36s %d operations, %d lost writes, %3d candidates: %s%n",
                        defect.name(),
                        story.operations(),
                        story.omittedWrites(),
                        story.candidates(),
                        story.shape()));
                isReplayed(made);
                assertFalse(story.why().isEmpty(), defect.name());
            }
        }
        assumeTrue(!operations.isEmpty(), "no defect is planted");
        assertTrue(median(operations) <= MOST_OPERATIONS, table.toString());
        assertTrue(median(omitted) <= MOST_OMITTED_WRITES, table.toString());
    }

    private static CaseMaker.Made firstFinding(PlantedDefect defect) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            RunConfiguration configuration = RunConfiguration.of("ext2", seed)
                    .withOperations(OPERATIONS)
                    .withCrash(defect.crashModel())
                    .withStates(STATES)
                    .withDefect(defect.name())
                    .withJudge(Judging.NONE);
            Run run = Run.of(configuration);
            RunOutcome outcome = run.execute(RunMonitor.NONE);
            if (!outcome.findings().isEmpty()) {
                FindingReport finding = outcome.findings().getFirst();
                CaseMaker maker = new CaseMaker("ext2", Triage.setting(configuration), Minimiser.DEFAULT_BUDGET);
                CaseMaker.Made made = maker.make(
                        run.scenario(), Signature.live(finding.oracle(), finding.kind(), finding.fingerprint()), 1);
                assertNotNull(made, defect.name());
                return made;
            }
        }
        throw new AssertionError(defect.name() + " was not found in " + SEEDS + " seeds");
    }

    private static void isReplayed(CaseMaker.Made made) {
        CaseResult result = CaseReplay.of(made.saved()).run();

        assertEquals(CaseResult.Outcome.FOUND, result.outcome());
        assertTrue(result.exact());
        assertEquals(made.saved().hashes(), result.hashes());
    }

    private static int median(List<Integer> numbers) {
        return numbers.stream().sorted().toList().get(numbers.size() / 2);
    }
}
