package dev.powercut.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.powercut.campaign.Campaign;
import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunConfiguration.Judging;
import dev.powercut.campaign.RunMonitor;
import dev.powercut.campaign.RunOutcome;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.check.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every defect that is planted in a target is found, and nothing is found in the correct one. So many seeds of the correct one
 * as {@code -Dpowercut.seeds=N} says, else 2,000.
 */
final class PlantedDefectsTest {

    private static final int DEFECT_SEEDS = 20;
    private static final long CORRECT_SEEDS = Long.getLong("powercut.seeds", 2_000);
    private static final int OPERATIONS = 100;
    private static final int STATES = 5_000;

    /** So many outcomes are kept at a time. */
    private static final int CHUNK = 100;

    @TestFactory
    Stream<DynamicTest> everyPlantedDefectIsFound() {
        List<DynamicTest> tests = new ArrayList<>();
        for (FileSystemTarget target : targets()) {
            for (PlantedDefect defect : target.defects()) {
                tests.add(dynamicTest(target.name() + " " + defect.name(), () -> isFound(target, defect)));
            }
        }
        return tests.stream();
    }

    private static void isFound(FileSystemTarget target, PlantedDefect defect) {
        for (long seed = 1; seed <= DEFECT_SEEDS; seed++) {
            RunOutcome outcome = run(configuration(target, seed).with(defect).withStates(STATES));
            if (!outcome.findings().isEmpty()) {
                FindingReport finding = outcome.findings().getFirst();
                String reproduce = String.valueOf(finding.reproduce());
                assertTrue(reproduce.contains("--seed " + seed), reproduce);
                assertTrue(reproduce.contains("--defect " + defect.name()), reproduce);
                return;
            }
        }
        throw new AssertionError(defect.name() + " was not found in " + DEFECT_SEEDS + " seeds");
    }

    @TestFactory
    Stream<DynamicTest> correctTargetGivesNoFinding() {
        return targets().stream()
                .map(target -> dynamicTest(target.name(), () -> {
                    for (long first = 1; first <= CORRECT_SEEDS; first += CHUNK) {
                        nothingIsFound(target, first, Math.min(CORRECT_SEEDS, first + CHUNK - 1));
                    }
                }));
    }

    private static void nothingIsFound(FileSystemTarget target, long first, long last) {
        Campaign campaign = new Campaign(
                configuration(target, first),
                target,
                Installed.oracles(),
                Runtime.getRuntime().availableProcessors());
        List<Long> seeds = LongStream.rangeClosed(first, last).boxed().toList();
        List<RunOutcome> outcomes = campaign.run(seeds, RunMonitor.NONE);
        assertEquals(seeds.size(), outcomes.size());
        for (RunOutcome outcome : outcomes) {
            List<String> found = outcome.findings().stream()
                    .map(finding -> finding.fingerprint() + ": " + finding.sentence())
                    .toList();
            String seed = "seed " + outcome.configuration().seed();
            assertEquals(List.of(), found, seed);
            assertNull(outcome.nondeterminism(), seed);
        }
    }

    @Test
    void runRepeatedInOneJvmGivesTheSameHash() {
        for (FileSystemTarget target : targets()) {
            RunConfiguration configuration = configuration(target, 5);
            String first = run(configuration).exploration().traceHash();
            run(configuration(target, 6));
            assertEquals(first, run(configuration).exploration().traceHash());
        }
    }

    private static RunConfiguration configuration(FileSystemTarget target, long seed) {
        return RunConfiguration.of(target.name(), seed)
                .withOperations(OPERATIONS)
                .withJudge(Judging.NONE);
    }

    private static RunOutcome run(RunConfiguration configuration) {
        return Run.of(configuration).execute(RunMonitor.NONE);
    }

    private static List<FileSystemTarget> targets() {
        List<FileSystemTarget> fileSystems = new ArrayList<>();
        for (Target target : Installed.targets()) {
            if (target instanceof FileSystemTarget fileSystem) {
                fileSystems.add(fileSystem);
            }
        }
        assertTrue(!fileSystems.isEmpty(), "no target is installed");
        return fileSystems;
    }
}
