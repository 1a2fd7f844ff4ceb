package dev.powercut.targets.logfs.fs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.InodeRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lettered cases of the table in {@link Format}. */
class RollForwardTest {

    private static final DiskImage EMPTY = Rig.format(4 << 20, 1024, "segment=32K");
    private static final byte[] DATA = "some data of a file".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private final Rig rig = Rig.mount(EMPTY, "");

    private void sync(String path) {
        int fd = rig.open(path);
        rig.process.fsync(fd);
        rig.process.close(fd);
    }

    private void writeAndSync(String path, byte[] bytes) {
        rig.write(path, 0, bytes);
        sync(path);
    }

    private DiskImage crash() {
        return rig.disk.image();
    }

    private static Rig after(DiskImage crash) {
        DiskImage recovered = Rig.recover(crash);
        Rig.assertClean(recovered);
        assertEquals(recovered, Rig.recover(recovered), "a second recovery changes nothing");
        return Rig.mount(recovered, "");
    }

    private static List<String> names(Rig after, String path) {
        int fd = after.process.open(path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0);
        List<String> names = new ArrayList<>();
        for (DirectoryEntry entry : after.process.readdir(fd)) {
            if (!entry.name().startsWith(".")) {
                names.add(entry.name());
            }
        }
        after.process.close(fd);
        names.sort(null);
        return names;
    }

    @Test
    void caseAWithoutALogNothingIsWritten() {
        assertEquals(EMPTY, Rig.recover(EMPTY));
        writeAndSync("/a", DATA);
        DiskImage shutDown = rig.unmount();
        assertEquals(shutDown, Rig.recover(shutDown));
    }

    @Test
    void casesBAndDADamagedPartialWriteEndsTheLog() {
        writeAndSync("/a", DATA);
        writeAndSync("/b", DATA);
        LogSurgery log = new LogSurgery(crash());
        assertEquals(2, log.writes.size());
        for (int offset : new int[] {Format.SUM_TIME, log.geometry.blockSizeBytes() + 7}) {
            assertEquals(List.of("a"), names(after(log.damage(1, offset)), "/"));
            assertEquals(List.of(), names(after(log.damage(0, offset)), "/"));
        }
        assertEquals(List.of("a", "b"), names(after(crash()), "/"));
    }

    @Test
    void caseCAnotherCheckpointNumberOrSequenceEndsTheLog() {
        writeAndSync("/a", DATA);
        writeAndSync("/b", DATA);
        LogSurgery log = new LogSurgery(crash());
        for (int field : new int[] {Format.SUM_CHECKPOINT, Format.SUM_SEQUENCE}) {
            DiskImage image = log.change(1, b -> LittleEndian.put64(b, field, LittleEndian.s64(b, field) + 1));
            assertEquals(List.of("a"), names(after(image), "/"));
        }
    }

    @Test
    void casesEAndGAGroupCountsAsAWholeOrNotAtAll() {
        byte[] old = new byte[100 << 10];
        java.util.Arrays.fill(old, (byte) 1);
        writeAndSync("/a", old);
        rig.process.sync();
        byte[] young = new byte[100 << 10];
        java.util.Arrays.fill(young, (byte) 2);
        writeAndSync("/a", young);
        LogSurgery log = new LogSurgery(crash());
        assertTrue(log.writes.size() > 2, log.writes::toString);
        assertArrayEquals(young, after(crash()).read("/a"));
        for (int i = 0; i < log.writes.size(); i++) {
            assertArrayEquals(old, after(log.damage(i, Format.SUM_TIME)).read("/a"), "partial write " + i);
        }
    }

    @Test
    void caseHTheLastRecordCounts() {
        writeAndSync("/a", DATA);
        byte[] other = DATA.clone();
        other[0]++;
        writeAndSync("/a", other);
        assertArrayEquals(other, after(crash()).read("/a"));
    }

    @Test
    void casesIAndQARecordOfAFormerOwnerIsIgnored() {
        writeAndSync("/a", DATA);
        rig.process.unlink("/a");
        byte[] other = {7};
        writeAndSync("/b", other);
        Rig after = after(crash());
        assertEquals(List.of("b"), names(after, "/"));
        assertArrayEquals(other, after.read("/b"));
    }

    @Test
    void casesJAndMWhatTheLogHasIsNotDoneTwice() {
        rig.process.mkdir("/d", 0755);
        rig.write("/d/a", 0, DATA);
        rig.process.link("/d/a", "/d/b");
        int fd = rig.process.open("/d", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0);
        rig.process.fsync(fd);
        rig.process.close(fd);
        sync("/d/a");
        Rig after = after(crash());
        assertEquals(List.of("a", "b"), names(after, "/d"));
        assertEquals(2, after.process.stat("/d/a").linkCount());
    }

