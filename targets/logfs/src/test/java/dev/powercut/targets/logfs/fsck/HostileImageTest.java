package dev.powercut.targets.logfs.fsck;

import org.junit.jupiter.api.Test;

/** What the fuzz tests hold of images, of random patches that keep checksums right. Further ones with {@code -Dpowercut.logfs.hostile=N}. */
class HostileImageTest {

    private static final int SEEDS = Integer.getInteger("powercut.logfs.hostile", 250);
    private static final int FIRST = Integer.getInteger("powercut.logfs.hostile.first", 0);

    @Test
    void anyImageIsCheckedAndMendedOrRefused() {
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            byte[] input = HostileInput.of(seed);
            try {
                FsckCheckFuzzTest.check(FuzzedImage.of(input));
                FsckRepairFuzzTest.check(FuzzedImage.of(input));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
