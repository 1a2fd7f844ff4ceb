package dev.powercut.targets.ext.fsck;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damaged copies of populated images. After -y, -n finds nothing, e2fsck finds nothing, and nothing is lost that was reachable and
 * healthy: every inode whose record, map, contents and attributes the damage left alone is there with the same contents, under
 * the same name where the directories above were left alone too, and somewhere where they were not.
 *
 * <p>System properties: {@code powercut.fsck.copies} of each image (40), from seed {@code powercut.fsck.from} (1); one in {@code
 * powercut.fsck.judged} (4) is shown to e2fsck.
 */
class FsckSurvivalTest {

    private static final int COPIES = Integer.getInteger("powercut.fsck.copies", 40);
    private static final int FROM = Integer.getInteger("powercut.fsck.from", 1);
    private static final int JUDGED = Integer.getInteger("powercut.fsck.judged", 4);

    @ParameterizedTest
    @EnumSource
    void repairLosesNothingThatWasHealthy(PopulatedImage which) {
        try (SurvivalTrial trial = new SurvivalTrial(which.name(), which.image())) {
            for (int seed = FROM; seed < FROM + COPIES; seed++) {
                trial.run(seed, seed % JUDGED == 0);
            }
        }
    }
}
