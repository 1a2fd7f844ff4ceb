package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.powercut.check.target.CheckResult.Severity;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;

/** Whatever an image is, -n ends, writes nothing, and says something; -p touches nothing that has damage. */
class FsckCheckFuzzTest {

    private static final Fsck FSCK = new Fsck();

    @FuzzTest(maxDuration = "20s")
    void anyImageIsChecked(byte[] input) {
        DiskImage image = FuzzedImage.of(input);
        SimulatedDisk disk = Surgery.disk(image);
        FsckReport report = FSCK.check(disk);
        assertEquals(image, disk.image());
        assertEquals(report.exitCode() == 0, report.lines().isEmpty());
        report.lines().forEach(line -> assertFalse(line.isBlank()));

        FsckReport preened = FSCK.recover(disk);
        if (report.severity() == Severity.DAMAGE) {
            assertEquals(image, disk.image());
        } else if (preened.recovered()) {
            assertTrue(FSCK.check(disk).lines().isEmpty(), report.lines()::toString);
        }
    }
}
