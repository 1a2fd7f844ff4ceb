package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.target.CheckResult.Severity;
import dev.powercut.check.target.ImageTool.CheckMode;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sound images are clean for us and for e2fsck, and stay as they are. */
class FsckCleanTest {

    private final Fsck fsck = new Fsck();

    static Stream<Arguments> volumes() {
        Stream<Arguments> usual = Stream.of(1024, 2048, 4096)
                .flatMap(blockSize -> Stream.of(128, 256)
                        .flatMap(inodeSize -> Stream.of(6, 20).map(mib -> Arguments.of(blockSize, inodeSize, mib))));
        Stream<Arguments> largeInodes = Stream.of(1024, 2048, 4096)
                .flatMap(blockSize -> Stream.of(512, 1024, 2048, 4096)
                        .filter(inodeSize -> inodeSize <= blockSize)
                        .map(inodeSize -> Arguments.of(blockSize, inodeSize, 20)));
        return Stream.concat(usual, largeInodes);
    }

    @ParameterizedTest
    @MethodSource("volumes")
    void ourOwnImagesAreClean(int blockSize, int inodeSize, int mib) {
        for (boolean resize : List.of(false, true)) {
            MkfsOptions options = MkfsOptions.defaults()
                    .withBlockSize(blockSize)
                    .withInodeSize(inodeSize)
                    .withBytesPerInode(8192)
                    .withResizeInode(resize);
            DiskImage image = Surgery.populated((long) mib << 20, options).image();
            E2fsprogs.assertClean(image);
            assertClean(image);
        }
    }

    private void assertClean(DiskImage image) {
        FsckReport report = fsck.check(Surgery.disk(image));
        assertEquals(List.of(), report.lines());
        assertEquals(0, report.exitCode());
        assertEquals(Severity.CLEAN, report.severity());
        assertTrue(report.recovered());
        SimulatedDisk disk = Surgery.disk(image);
        assertEquals(0, fsck.recover(disk).exitCode());
        assertEquals(0, fsck.repair(disk).exitCode());
        assertEquals(image, disk.image());
    }

    /** Default images of mke2fs, filled by debugfs: resize inode, hashed directories allowed, attributes. */
    @ParameterizedTest
    @MethodSource("volumes")
    void imagesOfTheRealToolsAreClean(int blockSize, int inodeSize, int mib) {
        StringBuilder commands = new StringBuilder("mkdir /d\nmkdir /d/e\ncd /d\nmknod p p\nmknod c c 1 3\n");
        commands.append("symlink s target\nsymlink l ").append("y".repeat(90)).append("\ncd /d/e\n");
        for (int i = 0; i < 200; i++) {
            commands.append("symlink link_with_a_long_name_").append(i).append(" t\n");
        }
        for (int i = 0; i < 3; i++) {
            commands.append("write /usr/sbin/mke2fs f").append(i).append('\n');
        }
        commands.append("ea_set f0 user.a ").append("v".repeat(300)).append('\n');
        commands.append("ln f0 hard\nsif f0 links_count 2\n");
        DiskImage image = E2fsprogs.mke2fs(
                (long) mib << 20,
                List.of("-t", "ext2", "-b", "" + blockSize, "-I", "" + inodeSize, "-i", "8192"),
                commands.toString());
        E2fsprogs.assertClean(image);
        FsckReport report = fsck.check(Surgery.disk(image));
        assertEquals(List.of(), report.lines());
    }

