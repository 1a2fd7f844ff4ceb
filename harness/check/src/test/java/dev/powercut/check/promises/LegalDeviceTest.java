package dev.powercut.check.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.powercut.check.promises.LegalDevice.Mutation;
import dev.powercut.check.target.Guarantees;
import dev.powercut.check.workload.History;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.sim.Choices;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Random histories on a device that is trivially right: never a violation; and with one illegal version: always one (where inode
 * numbers are used once, since else another file with the same number may explain what was found).
 */
class LegalDeviceTest {

    private static final Guarantees NO_ATOMICITY = new Guarantees(false, false, false, false, 1, List.of());
    private static final Guarantees ATOMIC = new Guarantees(true, true, false, false, 1, List.of());
    private static final Guarantees CAREFUL = new Guarantees(true, true, true, false, 1_000_000_000L, List.of());
    private static final Guarantees JOURNAL = new Guarantees(true, true, false, true, 1_000_000_000L, List.of());

    private static History history(Choices choices, boolean reusesInodes) {
        int operations = 1 + choices.choose("operations", 120);
        return Scenario.history(new RandomWorkload(operations).steps(choices.split("workload")), reusesInodes);
    }

    @Property(tries = 400, seed = "4711")
    void anyLegalVersionOfEachCellIsNoViolation(
            @ForAll long seed, @ForAll @IntRange(max = 1300) int position, @ForAll boolean reusesInodes) {
        Choices choices = Choices.seeded(seed);
        LegalDevice device = new LegalDevice(history(choices, reusesInodes), position, NO_ATOMICITY);
        TestTree tree = device.independentVersions(choices.split("device"));
        PromiseJudge judge = Promises.of(device.history(), NO_ATOMICITY).newJudge();
        assertEquals(List.of(), judge.judge(tree.build(), position));
    }

    @Property(tries = 400, seed = "4712")
    void namesOfOneMomentAndSizesThatCoverWrittenDataOnlyAreNoViolation(
            @ForAll long seed, @ForAll @IntRange(max = 1300) int position, @ForAll boolean reusesInodes) {
        Choices choices = Choices.seeded(seed);
        LegalDevice device = new LegalDevice(history(choices, reusesInodes), position, CAREFUL);
        TestTree tree = device.namesOfOneMoment(choices.split("device"));
        for (Guarantees guarantees : List.of(NO_ATOMICITY, ATOMIC, CAREFUL, JOURNAL)) {
            PromiseJudge judge = Promises.of(device.history(), guarantees).newJudge();
            assertEquals(List.of(), judge.judge(tree.build(), position), guarantees::toString);
        }
    }

    @Property(tries = 600, seed = "4713")
    void anIllegalVersionIsAlwaysAViolation(
            @ForAll long seed, @ForAll @IntRange(max = 1300) int position, @ForAll Mutation mutation) {
        Choices choices = Choices.seeded(seed);
        LegalDevice device = new LegalDevice(history(choices, false), position, ATOMIC);
        TestTree tree = device.namesOfOneMoment(choices.split("device"));
        if (!device.makeIllegal(tree, mutation, choices.split("mutation"))) {
            return;
        }
        PromiseJudge judge = Promises.of(device.history(), ATOMIC).newJudge();
        assertFalse(judge.judge(tree.build(), position).isEmpty(), () -> mutation + " goes unnoticed");
    }
}
