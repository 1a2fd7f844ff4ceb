package dev.powercut.targets.logfs.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.powercut.check.target.CheckResult.Severity;
import dev.powercut.check.tree.Node;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.ImageBuilder;
import dev.powercut.targets.logfs.reader.SecondReader;
import dev.powercut.targets.logfs.reader.Trees;

/**
 * Whatever an image is, -n ends, writes nothing, and says something; -p touches nothing that has damage. What -n does not call damaged can be
 * mounted, and everything in it read, as the second reader reads it.
 */
class FsckCheckFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void anyImageIsChecked(byte[] input) {
        check(FuzzedImage.of(input));
    }

    /** @return whether there is no damage */
    static boolean check(DiskImage image) {
        SimulatedDisk disk = ImageBuilder.disk(image);
        FsckReport quick = Fsck.quick().check(disk);
        FsckReport report = Fsck.withPaths().check(disk);
        assertEquals(image, disk.image());
        assertEquals(report.exitCode() == 0, report.lines().isEmpty());
        report.lines().forEach(line -> assertFalse(line.isBlank()));

        boolean sound = report.severity() != Severity.DAMAGE && report.exitCode() != FsckReport.EXIT_OPERATIONAL;
        if (sound) {
            Node.Directory read = SecondReader.read(image);
            assertNull(Trees.difference(read, Trees.mounted(image, true)));
            assertNull(Trees.difference(read, Trees.mounted(image, false)));
        }
        if (quick.severity() != Severity.DAMAGE && quick.exitCode() != FsckReport.EXIT_OPERATIONAL) {
            Trees.mounted(image, true);
        }

        FsckReport preened = new Fsck().recover(disk);
        if (report.severity() == Severity.DAMAGE) {
            assertEquals(image, disk.image());
        } else if (preened.recovered()) {
            assertTrue(new Fsck().check(disk).lines().isEmpty(), report.lines()::toString);
        }
        return sound;
    }
}