    @Test
    void cleanFlagSkipsTheCheckUnlessForced() {
        Surgery s = Surgery.small();
        Superblock.setFreeBlockCount(s.b, Surgery.SUPERBLOCK, 1);
        FsckReport skipped = fsck.run(Surgery.disk(s.image()), new FsckOptions(CheckMode.PREEN, false, 0));
        assertTrue(skipped.skipped());
        assertEquals(0, skipped.exitCode());
        assertEquals(1, fsck.recover(Surgery.disk(s.image())).exitCode());

        Superblock.setState(s.b, Surgery.SUPERBLOCK, Format.STATE_VALID | Format.STATE_ERROR);
        assertFalse(fsck.run(Surgery.disk(s.image()), new FsckOptions(CheckMode.PREEN, false, 0))
                .skipped());
        Superblock.setState(s.b, Surgery.SUPERBLOCK, 0);
        assertFalse(fsck.run(Surgery.disk(s.image()), new FsckOptions(CheckMode.PREEN, false, 0))
                .skipped());
    }

    @Test
    void mountCountAndIntervalMakeACheckDue() {
        Surgery s = Surgery.small();
        Superblock.setMaxMountCount(s.b, Surgery.SUPERBLOCK, 3);
        Superblock.setMountCount(s.b, Surgery.SUPERBLOCK, 3);
        assertFalse(fsck.run(Surgery.disk(s.image()), new FsckOptions(CheckMode.PREEN, false, 0))
                .skipped());
        Superblock.setMountCount(s.b, Surgery.SUPERBLOCK, 2);
        assertTrue(fsck.run(Surgery.disk(s.image()), new FsckOptions(CheckMode.PREEN, false, 0))
                .skipped());
        Superblock.setCheckIntervalSeconds(s.b, Surgery.SUPERBLOCK, 60);
        long then = Superblock.lastCheckSeconds(s.b, Surgery.SUPERBLOCK);
        assertTrue(fsck.run(Surgery.disk(s.image()), new FsckOptions(CheckMode.PREEN, false, then + 59))
                .skipped());
        assertFalse(fsck.run(Surgery.disk(s.image()), new FsckOptions(CheckMode.PREEN, false, then + 60))
                .skipped());
    }

    @Test
    void uncleanImageWithoutProblemsBecomesCleanAndCountsAsCorrected() {
        Surgery s = Surgery.small();
        Superblock.setState(s.b, Surgery.SUPERBLOCK, 0);
        Superblock.setMountCount(s.b, Surgery.SUPERBLOCK, 7);
        SimulatedDisk disk = Surgery.disk(s.image());
        assertEquals(0, fsck.check(disk).exitCode());
        assertEquals(s.image(), disk.image());
        FsckReport report = fsck.recover(disk);
        assertEquals(1, report.exitCode());
        assertEquals(List.of(), report.lines());
        Surgery after = new Surgery(disk.durableImage());
        assertEquals(Format.STATE_VALID, Superblock.state(after.b, Surgery.SUPERBLOCK));
        assertEquals(0, Superblock.mountCount(after.b, Surgery.SUPERBLOCK));
        assertEquals(0, fsck.recover(disk).exitCode());
    }

    /** One object serves images of different shapes one after another. */
    @Test
    void scratchMemoryCarriesNothingOver() {
        List<DiskImage> images = new ArrayList<>();
        for (int blockSize : List.of(1024, 4096, 2048, 1024)) {
            images.add(Surgery.populated(12 << 20, MkfsOptions.defaults().withBlockSize(blockSize))
                    .image());
            images.add(Surgery.small().image());
        }
        for (DiskImage image : images) {
            Surgery broken = new Surgery(image);
            broken.setPointer(Format.ROOT_INODE, 0, 99_999_999);
            assertTrue(fsck.check(Surgery.disk(broken.image())).exitCode() == 4);
            assertEquals(List.of(), fsck.check(Surgery.disk(image)).lines());
        }
    }

    @Test
    void problemsAreTheSameForTheSameImage() {
        Surgery s = Surgery.populated(4 << 20, MkfsOptions.defaults());
        s.markBlock(s.allocateBlock() + 5, true);
        assertEquals(
                fsck.check(Surgery.disk(s.image())).problems(),
                new Fsck().check(Surgery.disk(s.image())).problems());
        assertSame(Severity.BENIGN, fsck.check(Surgery.disk(s.image())).severity());
    }
}
