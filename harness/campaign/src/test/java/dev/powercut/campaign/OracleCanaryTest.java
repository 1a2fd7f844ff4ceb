package dev.powercut.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.toy.ToyFault;
import dev.powercut.campaign.toy.ToyTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each oracle fires where something is broken for it to find, and is silent where nothing is. */
final class OracleCanaryTest {

    private static final int SEEDS = 20;

    @Test
    void correctFilesystemGivesNoFinding() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            RunOutcome outcome = run(null, seed);
            assertEquals(List.of(), kinds(outcome), "seed " + seed);
            assertNull(outcome.nondeterminism());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HEADER_BEFORE_SNAPSHOT, benign-damage-only, torn-snapshot",
        "FSYNC_DOES_NOTHING, promises-kept,",
        "RECOVERY_GIVES_UP, recovery-completes, gave-up-on-unclean",
        "RECOVERY_LEAVES_A_PROBLEM, recovery-completes, left-unclean",
        "RECOVERY_THROWS, recovery-completes, IllegalStateException in ToyChecker.recover",
        "RECOVERY_HANGS, recovery-completes, hang",
        "RECOVERY_WRITES_EACH_TIME, recovery-is-idempotent, second-recovery-writes",
        "RECOVERY_INVENTS_DATA, nothing-invented,",
        "RECOVERY_WRITES_HEADER_FIRST, recovery-survives-crash, torn-snapshot",
        "RECOVERY_SPOILS_MOUNT, still-works, mount-refused-EINVAL",
        "RECOVERY_SPOILS_WRITES, still-works, follow-up-deviates",
        "RECOVERY_SPOILS_UNMOUNT, still-works, follow-up-left-unclean",
        "READLINK_LIES, follows-model, target",
        "RENAME_THROWS, follows-model, IllegalStateException in ToyFileSystem.rename",
        "RENAME_HANGS, follows-model, hang",
        "FORMAT_DIFFERS, same-seed-same-run, nondeterminism",
    })
    void oracleFindsWhatIsBrokenForIt(ToyFault fault, String oracle, @Nullable String kind) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            RunOutcome outcome = run(fault, seed);
            for (FindingReport finding : outcome.findings()) {
                if (finding.oracle().equals(oracle)
                        && (kind == null || finding.kind().equals(kind))) {
                    assertFalse(finding.sentence().isEmpty());
                    assertFalse(finding.fingerprint().matches(".*[0-9].*"), finding.fingerprint());
                    assertTrue(finding.occurrences() > 0);
                    assertNotNull(finding.reproduce());
                    return;
                }
            }
        }
        throw new AssertionError(fault + " was not found by " + oracle + " in " + SEEDS + " seeds");
    }

    private static RunOutcome run(@Nullable ToyFault fault, long seed) {
        RunConfiguration configuration = RunConfiguration.of("toy", seed).withOperations(40);
        return new Run(configuration, new ToyTarget(fault), Installed.oracles()).execute(RunMonitor.NONE);
    }

    private static List<String> kinds(RunOutcome outcome) {
        return outcome.findings().stream()
                .map(finding -> finding.oracle() + "/" + finding.kind() + ": " + finding.sentence())
                .toList();
    }
}
