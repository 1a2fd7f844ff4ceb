package dev.powercut.campaign.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunMonitor;
import dev.powercut.campaign.SmallFinding;
import dev.powercut.campaign.toy.ToyFault;
import dev.powercut.campaign.toy.ToyTarget;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.minimise.Scenario;
import dev.powercut.check.minimise.Signature;
import dev.powercut.sim.disk.Kept;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Findings that take a second power cut, during recovery, are kept as cases like any other. */
final class InterruptedRecoveryTest {

    private static final Case.Setting SETTING =
            new Case.Setting(null, "prefix", new ToyTarget(null).defaultFormat(), "");

    private static final Bench BENCH = Bench.of(new ToyTarget(ToyFault.RECOVERY_WRITES_HEADER_FIRST), SETTING);

    private static CaseMaker.Made made() {
        RunConfiguration configuration = RunConfiguration.of("toy", 1).withOperations(30);
        Run run = new Run(configuration, new ToyTarget(ToyFault.RECOVERY_WRITES_HEADER_FIRST), Installed.oracles());
        FindingReport finding = run.execute(RunMonitor.NONE).findings().stream()
                .filter(found -> found.oracle().equals("recovery-survives-crash"))
                .findFirst()
                .orElseThrow();
        CaseMaker.Made made = new CaseMaker(BENCH, SETTING, 2_000)
                .make(run.scenario(), Signature.live(finding.oracle(), finding.kind(), finding.fingerprint()), 1);
        assertNotNull(made);
        return made;
    }

    @Test
    void findingIsMadeSmallAndReplaysExactly() {
        CaseMaker.Made made = made();
        Case saved = CaseFile.parse("case.json", CaseFile.bytes(made.saved()));

        assertEquals(made.saved(), saved);
        assertNotNull(saved.place());
        assertEquals(1, saved.place().recoveryCuts().size());
        assertTrue(saved.scenario().steps().size() <= 2, saved.scenario().toString());
        for (int time = 0; time < 3; time++) {
            CaseResult result = CaseReplay.of(saved, BENCH).run();
            assertEquals(CaseResult.Outcome.FOUND, result.outcome(), result.sentence());
            assertTrue(result.exact());
            assertEquals(saved.hashes(), result.hashes());
        }
    }

    @Test
    void findingThatTakesTwoCutsOfRecoveryIsMadeSmallAndReplaysExactly() {
        ToyTarget stumbles = new ToyTarget(ToyFault.RECOVERY_STUMBLES_THE_SECOND_TIME);
        RunConfiguration once = RunConfiguration.of("toy", 1).withOperations(30);
        assertEquals(
                List.of(),
                new Run(once, stumbles, Installed.oracles())
                        .execute(RunMonitor.NONE)
                        .findings());
        Run run = new Run(once.withRecoveryDepth(2), stumbles, Installed.oracles());
        FindingReport finding = run.execute(RunMonitor.NONE).findings().getFirst();
        assertEquals("recovery-survives-crash", finding.oracle());

        Bench bench = Bench.of(stumbles, SETTING);
        CaseMaker.Made made = new CaseMaker(bench, SETTING, 2_000)
                .make(run.scenario(), Signature.live(finding.oracle(), finding.kind(), finding.fingerprint()), 2);

        assertNotNull(made);
        Case saved = CaseFile.parse("case.json", CaseFile.bytes(made.saved()));
        assertEquals(made.saved(), saved);
        assertEquals(2, Objects.requireNonNull(saved.place()).recoveryCuts().size());
        assertTrue(saved.scenario().steps().size() <= 2, saved.scenario().toString());
        CaseResult result = CaseReplay.of(saved, bench).run();
        assertEquals(CaseResult.Outcome.FOUND, result.outcome(), result.sentence());
        assertTrue(result.exact());
        SmallFinding story = CaseStory.of(made);
        assertTrue(story.operations() <= 3 && story.omittedWrites() <= 2, story.toString());
    }

    @Test
    void storyNamesRecoverysWriteThatWasMissing() {
        SmallFinding story = CaseStory.of(made());

        assertTrue(story.cut().contains("it fails again at position"), story.cut());
        SmallFinding.WriteLine missing = story.writes().stream()
                .filter(SmallFinding.WriteLine::missing)
                .findFirst()
                .orElseThrow();
        assertTrue(missing.text().startsWith("recovery: "), missing.text());
        assertTrue(story.why().getLast().startsWith("Prevented by a recovery that has the"), story.why()::toString);
    }

    @Test
    void caseWhoseRecoveryIsMendedIsNoLongerFound() {
        Case saved = made().saved();
        Bench mended = Bench.of(new ToyTarget(null), SETTING);

        CaseResult result = CaseReplay.of(saved, mended).run();

        assertEquals(CaseResult.Outcome.NO_LONGER_FOUND, result.outcome(), result.sentence());
    }

    @Test
    void cutThatRecoveryCannotHaveIsNotTakenForTheFinding() {
        Case saved = made().saved();
        Case.Place recorded = Objects.requireNonNull(saved.place());
        Case.Place place = new Case.Place(
                recorded.position(),
                recorded.kept(),
                List.of(new Finding.RecoveryCut(100_000, new Kept.Prefix(100_000, 0))));
        Case other = new Case(
                saved.target(),
                saved.setting(),
                new Scenario(saved.scenario().steps(), saved.scenario().base(), List.of()),
                place,
                saved.expected(),
                false,
                saved.hashes());

        CaseResult result = CaseReplay.of(other, BENCH).run();

        assertEquals(CaseResult.Outcome.FOUND, result.outcome(), result.sentence());
        assertFalse(result.exact());
    }
}
