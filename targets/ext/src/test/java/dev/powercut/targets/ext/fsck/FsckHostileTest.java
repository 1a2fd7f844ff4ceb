package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.mkfs.Mkfs;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Images made to make a checker run for ever or eat all memory. */
class FsckHostileTest {

    private final Fsck fsck = new Fsck();

    /** A bound that only a hang breaks. */
    private void repairsSoon(DiskImage image) {
        SimulatedDisk disk = Surgery.disk(image);
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            fsck.check(disk);
            FsckReport report = fsck.repair(disk);
            assertTrue(report.recovered(), report.lines()::toString);
            assertEquals(List.of(), fsck.check(disk).lines());
        });
        E2fsprogs.assertClean(disk.durableImage());
    }

    /** Every pointer of every level leads to the same indirect block: 1024³ ways through a file of 4 KiB blocks. */
    @Test
    void indirectBlocksThatPointToOneAnotherAreFollowedOnce() {
        Surgery s = Surgery.populated(6 << 20, MkfsOptions.defaults().withBlockSize(4096));
        for (int inode : List.of(s.lookup(Format.ROOT_INODE, "large"), s.lookup(Format.ROOT_INODE, "docs"))) {
            int[] chain = {s.allocateBlock(), s.allocateBlock(), s.allocateBlock()};
            s.setPointer(inode, Format.TRIPLE_INDIRECT, chain[0]);
            for (int level = 0; level < 3; level++) {
                for (int i = 0; i < 1024; i++) {
                    LittleEndian.put32(s.b, s.blockOffset(chain[level]) + 4 * i, chain[Math.min(level + 1, 2)]);
                }
            }
            InodeRecord.setSize(s.b, s.inodeOffset(inode), 1L << 31);
        }
        repairsSoon(s.image());
    }

    /** 4 GiB of directory, with a block at the start and one at the end: its two million holes are not filled. */
    @Test
    void hugeDirectoryOfHolesIsCutOff() {
        Surgery s = Surgery.populated(2 << 20, MkfsOptions.defaults());
        int docs = s.lookup(Format.ROOT_INODE, "docs");
        int block = s.allocateBlock();
        DirectoryEntry.setRecordLength(s.b, s.blockOffset(block), 1024);
        s.map(docs, (1 << 21) - 1, block);
        InodeRecord.setSize(s.b, s.inodeOffset(docs), 1L << 31);
        repairsSoon(s.image());
    }

    /** Directories that hold each other, all of them unreachable. */
    @Test
    void longLoopOfDirectoriesIsCutOnce() {
        Surgery s = Surgery.on(4 << 20, MkfsOptions.defaults());
        int first = s.directory(Format.ROOT_INODE, "first");
        int last = first;
        for (int i = 0; i < 500; i++) {
            last = s.directory(last, "d");
        }
        s.unname(Format.ROOT_INODE, "first");
        s.link(last, "first", first, Format.TYPE_DIRECTORY);
        FsckReport report = fsck.check(Surgery.disk(s.image()));
        assertEquals(
                1,
                report.problems().stream()
                        .filter(problem -> problem.kind() == ProblemKind.DIRECTORY_LOOP)
                        .count());
        repairsSoon(s.image());
    }

    /** Every block of a directory is the same garbage that is nearly right. */
    @Test
    void thousandsOfWrongEntriesAreToldAndMended() {
        Surgery s = Surgery.on(4 << 20, MkfsOptions.defaults());
        int directory = s.directory(Format.ROOT_INODE, "d");
        for (int i = 0; i < 700; i++) {
            s.link(directory, "name " + i % 7, 3000 + i, Format.TYPE_REGULAR);
        }
        assertTrue(fsck.check(Surgery.disk(s.image())).problems().size() >= 700);
        repairsSoon(s.image());
    }

    /** Memory goes with the bits of the bitmaps, not with the size of the volume: 64 GiB with 16 million inodes. */
    @Test
    void largeSparseVolumeNeedsLittle() throws Exception {
        SimulatedDisk disk = Surgery.disk(DiskImage.blank(64L << 21));
        Mkfs.format(disk, MkfsOptions.defaults().withDeviceIsZero(true));
        assertEquals(List.of(), fsck.check(disk).lines());
        assertEquals(0, fsck.recover(disk).exitCode());
    }

    @Test
    void freshObjectSurvivesAnythingInAnyOrder() {
        for (int seed = 0; seed < 50; seed++) {
            byte[] garbage = new byte[64 << 10];
            new java.util.Random(seed).nextBytes(garbage);
            LittleEndian.put16(garbage, 1024 + Format.S_MAGIC, Format.MAGIC);
            assertEquals(8, fsck.repair(Surgery.disk(DiskImage.of(garbage))).exitCode());
        }
    }
}
