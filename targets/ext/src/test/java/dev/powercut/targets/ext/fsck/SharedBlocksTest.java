package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blocks that two files claim: each file reads after the repair what it read before. */
class SharedBlocksTest {

    private static final int ROOT = Format.ROOT_INODE;

    private final Fsck fsck = new Fsck();

    private static Surgery volume(long sizeBytes) {
        Surgery s = Surgery.on(sizeBytes, MkfsOptions.defaults());
        s.file(ROOT, "one", 300);
        s.file(ROOT, "two", 300);
        return s;
    }

    /** The second file's contents are the first one's, by the same blocks; its own leak. */
    private static void share(Surgery s, int firstPointer, int lastPointer) {
        for (int i = firstPointer; i <= lastPointer; i++) {
            s.setPointer(s.lookup(ROOT, "two"), i, s.pointer(s.lookup(ROOT, "one"), i));
        }
    }

    private Surgery repaired(Surgery s) {
        SimulatedDisk disk = Surgery.disk(s.image());
        FsckReport report = fsck.repair(disk);
        assertEquals(1, report.exitCode(), report.lines()::toString);
        assertEquals(List.of(), fsck.check(Surgery.disk(disk.image())).lines());
        E2fsprogs.assertClean(disk.image());
        return new Surgery(disk.image());
    }

    /** All bytes of a file of up to 12 + 256 + 256 * 256 blocks, holes as zeroes. */
    private static byte[] contents(Surgery s, String name) {
        int inode = s.lookup(ROOT, name);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < Format.DIRECT_POINTERS; i++) {
            append(s, s.pointer(inode, i), 0, out);
        }
        append(s, s.pointer(inode, Format.SINGLE_INDIRECT), 1, out);
        append(s, s.pointer(inode, Format.DOUBLE_INDIRECT), 2, out);
        return Arrays.copyOf(out.toByteArray(), (int) InodeRecord.size(s.b, s.inodeOffset(inode)));
    }

    private static void append(Surgery s, int block, int level, ByteArrayOutputStream out) {
        if (block == 0) {
            out.writeBytes(new byte[s.blockSize * (level == 0 ? 1 : s.blockSize / 4)]);
        } else if (level == 0) {
            out.write(s.b, s.blockOffset(block), s.blockSize);
        } else {
            for (int i = 0; i < s.blockSize; i += 4) {
                append(s, LittleEndian.s32(s.b, s.blockOffset(block) + i), level - 1, out);
            }
        }
    }

    @Test
    void aSharedBlockDoesNotMakeTheCountOfSectorsWrong() {
        Surgery s = volume(2 << 20);
        share(s, 3, 3);
        FsckReport report = fsck.check(Surgery.disk(s.image()));
        assertEquals(
                List.of("block-claimed-twice"),
                report.problems().stream()
                        .map(problem -> problem.kind().slug())
                        .filter(slug -> slug.contains("claimed") || slug.contains("sector"))
                        .toList());
        repaired(s);
    }

    @Test
    void eachFileKeepsWhatItReads() {
        Surgery s = volume(2 << 20);
        share(s, 0, Format.DOUBLE_INDIRECT);
        byte[] one = contents(s, "one");
        assertArrayEquals(one, contents(s, "two"));
        Surgery after = repaired(s);
        assertArrayEquals(one, contents(after, "one"));
        assertArrayEquals(one, contents(after, "two"));
        for (int i = 0; i <= Format.DOUBLE_INDIRECT; i++) {
            assertNotEquals(after.pointer(after.lookup(ROOT, "one"), i), after.pointer(after.lookup(ROOT, "two"), i));
        }
    }

    @Test
    void e2fsckKeepsTheSame() {
        Surgery s = volume(2 << 20);
        share(s, 3, Format.SINGLE_INDIRECT);
        Surgery theirs = new Surgery(E2fsprogs.repairedByE2fsck(s.image(), "-fy"));
        Surgery ours = repaired(s);
        assertArrayEquals(contents(theirs, "one"), contents(ours, "one"));
        assertArrayEquals(contents(theirs, "two"), contents(ours, "two"));
    }

    @Test
    void manySharedBlocksAreReportedByAFewLines() {
        Surgery s = volume(2 << 20);
        s.setPointer(s.lookup(ROOT, "two"), 5, 0);
        int indirect = s.pointer(s.lookup(ROOT, "two"), Format.SINGLE_INDIRECT);
        for (int i = 0; i < s.blockSize; i += 4) {
            LittleEndian.put32(s.b, s.blockOffset(indirect) + i, s.pointer(s.lookup(ROOT, "one"), 0));
        }
        long lines = fsck.check(Surgery.disk(s.image())).problems().stream()
                .filter(problem -> problem.kind() == ProblemKind.BLOCK_CLAIMED_TWICE)
                .count();
        assertEquals(12, lines);
        byte[] two = contents(s, "two");
        assertArrayEquals(two, contents(repaired(s), "two"));
    }

    @Test
    void fullVolumeLosesWhatCannotBeCopiedAndNothingElse() {
        Surgery s = volume(1 << 20);
        s.file(ROOT, "three", freeBlocks(s) - 20);
        int one = s.lookup(ROOT, "one");
        int two = s.lookup(ROOT, "two");
        // Both files have their data here; the blocks of the second stay in use, as blocks of a fourth.
        int four = s.inode(Format.MODE_REGULAR | 0644);
        s.link(ROOT, "four", four, Format.TYPE_REGULAR);
        for (int i = 0; i <= Format.DOUBLE_INDIRECT; i++) {
            s.setPointer(four, i, s.pointer(two, i));
            s.setPointer(two, i, s.pointer(one, i));
        }
        InodeRecord.setSize(s.b, s.inodeOffset(four), 300L * s.blockSize);
        InodeRecord.setSectorCountLow(s.b, s.inodeOffset(four), InodeRecord.sectorCountLow(s.b, s.inodeOffset(two)));
        byte[] before = contents(s, "one");
        byte[] fourth = contents(s, "four");
        Surgery after = repaired(s);
        assertArrayEquals(before, contents(after, "one"));
        assertArrayEquals(fourth, contents(after, "four"));
        byte[] second = contents(after, "two");
        assertTrue(Arrays.equals(before, 0, 8 * s.blockSize, second, 0, 8 * s.blockSize));
        assertFalse(Arrays.equals(before, second));
    }

    private static int freeBlocks(Surgery s) {
        return (int) Superblock.freeBlockCount(s.b, Surgery.SUPERBLOCK);
    }
}
