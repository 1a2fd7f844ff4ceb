package dev.powercut.targets.ext.fs;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.powercut.check.contract.RoughUse;
import dev.powercut.sim.Choices;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.fsck.FuzzedImage;

/** Whatever an image is, mounting and using it succeeds or fails with an errno. The last two bytes say how it is used. */
class MountFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void anyImageIsMountedAndUsed(byte[] input) {
        int use = input.length < 2 ? 0 : LittleEndian.u16(input, input.length - 2);
        RoughUse.of(new Ext2Type(), FuzzedImage.of(input), Choices.seeded(use), 1 + use % 16);
    }
}
