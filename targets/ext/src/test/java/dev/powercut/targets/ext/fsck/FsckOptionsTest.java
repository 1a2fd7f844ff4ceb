package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.target.ImageTool.CheckMode;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.mkfs.Mkfs;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user may ask of fsck, and how it speaks. */
class FsckOptionsTest {

    private final Fsck fsck = new Fsck();

    private static FsckOptions options(CheckMode mode, int superblock, int blockSize, boolean copyShared) {
        return new FsckOptions(mode, true, 0, superblock, blockSize, copyShared, true);
    }

    @ParameterizedTest
    @CsvSource({"1024, 20, 8193", "2048, 40, 16384", "4096, 140, 32768"})
    void backupIsFoundWhateverTheBlockSize(int blockSize, int mib, int block) throws Exception {
        SimulatedDisk disk = Surgery.disk(DiskImage.blank((long) mib << 11));
        Mkfs.format(disk, MkfsOptions.defaults().withBlockSize(blockSize).withDeviceIsZero(true));
        disk.write(2, 2, new byte[1024], 0, MetadataWrite.CAUSE);
        FsckReport check = fsck.check(disk);
        assertEquals("superblock-corrupt", check.kind());
        assertEquals(block, check.problems().getFirst().block());
        assertEquals(1, fsck.repair(disk).exitCode());
        assertEquals(List.of(), fsck.check(disk).lines());
        E2fsprogs.assertClean(disk.durableImage());
    }

    /** Groups smaller than usual: no block size leads to the backups, so they are looked for everywhere. */
    @Test
    void backupInAnUnusualPlaceIsFoundToo() {
        DiskImage image = E2fsprogs.mke2fs(12 << 20, List.of("-t", "ext2", "-b", "1024", "-g", "1024"), "");
        Surgery s = new Surgery(image);
        Arrays.fill(s.b, 1024, 2048, (byte) 0);
        SimulatedDisk disk = Surgery.disk(s.image());
        assertEquals(1, fsck.repair(disk).exitCode());
        E2fsprogs.assertClean(disk.durableImage());
    }

    @Test
    void backupThatTheUserNamesIsUsed() {
        Surgery s = Surgery.on(20 << 20, MkfsOptions.defaults());
        Superblock.setFirstInode(s.b, Surgery.SUPERBLOCK, 15);
        SimulatedDisk disk = Surgery.disk(s.image());
        for (int blockSize : List.of(0, 1024)) {
            FsckReport report = fsck.run(disk, options(CheckMode.READ_ONLY, 8193, blockSize, true));
            assertEquals("superblock-corrupt", report.kind(), report.lines()::toString);
        }
        assertEquals(1, fsck.run(disk, options(CheckMode.YES, 8193, 0, true)).exitCode());
        assertEquals(List.of(), fsck.check(disk).lines());
    }

    @ParameterizedTest
    @CsvSource({"77, 0", "8193, 4096", "100000000, 1024"})
    void blockWithoutABackupIsRefused(int block, int blockSize) {
        DiskImage image = Surgery.on(20 << 20, MkfsOptions.defaults()).image();
        SimulatedDisk disk = Surgery.disk(image);
        FsckReport report = fsck.run(disk, options(CheckMode.YES, block, blockSize, true));
        assertEquals(8, report.exitCode());
        assertTrue(report.worstLine().contains("block " + block + " holds no valid backup"), report.worstLine());
        assertEquals(image, disk.image());
    }

    /** tune2fs gives an image a journal; that is not to be taken for damage. */
    @Test
    void imageWithAJournalIsRefusedThoughItsBackupsHaveNone() {
        Surgery s = Surgery.on(20 << 20, MkfsOptions.defaults());
        Superblock.setCompat(s.b, Surgery.SUPERBLOCK, Features.COMPAT_HAS_JOURNAL | Features.COMPAT_EXT_ATTR);
        Superblock.setJournalInode(s.b, Surgery.SUPERBLOCK, Format.JOURNAL_INODE);
        SimulatedDisk disk = Surgery.disk(s.image());
        assertEquals(8, fsck.repair(disk).exitCode());
        assertEquals(s.image(), disk.image());
        Superblock.setJournalInode(s.b, Surgery.SUPERBLOCK, 0);
        assertEquals(1, fsck.repair(Surgery.disk(s.image())).exitCode());
    }

    /**
     * What only the primary superblock asks for, and e2fsck does not know either: word and bit of compat, incompat and ro_compat. Both
     * refuse it and leave the image as it is, though the backups could do without.
     */
    @ParameterizedTest
    @CsvSource({
        "0x5C, 0x20000",
        "0x5C, 0x80",
        "0x60, 0x100000",
        "0x60, 0x1",
        "0x60, -0x80000000",
        "0x64, 0x100000",
        "0x64, 0x80"
    })
    void unknownFeatureOfThePrimaryIsRefusedAsE2fsckRefusesIt(String word, String bits) {
        Surgery s = Surgery.on(20 << 20, MkfsOptions.defaults());
        int at = Surgery.SUPERBLOCK + Integer.decode(word);
        LittleEndian.put32(s.b, at, LittleEndian.s32(s.b, at) | Integer.decode(bits));
        SimulatedDisk disk = Surgery.disk(s.image());
        FsckReport report = fsck.repair(disk);
        assertEquals(8, report.exitCode(), report.lines()::toString);
        assertTrue(report.worstLine().contains("features"), report.worstLine());
        assertEquals(s.image(), disk.image());
        E2fsprogs.Result theirs = E2fsprogs.e2fsck(s.image());
        assertEquals(8, theirs.exit() & 8, theirs::output);
        assertTrue(theirs.output().contains("unsupported feature"), theirs::output);

        // When it is not sound otherwise, it may as well be damage.
        Superblock.setBlocksPerGroup(s.b, Surgery.SUPERBLOCK, 7);
        assertEquals(1, fsck.repair(Surgery.disk(s.image())).exitCode());
    }

