package dev.powercut.targets.logfs.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.powercut.check.target.CheckResult.Severity;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.ImageBuilder;

/** Whatever an image is, -n ends, writes nothing, and says something; -p touches nothing that has damage. */
class FsckCheckFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void anyImageIsChecked(byte[] input) {
        check(FuzzedImage.of(input));
    }

    static void check(DiskImage image) {
        SimulatedDisk disk = ImageBuilder.disk(image);
        Fsck.quick().check(disk);
        FsckReport report = Fsck.withPaths().check(disk);
        assertEquals(image, disk.image());
        assertEquals(report.exitCode() == 0, report.lines().isEmpty());
        report.lines().forEach(line -> assertFalse(line.isBlank()));

        FsckReport preened = new Fsck().recover(disk);
        if (report.severity() == Severity.DAMAGE) {
            assertEquals(image, disk.image());
        } else if (preened.recovered()) {
            assertTrue(new Fsck().check(disk).lines().isEmpty(), report.lines()::toString);
        }
    }
}
