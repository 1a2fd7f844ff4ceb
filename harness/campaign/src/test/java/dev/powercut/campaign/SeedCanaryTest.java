package dev.powercut.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.toy.ToyFault;
import dev.powercut.campaign.toy.ToyTarget;
import dev.powercut.campaign.toy.ToyType;
import dev.powercut.sim.Choices;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A target that fails one seed in a hundred is counted right. */
final class SeedCanaryTest {

    private static final long SEEDS = 400;

    private static final RunConfiguration CONFIGURATION =
            RunConfiguration.of("toy", 1).withOperations(1).withDefect(ToyFault.MOUNT_THROWS_NOW_AND_THEN.defectName());

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void campaignCountsExactlyTheSeedsThatFail(int workers) {
        List<Long> seeds = LongStream.rangeClosed(1, SEEDS).boxed().toList();
        List<Long> unlucky = seeds.stream()
                .filter(seed -> ToyType.isUnlucky(Choices.seeded(seed)))
                .toList();
        assertTrue(unlucky.size() >= 2, unlucky::toString);

        List<RunOutcome> outcomes =
                new Campaign(CONFIGURATION, new ToyTarget(), Installed.oracles(), workers).run(seeds, RunMonitor.NONE);

        assertEquals(
                unlucky,
                outcomes.stream()
                        .filter(RunOutcome::failed)
                        .map(outcome -> outcome.configuration().seed())
                        .toList());
        Summary summary = Summary.of(outcomes, new ToyTarget(), "1..400", false, "");
        String rate = summary.report().facts().stream()
                .filter(fact -> fact.name().equals("failing runs"))
                .map(RunReport.Fact::value)
                .findFirst()
                .orElseThrow();
        assertTrue(rate.startsWith(unlucky.size() + " of 400 ("), rate);
        FailureRate said = FailureRate.of(unlucky.size(), SEEDS);
        assertTrue(said.low() < 0.01 && 0.01 < said.high(), said::words);
    }

    @Test
    void budgetOfStatesCountsTheSameRunsHoweverManyWorkersThereAre() {
        List<Long> one = counted(1);
        assertTrue(one.size() > 5, one::toString);
        assertEquals(one, counted(2));
        assertEquals(one, counted(3));
    }

    private static List<Long> counted(int workers) {
        return new Campaign(CONFIGURATION.withOperations(5), new ToyTarget(), Installed.oracles(), workers)
                .runUntil(1, 500, 20, RunMonitor.NONE).stream()
                        .map(outcome -> outcome.configuration().seed())
                        .toList();
    }

    @Test
    void enoughFailedRunsEndACampaign() {
        List<RunOutcome> outcomes = new Campaign(CONFIGURATION, new ToyTarget(), Installed.oracles(), 2)
                .runUntil(1, 1_000_000, 1, RunMonitor.NONE);
        assertEquals(1, outcomes.stream().filter(RunOutcome::failed).count());
        assertTrue(outcomes.getLast().failed());
    }
}
