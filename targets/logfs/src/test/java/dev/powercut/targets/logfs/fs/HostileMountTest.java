package dev.powercut.targets.logfs.fs;

import dev.powercut.check.contract.RoughUse;
import dev.powercut.sim.Choices;
import dev.powercut.targets.logfs.fsck.FuzzedImage;
import dev.powercut.targets.logfs.fsck.HostileInput;
import org.junit.jupiter.api.Test;

/** What {@link MountFuzzTest} holds, of random patches that keep checksums right. Further ones with {@code -Dpowercut.logfs.hostile=N}. */
class HostileMountTest {

    private static final int SEEDS = Integer.getInteger("powercut.logfs.hostile", 250);
    private static final int FIRST = Integer.getInteger("powercut.logfs.hostile.first", 0);

    @Test
    void anyImageIsMountedAndUsedOrRefused() {
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            try {
                RoughUse.of(new LogfsType(), FuzzedImage.of(HostileInput.of(seed)), Choices.seeded(seed));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
