package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.target.CheckResult.Severity;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.fsck.Wounds.Wound;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of problem is reported as what it is, and mended so that we and e2fsck find the image clean. */
class FsckProblemsTest {

    private final Fsck fsck = new Fsck();

    static List<Wound> benign() {
        return Wounds.benign();
    }

    static List<Wound> damage() {
        return Wounds.damage();
    }

    /** Leaks and counts that follow from other problems. */
    private static final Set<ProblemKind> CONSEQUENCES = EnumSet.of(
            ProblemKind.BLOCK_LEAKED,
            ProblemKind.INODE_LEAKED,
            ProblemKind.FREE_BLOCKS_WRONG,
            ProblemKind.FREE_INODES_WRONG,
            ProblemKind.DIRECTORIES_WRONG,
            ProblemKind.TOTAL_FREE_BLOCKS_WRONG,
            ProblemKind.TOTAL_FREE_INODES_WRONG);

    private static void assertKinds(Wound wound, FsckReport report) {
        Set<ProblemKind> found = EnumSet.noneOf(ProblemKind.class);
        report.problems().forEach(problem -> found.add(problem.kind()));
        Set<ProblemKind> told = EnumSet.copyOf(found);
        told.removeAll(CONSEQUENCES);
        wound.kinds().stream().filter(found::contains).forEach(told::add);
        assertEquals(new TreeSet<>(wound.kinds()), new TreeSet<>(told), report.lines()::toString);
    }

    private void assertCleanNow(DiskImage image) {
        assertEquals(List.of(), fsck.check(Surgery.disk(image)).lines());
        SimulatedDisk disk = Surgery.disk(image);
        assertEquals(0, fsck.recover(disk).exitCode());
        assertEquals(image, disk.image());
        E2fsprogs.assertClean(image);
    }

    @ParameterizedTest
    @MethodSource
    void benign(Wound wound) {
        DiskImage image = wound.patient().image();
        SimulatedDisk disk = Surgery.disk(image);
        FsckReport check = fsck.check(disk);
        assertKinds(wound, check);
        assertEquals(Severity.BENIGN, check.severity());
        assertEquals(4, check.exitCode());
        assertEquals(image, disk.image());

        FsckReport report = fsck.recover(disk);
        assertEquals(check.problems(), report.problems());
        assertEquals(1, report.exitCode(), report.lines()::toString);
        assertTrue(report.recovered());
        assertTrue(report.sectorsWritten() > 0);
        assertEquals(disk.image(), disk.durableImage());
        assertCleanNow(disk.durableImage());

        SimulatedDisk forced = Surgery.disk(image);
        assertEquals(1, fsck.repair(forced).exitCode());
        assertCleanNow(forced.durableImage());
    }

    @ParameterizedTest
    @MethodSource
    void damage(Wound wound) {
        DiskImage image = wound.patient().image();
        SimulatedDisk disk = Surgery.disk(image);
        FsckReport check = fsck.check(disk);
        assertKinds(wound, check);
        assertEquals(Severity.DAMAGE, check.severity());
        assertEquals(4, check.exitCode());
        FsckReport refused = fsck.recover(disk);
        assertEquals(4, refused.exitCode());
        assertFalse(refused.recovered());
        assertEquals(image, disk.image());

        FsckReport report = fsck.repair(disk);
        assertEquals(1, report.exitCode(), report.lines()::toString);
        assertTrue(report.problems().containsAll(check.problems()));
        assertCleanNow(disk.durableImage());
    }

    /** What is reported here has a wound above, but for what cannot be mended. */
    @Test
    void everyKindIsTested() {
        Set<ProblemKind> untested = EnumSet.allOf(ProblemKind.class);
        List<Wound> wounds = new ArrayList<>(benign());
        wounds.addAll(damage());
        wounds.forEach(wound -> untested.removeAll(wound.kinds()));
        untested.removeIf(kind -> kind.name().startsWith("JOURNAL_")); // Of ext3: JournalFsckTest.
        untested.removeIf(kind -> TriflesTest.trifles().anyMatch(each -> each.get()[1].equals(kind.slug())));
        untested.removeIf(kind -> kind.name().contains("DEVICE")); // TruncatedImageTest.
        assertEquals(EnumSet.of(ProblemKind.NO_VOLUME, ProblemKind.LOST_AND_FOUND_FULL), untested);
    }

    /** Nothing is lost when lost+found cannot be made: the inode stays as it is, and the image unclean. */
    @Test
    void fullVolumeLeavesAnInodeWithoutANameAndSaysSo() {
        Surgery s = Surgery.small();
        s.symlink(Format.ROOT_INODE, "lost", "target");
        s.unname(Format.ROOT_INODE, "lost");
        Wounds.removeLostAndFound(s);
        Superblock.setState(s.b, Surgery.SUPERBLOCK, 0);
        int filler = s.file(Format.ROOT_INODE, "filler", 200);
        int next = 200;
        while (GroupDescriptor.freeBlockCount(s.b, s.descriptorOffset(0)) > 2) {
            s.map(filler, next++, s.allocateBlock());
        }
        InodeRecord.setSize(s.b, s.inodeOffset(filler), next * 1024L);
        while (GroupDescriptor.freeBlockCount(s.b, s.descriptorOffset(0)) > 0) {
            s.file(Format.ROOT_INODE, "last" + next++, 1);
        }
        SimulatedDisk disk = Surgery.disk(s.image());
        FsckReport report = fsck.recover(disk);
        assertEquals(4, report.exitCode());
        assertEquals(
                ProblemKind.LOST_AND_FOUND_FULL, report.problems().getLast().kind());
        Surgery after = new Surgery(disk.durableImage());
        assertEquals(0, Superblock.state(after.b, Surgery.SUPERBLOCK) & Format.STATE_VALID);
        assertEquals(
                List.of(ProblemKind.UNNAMED_INODE),
                fsck.check(disk).problems().stream().map(Problem::kind).toList());
    }