    @Test
    void casesKAndNNamesAndCountsAreCompletedInDirectoriesThatTheLogDoesNotHave() {
        rig.process.mkdir("/d", 0755);
        rig.process.mkdir("/e", 0755);
        rig.process.mkdir("/d/sub", 0755);
        rig.write("/d/a", 0, DATA);
        rig.write("/d/x", 0, DATA);
        rig.process.sync();
        rig.process.link("/d/a", "/e/b");
        rig.process.rename("/d/sub", "/e/sub");
        rig.process.rename("/d/a", "/d/x");
        writeAndSync("/other", DATA);
        Rig after = after(crash());
        assertEquals(List.of("x"), names(after, "/d"));
        assertEquals(List.of("b", "sub"), names(after, "/e"));
        assertEquals(2, after.process.stat("/d/x").linkCount());
        assertEquals(2, after.process.stat("/d").linkCount());
        assertEquals(3, after.process.stat("/e").linkCount());
        assertEquals(
                after.process.stat("/e").inodeNumber(),
                after.process.stat("/e/sub/..").inodeNumber());
    }

    @Test
    void caseLAnOperationInADirectoryThatIsGoneChangesNothing() {
        rig.process.mkdir("/d", 0755);
        rig.process.sync();
        rig.write("/d/a", 0, DATA);
        rig.process.unlink("/d/a");
        rig.process.rmdir("/d");
        writeAndSync("/other", DATA);
        assertEquals(List.of("other"), names(after(crash()), "/"));
    }

    @Test
    void caseOAFileThatLostItsLastNameIsFreed() {
        writeAndSync("/a", new byte[5000]);
        writeAndSync("/b", DATA);
        rig.process.sync();
        long free = rig.process.statfs("/").freeBlocks();
        int open = rig.open("/a");
        rig.process.unlink("/a");
        byte[] other = DATA.clone();
        other[0]++;
        writeAndSync("/b", other);
        Rig after = after(crash());
        assertEquals(List.of("b"), names(after, "/"));
        assertEquals(free + 5, after.process.statfs("/").freeBlocks());
        rig.process.close(open);
    }

    @Test
    void casePANumberThatCameAndWentIsNotGivenOutWithTheSameVersion() {
        rig.write("/a", 0, DATA);
        long first = rig.process.stat("/a").inodeNumber();
        rig.process.unlink("/a");
        int root = rig.process.open("/", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0);
        rig.process.fsync(root);
        rig.process.close(root);
        DiskImage recovered = Rig.recover(crash());
        Rig after = Rig.mount(recovered, "");
        after.write("/b", 0, DATA);
        assertEquals(first, after.process.stat("/b").inodeNumber());
        after.unmount();
    }

    @Test
    void caseRANameWithoutItsInodeIsUndone() {
        rig.write("/z", 0, DATA);
        rig.process.sync();
        rig.write("/a", 0, DATA);
        writeAndSync("/z", new byte[] {1, 2, 3});
        long number = rig.process.stat("/a").inodeNumber();
        LogSurgery log = new LogSurgery(crash());
        DiskImage image = log.change(log.last(), b -> {
            int at = log.payload(b, Format.KIND_INODES).getFirst();
            // Its neighbour moves into its slot.
            boolean isFirst = InodeRecord.number(b, at) == number;
            if (isFirst) {
                System.arraycopy(b, at + Format.INODE_BYTES, b, at, Format.INODE_BYTES);
            }
            java.util.Arrays.fill(b, at + Format.INODE_BYTES, at + 2 * Format.INODE_BYTES, (byte) 0);
        });
        assertNotEquals(crash(), image);
        assertEquals(List.of("a", "z"), names(after(crash()), "/"));
        assertEquals(List.of("z"), names(after(image), "/"));
    }

    @Test
    void aNameThatIsSetAgainForTheSameNumberStays() {
        rig.process.mkdir("/d", 0755);
        rig.process.sync();
        rig.write("/d/a", 0, DATA);
        rig.process.unlink("/d/a");
        writeAndSync("/d/a", DATA);
        assertEquals(List.of("a"), names(after(crash()), "/d"));
    }

    @Test
    void fsyncOfAFileWithoutNamesMakesTheirLossDurable() {
        rig.write("/a", 0, DATA);
        rig.process.sync();
        int open = rig.open("/a");
        rig.process.ftruncate(open, 0);
        rig.process.unlink("/a");
        rig.process.fsync(open);
        assertEquals(List.of(), names(after(crash()), "/"));
        rig.process.close(open);
    }

    @Test
    void aReadOnlyMountSeesTheSameAndWritesNothing() {
        rig.process.mkdir("/d", 0755);
        rig.process.sync();
        rig.write("/d/a", 0, DATA);
        writeAndSync("/other", DATA);
        DiskImage crash = crash();
        Rig look = Rig.mount(crash, "ro");
        assertEquals(List.of("a"), names(look, "/d"));
        assertEquals(crash, look.disk.image());
        assertFalse(names(look, "/").isEmpty());
    }
}
