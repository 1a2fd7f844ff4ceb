package dev.powercut.campaign.ace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunMonitor;
import dev.powercut.campaign.RunOutcome;
import dev.powercut.campaign.RunReport;
import dev.powercut.campaign.Summary;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.toy.ToyFault;
import dev.powercut.campaign.toy.ToyTarget;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AceCampaignTest {

    private static final AceRange ONE = AceRange.of(1, null, null);

    @Test
    void whatComesOfItDoesNotDependOnTheNumberOfWorkers() {
        RunReport alone = report(null, ONE, 1);
        assertEquals(alone, report(null, ONE, 3));
        assertEquals(ONE.count(), alone.exploration().workloads());
        assertEquals(0, alone.failing());
    }

    @Test
    void findingsAreBucketedWithTheExampleOfTheSmallestIndex() {
        RunReport report = report(ToyFault.FSYNC_DOES_NOTHING, ONE, 2);
        assertTrue(report.failing() > 0);
        assertEquals(report, report(ToyFault.FSYNC_DOES_NOTHING, ONE, 1));
        for (FindingReport finding : report.findings()) {
            assertFalse(finding.operations().isEmpty(), finding.fingerprint());
            assertTrue(String.valueOf(finding.reproduce()).contains("--workload ace:1:"), finding.reproduce());
        }
    }

    @Test
    void reproduceLineOfAFindingGivesTheSameFinding() {
        FindingReport finding =
                report(ToyFault.FSYNC_DOES_NOTHING, ONE, 1).findings().getFirst();
        String workload = String.valueOf(finding.reproduce()).replaceFirst(".*--workload (\\S+).*", "$1");
        RunOutcome outcome = new Run(
                        configuration().withWorkload(workload),
                        new ToyTarget(ToyFault.FSYNC_DOES_NOTHING),
                        Installed.oracles())
                .execute(RunMonitor.NONE);
        assertTrue(
                outcome.findings().stream()
                        .anyMatch(found -> found.fingerprint().equals(finding.fingerprint())),
                workload);
    }

    @Test
    void whatWasStoppedGoesOnWhereItStopped() {
        AtomicInteger asked = new AtomicInteger();
        RunMonitor stopsSoon = new RunMonitor() {
            @Override
            public boolean isStopped() {
                return asked.incrementAndGet() > 80;
            }
        };
        AceOutcome stopped = campaign(null, ONE, 1).run(stopsSoon);
        assertEquals(64, stopped.next());
        AceOutcome rest =
                campaign(null, AceRange.of(1, null, stopped.next()), 1).run(RunMonitor.NONE);
        assertEquals(ONE.count(), rest.next());
        RunReport all = report(null, ONE, 1);
        RunReport first = summary(null, stopped).report();
        RunReport second = summary(null, rest).report();
        assertEquals(
                all.exploration().distinctStates(),
                first.exploration().distinctStates() + second.exploration().distinctStates());
    }

    @Test
    void shardsAreAllOfItAndNothingTwice() {
        long next = 0;
        for (int i = 1; i <= 7; i++) {
            AceRange shard = AceRange.of(2, i + "/7", null);
            assertEquals(next, shard.from());
            next = shard.end();
        }
        assertEquals(AceRange.of(2, null, null).count(), next);
    }

    @Test
    void partsThatAreNotThereAreRefused() {
        for (String shard : List.of("0/3", "4/3", "3", "a/b", "1/0", "-1/3", "1/99999999999999999999")) {
            UsageException refused = assertThrows(UsageException.class, () -> AceRange.of(1, shard, null));
            assertTrue(String.valueOf(refused.getMessage()).contains("--shard"), refused.getMessage());
        }
        assertThrows(UsageException.class, () -> AceRange.of(0, null, null));
        assertThrows(UsageException.class, () -> AceRange.of(9, null, null));
        assertThrows(UsageException.class, () -> AceRange.of(1, null, ONE.count()));
        assertThrows(UsageException.class, () -> AceRange.of(1, "2/2", 0L));
    }

    private static RunConfiguration configuration() {
        return RunConfiguration.of("toy", 1);
    }

    private static AceCampaign campaign(@Nullable ToyFault fault, AceRange range, int workers) {
        return new AceCampaign(configuration(), new ToyTarget(fault), Installed.oracles(), range, workers);
    }

    private static RunReport report(@Nullable ToyFault fault, AceRange range, int workers) {
        return summary(fault, campaign(fault, range, workers).run(RunMonitor.NONE))
                .report();
    }

    private static Summary summary(@Nullable ToyFault fault, AceOutcome outcome) {
        return Summary.of(
                outcome.totals(), configuration(), new ToyTarget(fault), "title", List.of(), false, "command");
    }
}
