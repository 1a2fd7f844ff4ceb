package dev.powercut.targets.logfs.fs;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.powercut.check.contract.RoughUse;
import dev.powercut.sim.Choices;
import dev.powercut.targets.logfs.fsck.FuzzedImage;

/** Whatever an image is, mounting and using it succeeds or fails with an errno. */
class MountFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void anyImageIsMountedAndUsed(byte[] input) {
        RoughUse.of(
                new LogfsType(),
                FuzzedImage.of(input),
                Choices.seeded(input.length == 0 ? 0 : input[input.length - 1]));
    }
}