    @Test
    void descriptorsWithoutAnyValidCopyAreFoundByWhatIsThere() {
        Surgery s = Surgery.small();
        DiskImage sound = s.image();
        Arrays.fill(s.b, s.descriptorOffset(0), s.descriptorOffset(1), (byte) 0);
        SimulatedDisk disk = Surgery.disk(s.image());
        assertEquals("descriptor-corrupt", fsck.check(disk).kind());
        assertEquals(4, fsck.recover(disk).exitCode());
        assertEquals(s.image(), disk.image());
        assertEquals(1, fsck.repair(disk).exitCode());
        assertCleanNow(disk.durableImage());
        Surgery after = new Surgery(disk.durableImage());
        assertEquals(new Surgery(sound).table.inodeTable(0), after.table.inodeTable(0));
    }

    /** Revision 0 has no features: a file beyond 2 GiB takes revision 1, which e2fsck gives the volume too. */
    @Test
    void largeFileLiftsAnOldRevision() {
        Surgery s = new Surgery(E2fsprogs.mke2fs(8 << 20, List.of("-t", "ext2", "-r", "0", "-b", "1024"), ""));
        assertEquals(Format.REVISION_ORIGINAL, Superblock.revision(s.b, Surgery.SUPERBLOCK));
        InodeRecord.setSize(s.b, s.inodeOffset(s.file(Format.ROOT_INODE, "large", 2)), 3L << 30);
        SimulatedDisk disk = Surgery.disk(s.image());
        assertEquals("large-file-feature-missing", fsck.check(disk).kind());
        assertEquals(1, fsck.repair(disk).exitCode());
        assertCleanNow(disk.durableImage());
        for (DiskImage image : List.of(disk.durableImage(), E2fsprogs.repairedByE2fsck(s.image(), "-fy"))) {
            Surgery after = new Surgery(image);
            assertEquals(Format.REVISION_DYNAMIC, Superblock.revision(after.b, Surgery.SUPERBLOCK));
            assertTrue(after.geometry.hasRoCompat(Features.RO_COMPAT_LARGE_FILE));
        }
    }

    /** They stay where they are, as mke2fs -l says with a warning. */
    @Test
    void badBlocksMayBeThoseOfBackups() {
        Surgery s = Surgery.on(20 << 20, MkfsOptions.defaults().withResizeInode(true));
        int backup = s.geometry.firstBlockOfGroup(1);
        int[] bad = {backup, backup + 1};
        for (int i = 0; i < bad.length; i++) {
            s.setPointer(Format.BAD_BLOCKS_INODE, i, bad[i]);
            s.addSectors(Format.BAD_BLOCKS_INODE);
        }
        assertCleanNow(s.image());
        s.setPointer(Format.BAD_BLOCKS_INODE, 0, s.geometry.firstDescriptorBlock());
        assertEquals("metadata-claimed", fsck.check(Surgery.disk(s.image())).kind());
    }

    /** Only its first block holds the name: what others lead to goes, as e2fsck has it. */
    @Test
    void longLinkKeepsItsNameWhenFurtherPointersAreWrong() {
        for (int wrong : new int[] {7, 1 << 30}) {
            Surgery s = Surgery.small();
            int link = s.symlink(Format.ROOT_INODE, "long", "x".repeat(100));
            DiskImage sound = s.image();
            s.setPointer(link, 11, wrong);
            SimulatedDisk disk = Surgery.disk(s.image());
            assertEquals(1, fsck.repair(disk).exitCode());
            assertCleanNow(disk.durableImage());
            for (DiskImage image : List.of(disk.durableImage(), E2fsprogs.repairedByE2fsck(s.image(), "-fy"))) {
                assertEquals(
                        new TreeSnapshot(sound).node("/long").contents(),
                        new TreeSnapshot(image).node("/long").contents());
            }
        }
    }

    @Test
    void whatIsNoVolumeIsRefusedWithPlaceAndReason() {
        for (DiskImage image : List.of(DiskImage.blank(1), DiskImage.blank(4), DiskImage.blank(16384))) {
            FsckReport report = fsck.repair(Surgery.disk(image));
            assertEquals(8, report.exitCode());
            assertEquals("no-volume", report.kind());
        }
        Surgery s = Surgery.small();
        DiskImage truncated = DiskImage.of(Arrays.copyOf(s.b, s.b.length - 1024));
        assertTrue(fsck.check(Surgery.disk(truncated)).lines().getFirst().contains("truncated"));
        Superblock.setIncompat(s.b, Surgery.SUPERBLOCK, Features.INCOMPAT_EXTENTS | Features.INCOMPAT_FILETYPE);
        assertTrue(fsck.check(Surgery.disk(s.image())).lines().getFirst().contains("extent"));
        Superblock.setIncompat(s.b, Surgery.SUPERBLOCK, Features.INCOMPAT_FILETYPE);
        Superblock.setRoCompat(s.b, Surgery.SUPERBLOCK, Features.RO_COMPAT_METADATA_CSUM);
        assertTrue(fsck.repair(Surgery.disk(s.image())).lines().getFirst().contains("metadata_csum"));
    }
}