    private static Surgery withSharedBlock() {
        Surgery s = Surgery.on(4 << 20, MkfsOptions.defaults());
        int first = s.file(Format.ROOT_INODE, "first", 3);
        int second = s.file(Format.ROOT_INODE, "second", 3);
        s.markBlock(s.pointer(second, 1), false);
        s.setPointer(second, 1, s.pointer(first, 1));
        return s;
    }

    @Test
    void sharedBlockIsCopiedUnlessItIsToBeCleared() {
        Surgery s = withSharedBlock();
        int second = s.lookup(Format.ROOT_INODE, "second");
        for (boolean copy : List.of(true, false)) {
            SimulatedDisk disk = Surgery.disk(s.image());
            assertEquals(1, fsck.run(disk, options(CheckMode.YES, 0, 0, copy)).exitCode());
            E2fsprogs.assertClean(disk.durableImage());
            Surgery after = new Surgery(disk.durableImage());
            int block = after.pointer(second, 1);
            if (copy) {
                int shared = s.blockOffset(s.pointer(second, 1));
                byte[] expected = Arrays.copyOfRange(s.b, shared, shared + 1024);
                int at = after.blockOffset(block);
                assertEquals(0, Arrays.compare(expected, Arrays.copyOfRange(after.b, at, at + 1024)));
            } else {
                assertEquals(0, block);
            }
        }
    }

    @Test
    void linesNameInodeBlockAndPath() {
        Surgery s = Surgery.on(4 << 20, MkfsOptions.defaults());
        int docs = s.directory(Format.ROOT_INODE, "docs");
        int deep = s.directory(docs, "deep");
        int file = s.file(deep, "file", 3);
        s.setPointer(file, 1, 99_999_999);
        s.link(deep, "early", 900, Format.TYPE_REGULAR);
        int lost = s.directory(deep, "lost");
        int below = s.file(lost, "below", 2);
        s.addLinks(below, 1);
        DirectoryEntry.setInode(s.b, s.entryOffset(deep, "lost"), 0);
        SimulatedDisk disk = Surgery.disk(s.image());
        for (CheckMode mode : List.of(CheckMode.READ_ONLY, CheckMode.PREEN, CheckMode.YES)) {
            List<String> lines = fsck.run(disk, options(mode, 0, 0, true)).lines();
            assertContains(lines, "inode " + file + " (/docs/deep/file) points to block 99999999,");
            assertContains(lines, "entry 'early' in directory " + deep + " (/docs/deep) names inode 900,");
            assertContains(lines, "inode " + lost + " has no name");
            assertContains(lines, "inode " + below + " (.../below) counts 2 links");
        }
    }

    @Test
    void linesNameBothClaimantsOfABlock() {
        Surgery s = Surgery.on(4 << 20, MkfsOptions.defaults());
        int docs = s.directory(Format.ROOT_INODE, "docs");
        int first = s.file(docs, "first", 20);
        int second = s.file(Format.ROOT_INODE, "second", 3);
        int own = s.file(docs, "own", 3);
        int direct = s.pointer(first, 5);
        int below = s.blockOf(first, 15);
        s.setPointer(second, 0, direct);
        s.setPointer(second, 1, below);
        s.setPointer(own, 2, s.pointer(own, 1));
        int attributes = s.allocateBlock();
        s.attributes(own, attributes);
        s.setPointer(s.file(docs, "third", 1), 0, attributes);
        int third = s.lookup(docs, "third");
        SimulatedDisk disk = Surgery.disk(s.image());
        List<String> lines =
                fsck.run(disk, options(CheckMode.READ_ONLY, 0, 0, true)).lines();
        String by = "inode " + second + " (/second) points to block ";
        assertContains(lines, by + direct + ", which inode " + first + " (/docs/first) claims too");
        assertContains(lines, by + below + ", which inode " + first + " (/docs/first) claims too");
        assertContains(
                lines,
                "inode " + own + " (/docs/own) points to block " + s.pointer(own, 1)
                        + ", which another of its pointers claims too");
        assertContains(
                lines,
                "inode " + third + " (/docs/third) points to block " + attributes + ", which inode " + own
                        + " (/docs/own) claims too");
        assertContains(fsck.check(disk).lines(), "to block " + direct + ", which another pointer claims too");
    }

    @Test
    void linesOfASecondNameShowTheFirst() {
        Surgery s = Surgery.on(4 << 20, MkfsOptions.defaults());
        int docs = s.directory(Format.ROOT_INODE, "docs");
        int deep = s.directory(docs, "deep");
        int other = s.directory(Format.ROOT_INODE, "other");
        s.link(other, "again", deep, Format.TYPE_DIRECTORY);
        SimulatedDisk disk = Surgery.disk(s.image());
        assertContains(
                fsck.run(disk, options(CheckMode.READ_ONLY, 0, 0, true)).lines(),
                "directory " + deep + " (/docs/deep) has a second name, 'again' in directory " + other + " (/other)");
    }

    private static void assertContains(List<String> lines, String words) {
        assertTrue(lines.stream().anyMatch(line -> line.contains(words)), () -> words + " in " + lines);
    }
}
