package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.powercut.check.target.CheckResult.Severity;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;

/** Whatever an image is, -n ends, writes nothing, and is at peace with trifles only; -p touches nothing that has more damage. */
class FsckCheckFuzzTest {

    private static final Fsck FSCK = new Fsck();

    @FuzzTest(maxDuration = "20s")
    void anyImageIsChecked(byte[] input) {
        DiskImage image = FuzzedImage.of(input);
        SimulatedDisk disk = Surgery.disk(image);
        FsckReport report = FSCK.check(disk);
        assertEquals(image, disk.image());
        boolean trifles = report.problems().stream().allMatch(problem -> Trifles.mayBe(problem.kind()));
        if (report.exitCode() == FsckReport.EXIT_CLEAN) {
            assertTrue(trifles, report.lines()::toString);
        } else {
            assertFalse(report.lines().isEmpty());
        }
        report.lines().forEach(line -> assertFalse(line.isBlank()));

        boolean damaged = report.problems().stream()
                .anyMatch(problem -> problem.kind().severity() == Severity.DAMAGE && !Trifles.mayBe(problem.kind()));
        FsckReport preened = FSCK.recover(disk);
        if (damaged) {
            assertEquals(image, disk.image());
        } else if (preened.recovered()) {
            assertTrue(
                    FSCK.check(disk).problems().stream().allMatch(problem -> Trifles.isIgnored(problem.kind())),
                    report.lines()::toString);
        }
    }
}
