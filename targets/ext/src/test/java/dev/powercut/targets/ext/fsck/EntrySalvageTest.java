package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged record of a directory costs its own name at most. */
class EntrySalvageTest {

    private final Fsck fsck = new Fsck();

    private static Surgery patient() {
        return Surgery.populated(4 << 20, MkfsOptions.defaults());
    }

    private TreeSnapshot repaired(Surgery s) {
        SimulatedDisk disk = Surgery.disk(s.image());
        FsckReport report = fsck.repair(disk);
        assertEquals(1, report.exitCode(), report.lines()::toString);
        E2fsprogs.assertClean(disk.image());
        return new TreeSnapshot(disk.image());
    }

    private static int directory(Surgery s, String name) {
        return name.isEmpty() ? Format.ROOT_INODE : s.lookup(Format.ROOT_INODE, name);
    }

    /** The record lengths are those that are too short, odd, too long, and beyond all. */
    @ParameterizedTest
    @CsvSource({
        "'', .",
        "'', ..",
        "'', docs",
        "'', lost+found",
        "docs, .",
        "docs, ..",
        "docs, deep",
        "docs, file-0",
        "docs, file-38"
    })
    void aWrongLengthCostsNoName(String in, String name) {
        for (int length : new int[] {0, 4, 13, 4096, 0xFFFC, 0xFFFF}) {
            Surgery s = patient();
            TreeMap<String, Integer> before = new TreeMap<>(new TreeSnapshot(s.image()).paths);
            DirectoryEntry.setRecordLength(s.b, s.entryOffset(directory(s, in), name), length);
            assertEquals(before, repaired(s).paths, () -> name + " with " + length + " bytes");
        }
    }

    /** The first is in the middle of another entry, the second the end of one, the last the end of the block. */
    @ParameterizedTest
    @ValueSource(ints = {28, 40, 1024})
    void aLongDotHidesNothing(int length) {
        for (String in : new String[] {"", "docs"}) {
            Surgery s = patient();
            TreeMap<String, Integer> before = new TreeMap<>(new TreeSnapshot(s.image()).paths);
            DirectoryEntry.setRecordLength(s.b, s.entryOffset(directory(s, in), "."), length);
            assertEquals(before, repaired(s).paths);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "docs"})
    void aLongNameCostsThatNameOnly(String name) {
        Surgery s = patient();
        Set<String> before = new TreeSet<>(new TreeSnapshot(s.image()).paths.keySet());
        s.b[s.entryOffset(Format.ROOT_INODE, name) + Format.D_NAME_LEN] = (byte) 0xFF;
        Set<String> after = repaired(s).paths.keySet();
        before.removeIf(path -> name.equals("docs") && path.startsWith("/docs"));
        assertTrue(after.containsAll(before), () -> before + " in " + after);
    }

    /** As rename leaves it: the bytes are still there, in the slack of the entry before, and make a row with those that follow. */
    @Test
    void aNameThatWasTakenAwayStaysAway() {
        Surgery s = patient();
        int docs = s.lookup(Format.ROOT_INODE, "docs");
        int stale = s.entryOffset(docs, "file-2");
        int slack = s.entryOffset(docs, "file-0");
        s.link(Format.ROOT_INODE, "moved", s.lookup(docs, "file-2"), Format.TYPE_REGULAR);
        DirectoryEntry.setRecordLength(s.b, slack, stale - slack + DirectoryEntry.recordLength(s.b, stale));
        TreeMap<String, Integer> before = new TreeMap<>(new TreeSnapshot(s.image()).paths);
        assertFalse(before.containsKey("/docs/file-2"), before::toString);
        DirectoryEntry.setRecordLength(s.b, slack, 6);
        assertEquals(before, repaired(s).paths);
    }
}
