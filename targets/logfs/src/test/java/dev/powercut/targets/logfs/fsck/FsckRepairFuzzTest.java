package dev.powercut.targets.logfs.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.ImageBuilder;
import dev.powercut.targets.logfs.reader.SecondReader;
import java.util.List;

/** Whatever an image is, -y ends, and says truly whether it is sound afterwards: a second reader can then read all of it. */
class FsckRepairFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void anyImageIsRepairedOrRefused(byte[] input) {
        check(FuzzedImage.of(input));
    }

    static void check(DiskImage image) {
        SimulatedDisk disk = ImageBuilder.disk(image);
        FsckReport report = new Fsck().repair(disk);
        if (report.recovered()) {
            assertEquals(List.of(), new Fsck().check(disk).lines(), report.lines()::toString);
            SecondReader.read(disk.image());
        } else {
            assertTrue(report.exitCode() == 4 || report.exitCode() == 8);
        }
    }
}
