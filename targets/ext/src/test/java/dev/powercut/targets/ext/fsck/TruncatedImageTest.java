package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.target.ImageTool.CheckMode;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.journal.RecoveryRules;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An image that ends before its volume: {@code -n} says so, looks at what there is, and names the files that have lost blocks. Mending would
 * take those blocks away for good; so {@code -p} and {@code -y} refuse, as {@code e2fsck -y} does. ({@code e2fsck -fn} says so, too, but ends
 * with 0 when no metadata is missing.)
 */
class TruncatedImageTest {

    private final Fsck fsck = new Fsck();

    /** A volume of 2 MiB, with a file of 1 MiB and small ones before it. */
    private static Surgery volume() {
        Surgery s = Surgery.on(2 << 20, MkfsOptions.defaults());
        int docs = s.directory(Format.ROOT_INODE, "docs");
        s.file(docs, "small", 5);
        s.file(docs, "large", 1000);
        return s;
    }

    private static DiskImage first(DiskImage image, int sectors) {
        byte[] b = new byte[sectors * 512];
        image.read(0, sectors, b, 0);
        return DiskImage.of(b);
    }

    private FsckReport run(DiskImage image, CheckMode mode) {
        SimulatedDisk disk = Surgery.disk(image);
        FsckReport report = fsck.run(disk, new FsckOptions(mode, true, 0, 0, 0, true, true));
        assertEquals(image, disk.image(), "nothing is written");
        return report;
    }

    @Test
    void filesThatHaveLostBlocksAreNamed() {
        Surgery s = volume();
        int large = s.lookup(s.lookup(Format.ROOT_INODE, "docs"), "large");
        DiskImage image = first(s.image(), 2048);
        FsckReport report = run(image, CheckMode.READ_ONLY);
        List<String> lines = report.lines();
        assertEquals(4, report.exitCode(), lines::toString);
        assertTrue(lines.getFirst().contains("the volume has 2048 blocks, the device only 1024"), lines::toString);
        int blocks = s.allocateBlock() - 1024; // All from there on are of the large file.
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.contains(
                                "inode " + large + " (/docs/large) has at least " + blocks + " blocks beyond the end")),
                () -> blocks + " in " + lines);
        assertTrue(lines.stream().noneMatch(line -> line.contains("small")), lines::toString);
        E2fsprogs.Result theirs = E2fsprogs.e2fsck(image);
        assertTrue(theirs.output().contains("The physical size of the device is 1024 blocks"), theirs.output());
    }

    @Test
    void nothingIsMended() {
        DiskImage image = first(volume().image(), 2048);
        for (CheckMode mode : List.of(CheckMode.PREEN, CheckMode.YES)) {
            FsckReport report = run(image, mode);
            assertEquals(8, report.exitCode());
            assertTrue(report.worstLine().contains("truncated"), report.worstLine());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5, 7, 20, 64, 255, 256, 257, 1000, 1023, 3001, 4095})
    void whateverIsLeftTheCheckEnds(int sectors) {
        FsckReport report = run(first(volume().image(), sectors), CheckMode.READ_ONLY);
        // Of less than a sixteenth, memory would go with what is not there.
        assertEquals(
                sectors < 256 ? 8 : 4, report.exitCode(), () -> report.lines().toString());
    }

    /** The log may be what is missing. */
    @ParameterizedTest
    @ValueSource(ints = {1100, 2000, 4000, 6000, 8000})
    void logThatIsCutOffIsDamage(int sectors) {
        DiskImage image = E2fsprogs.mke2fs(4 << 20, List.of("-t", "ext3", "-b", "1024"), "");
        byte[] b = new byte[4 << 20];
        image.read(0, b.length / 512, b, 0);
        Superblock.setIncompat(b, 1024, Superblock.incompat(b, 1024) | 4);
        SimulatedDisk disk = Surgery.disk(DiskImage.of(Arrays.copyOf(b, sectors * 512)));
        FsckReport report = Fsck.ofExt3(RecoveryRules.ALL).check(disk);
        assertEquals(4, report.exitCode(), () -> report.lines().toString());
    }

    /** A size that is far too large is more likely wrong than the image cut off. */
    @Test
    void volumeOfManyTimesItsDeviceIsRefused() {
        Surgery s = volume();
        Superblock.setBlockCount(s.b, Surgery.SUPERBLOCK, Integer.MAX_VALUE);
        assertEquals(8, run(s.image(), CheckMode.READ_ONLY).exitCode());
    }
}
