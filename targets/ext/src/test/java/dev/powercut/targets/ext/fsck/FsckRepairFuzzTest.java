package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import java.util.List;

/** Whatever an image is, -y ends, and says truly whether it is sound afterwards. */
class FsckRepairFuzzTest {

    private static final Fsck FSCK = new Fsck();

    @FuzzTest(maxDuration = "20s")
    void anyImageIsRepairedOrRefused(byte[] input) {
        DiskImage image = FuzzedImage.of(input);
        SimulatedDisk disk = Surgery.disk(image);
        FsckReport report = FSCK.repair(disk);
        if (report.recovered()) {
            assertEquals(List.of(), FSCK.check(disk).lines(), report.lines()::toString);
        } else {
            assertTrue(report.exitCode() == 4 || report.exitCode() == 8);
        }
    }
}
