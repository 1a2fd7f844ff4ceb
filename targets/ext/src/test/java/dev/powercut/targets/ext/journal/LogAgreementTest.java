package dev.powercut.targets.ext.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.bytes.BigEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A log that we write is replayed alike by e2fsck and by our recovery. */
class LogAgreementTest {

    private static final int FREE_BLOCK = 3000;
    private static final int FREE_BLOCKS = 200;

    static DiskImage empty() {
        return E2fsprogs.mke2fs(8 << 20, List.of("-t", "ext3", "-b", "1024", "-J", "size=1"), "");
    }

    static DiskImage recovered(DiskImage image) throws ImageFormatException {
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
        new Recovery().recover(disk, 0);
        return disk.image();
    }

    /** Holds the blocks that logs write to against one another. */
    static void assertSameBlocks(DiskImage theirs, DiskImage ours) {
        byte[] a = new byte[1024];
        byte[] b = new byte[1024];
        for (int block = FREE_BLOCK; block < FREE_BLOCK + FREE_BLOCKS; block++) {
            theirs.read(block * 2L, 2, a, 0);
            ours.read(block * 2L, 2, b, 0);
            assertArrayEquals(a, b, "block " + block);
        }
    }

    /** Our recovery says that the log is empty, and to e2fsck the volume is clean; both have gone the same way. */
    private static void assertAgrees(DiskImage dirty) throws ImageFormatException {
        DiskImage ours = recovered(dirty);
        DiskImage theirs = E2fsprogs.repairedByE2fsck(dirty, "-fy");
        assertSameBlocks(theirs, ours);
        E2fsprogs.assertClean(ours);
        assertEquals(startAndSequence(theirs), startAndSequence(ours));
    }

    private static String startAndSequence(DiskImage image) {
        String dump = E2fsprogs.dumpe2fs(image);
        return dump.lines()
                .filter(line -> line.startsWith("Journal sequence") || line.startsWith("Journal start"))
                .toList()
                .toString();
    }

    @ParameterizedTest
    @EnumSource(JournalChecksum.class)
    void everyKindOfBlockIsReplayedAlike(JournalChecksum checksum) throws Exception {
        LogBuilder log = new LogBuilder(empty(), checksum, 5, 77);
        byte[] magic = log.contents(FREE_BLOCK + 1, 1);
        BigEndian.put32(magic, 0, JournalFormat.MAGIC);
        log.log(FREE_BLOCK, log.contents(FREE_BLOCK, 1)).log(FREE_BLOCK + 1, magic);
        log.log(FREE_BLOCK + 2, log.contents(FREE_BLOCK + 2, 1)).commit();
        log.revoke(FREE_BLOCK + 2, FREE_BLOCK + 3);
        log.log(FREE_BLOCK + 3, log.contents(FREE_BLOCK + 3, 2));
        log.log(FREE_BLOCK, log.contents(FREE_BLOCK, 2)).commit();
        log.commit(); // One without blocks.
        log.log(FREE_BLOCK + 9, log.contents(FREE_BLOCK + 9, 3)).flush(); // Incomplete.
        assertAgrees(log.image());
        DiskImage ours = recovered(log.image());
        byte[] b = new byte[1024];
        ours.read((FREE_BLOCK + 1) * 2L, 2, b, 0);
        assertArrayEquals(magic, b);
        ours.read((FREE_BLOCK + 2) * 2L, 2, b, 0);
        assertArrayEquals(new byte[1024], b, "a revoked block is replayed");
        ours.read((FREE_BLOCK + 9) * 2L, 2, b, 0);
        assertArrayEquals(new byte[1024], b, "an incomplete transaction is replayed");
    }

    @ParameterizedTest
    @CsvSource({"NONE, 1000, -3", "COMMIT, 1020, 2147483646", "V2, 1023, -1", "V3, 1010, -2"})
    void logAndSequenceWrap(JournalChecksum checksum, int start, int sequence) throws Exception {
        LogBuilder log = new LogBuilder(empty(), checksum, start, sequence);
        for (int version = 1; version <= 6; version++) {
            log.revoke(FREE_BLOCK + version);
            for (int i = 0; i < 130; i++) {
                log.log(FREE_BLOCK + i, log.contents(FREE_BLOCK + i, version));
            }
            log.commit();
        }
        assertAgrees(log.image());
    }

    @Test
    void logsAtRandomAreReplayedAlike() throws Exception {
        DiskImage empty = empty();
        for (int seed = 1; seed <= Integer.getInteger("powercut.logs", 12); seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            JournalChecksum checksum = JournalChecksum.values()[random.nextInt(4)];
            LogBuilder log = new LogBuilder(empty, checksum, 1 + random.nextInt(1023), random.nextInt());
            // Of an earlier round: complete transactions that must not be taken for ours.
            int due = log.sequence;
            log.sequence = due - 5;
            int begin = log.at;
            grow(log, random, 5);
            log.at = begin;
            log.sequence = due;
            grow(log, random, 1 + random.nextInt(6));
            if (random.nextBoolean()) {
                log.log(FREE_BLOCK + 5, log.contents(FREE_BLOCK + 5, 99)).flush();
            }
            assertAgrees(log.image());
        }
    }

    static void grow(LogBuilder log, SplittableRandom random, int transactions) {
        for (int i = 0; i < transactions; i++) {
            int blocks = random.nextInt(random.nextInt(8) == 0 ? 140 : 6);
            for (int j = 0; j < blocks; j++) {
                int home = FREE_BLOCK + random.nextInt(FREE_BLOCKS);
                byte[] contents = log.contents(home, random.nextInt(100));
                if (random.nextInt(8) == 0) {
                    BigEndian.put32(contents, 0, JournalFormat.MAGIC);
                }
                log.log(home, contents);
            }
            if (random.nextInt(3) == 0) {
                log.revoke(FREE_BLOCK + random.nextInt(FREE_BLOCKS), FREE_BLOCK + random.nextInt(FREE_BLOCKS));
            }
            log.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(JournalChecksum.class)
    void debugfsListsWhatWeWrote(JournalChecksum checksum) throws Exception {
        LogBuilder log = new LogBuilder(empty(), checksum, 3, 9);
        log.revoke(FREE_BLOCK + 7).log(FREE_BLOCK, log.contents(FREE_BLOCK, 1)).commit();
        String listing = E2fsprogs.debugfs(log.image(), "logdump -a\n");
        List<String> lines = listing.lines()
                .filter(line -> !line.startsWith("debugfs") && !line.startsWith("Dumping"))
                .toList();
        assertEquals(
                List.of(
                        "Journal starts at block 3, transaction 9",
                        "Found expected sequence 9, type 5 (revoke table) at block 3",
                        "  Revoke FS block 3007",
                        "Found expected sequence 9, type 1 (descriptor block) at block 4",
                        "  FS block 3000 logged at journal block 5 (flags 0x8)",
                        "Found expected sequence 9, type 2 (commit block) at block 6",
                        "No magic number at block 7: end of journal."),
                lines);
    }
}
