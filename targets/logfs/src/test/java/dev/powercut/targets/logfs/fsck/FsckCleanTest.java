package dev.powercut.targets.logfs.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.ImageBuilder;
import dev.powercut.targets.logfs.mkfs.MkfsOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sound images have no problems, and are left as they are; a log behind the checkpoint is none. */
class FsckCleanTest {

    static MkfsOptions options(int blockSize, int segmentBlocks) {
        return MkfsOptions.defaults().withBlocks(blockSize, blockSize * segmentBlocks);
    }

    @ParameterizedTest
    @CsvSource({"1024, 64", "2048, 32", "4096, 16", "1024, 8"})
    void aSoundImageIsCleanAndStaysAsItIs(int blockSize, int segmentBlocks) {
        for (ImageBuilder b : List.of(
                new ImageBuilder(2048L * blockSize, options(blockSize, segmentBlocks)),
                ImageBuilder.populated(2048L * blockSize, options(blockSize, segmentBlocks)))) {
            SimulatedDisk disk = ImageBuilder.disk(b.image());
            for (Fsck fsck : List.of(new Fsck(), Fsck.quick(), Fsck.withPaths())) {
                assertEquals(List.of(), fsck.check(disk).lines());
                assertEquals(0, fsck.recover(disk).exitCode());
                assertEquals(0, fsck.repair(disk).exitCode());
            }
            assertEquals(b.image(), disk.image());
        }
    }

    @Test
    void aLogBehindTheCheckpointIsNoProblemAndIsWrittenDownByRecovery() {
        ImageBuilder b = ImageBuilder.populated(2 << 20, options(1024, 64));
        int directory = b.directory(1, "new");
        b.file(directory, "file", 5, 1);
        b.group();
        b.file(directory, "lost", 5, 1);
        b.tornGroup();
        DiskImage image = b.image();
        SimulatedDisk disk = ImageBuilder.disk(image);
        for (Fsck fsck : List.of(new Fsck(), Fsck.quick())) {
            FsckReport before = fsck.check(disk);
            assertEquals(List.of(), before.lines());
            assertEquals(1, before.rolledGroups());
        }
        assertEquals(image, disk.image());
        FsckReport report = new Fsck().recover(disk);
        assertEquals(1, report.exitCode());
        assertTrue(report.blocksWritten() > 0);
        FsckReport after = new Fsck().check(disk);
        assertEquals(List.of(), after.lines());
        assertEquals(0, after.rolledGroups());
        assertEquals(0, new Fsck().recover(disk).exitCode());
    }
}
