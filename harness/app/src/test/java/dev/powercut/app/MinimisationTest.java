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
import dev.powercut.campaign.Workers;
import dev.powercut.campaign.cases.CaseMaker;
import dev.powercut.campaign.cases.CaseReplay;
import dev.powercut.campaign.cases.CaseResult;
import dev.powercut.campaign.cases.CaseStory;
import dev.powercut.campaign.cases.Triage;
import dev.powercut.check.minimise.Minimiser;
import dev.powercut.check.minimise.Signature;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.check.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/**
 * The findings of all planted defects become small: in the median, three operations and two lost
 * writes at most. Each is replayed at once, with the same hashes.
 */
final class MinimisationTest {

    /** Each so-manieth defect is tried; all of them with {@code -Dpowercut.minimise.all=true}. */
    private static final int EVERY = Boolean.getBoolean("powercut.minimise.all") ? 1 : 3;

    private static final int SEEDS = 20;
    private static final int OPERATIONS = 60;
    private static final int STATES = 3_000;
    private static final int MOST_OPERATIONS = 3;
    private static final int MOST_OMITTED_WRITES = 2;

    /** Hardly any has more: what needs a history, such as a cleaner that has to come to work. */
    private static final int LARGE = 6;

    private record Small(String target, PlantedDefect defect, SmallFinding story) {

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%-6s %-36s %2d operations, %d lost writes, %4d candidates: %s",
                    target,
                    defect.name(),
                    story.operations(),
                    story.omittedWrites(),
                    story.candidates(),
                    story.shape());
        }
    }

    private record Planted(FileSystemTarget target, PlantedDefect defect) {}

    @Test
    void findingsOfPlantedDefectsBecomeSmall() {
        List<Planted> planted = new ArrayList<>();
        for (Target target : Installed.targets()) {
            if (target instanceof FileSystemTarget fileSystem) {
                fileSystem.defects().forEach(defect -> planted.add(new Planted(fileSystem, defect)));
            }
        }
        assumeTrue(!planted.isEmpty(), "no defect is planted");
        List<Planted> chosen = new ArrayList<>();
        for (int i = 0; i < planted.size(); i += EVERY) {
            chosen.add(planted.get(i));
        }

        List<Small> all = Workers.map(chosen, 2, MinimisationTest::small);

        String table = String.join("\n", all.stream().map(Small::line).toList());
        assertTrue(median(all, SmallFinding::operations) <= MOST_OPERATIONS, table);
        assertTrue(median(all, SmallFinding::omittedWrites) <= MOST_OMITTED_WRITES, table);
        long large = all.stream()
                .filter(small -> small.story.operations() > LARGE || small.story.omittedWrites() > LARGE)
                .count();
        assertTrue(large <= all.size() / 20, table);
    }

    private static Small small(Planted planted) {
        CaseMaker.Made made = firstFinding(planted.target, planted.defect);
        isReplayed(made);
        SmallFinding story = CaseStory.of(made);
        assertFalse(story.why().isEmpty(), planted.defect.name());
        return new Small(planted.target.name(), planted.defect, story);
    }

    private static CaseMaker.Made firstFinding(FileSystemTarget target, PlantedDefect defect) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            RunConfiguration configuration = RunConfiguration.of(target.name(), seed)
                    .withOperations(OPERATIONS)
                    .with(defect)
                    .withStates(STATES)
                    .withJudge(Judging.NONE);
            Run run = Run.of(configuration);
            RunOutcome outcome = run.execute(RunMonitor.NONE);
            if (!outcome.findings().isEmpty()) {
                FindingReport finding = outcome.findings().getFirst();
                CaseMaker maker = new CaseMaker(target.name(), Triage.setting(configuration), Minimiser.DEFAULT_BUDGET);
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

    private static int median(List<Small> all, ToIntFunction<SmallFinding> number) {
        return all.stream()
                .mapToInt(small -> number.applyAsInt(small.story))
                .sorted()
                .skip(all.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
