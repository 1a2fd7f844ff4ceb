package dev.powercut.targets.ext.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.bytes.BigEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.mkfs.Mkfs;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lettered cases of {@link LogScan} and {@link Replay}, each in a log of its own; and what goes wrong without each rule. */
class RecoveryCasesTest {

    /** A free block. */
    private static final int A = 4000;

    private static final int B = 4001;
    private static final int C = 4002;

    static DiskImage empty() throws Exception {
        SimulatedDisk disk =
                SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), DiskImage.blank((8 << 20) / Sector.BYTES));
        Mkfs.format(disk, MkfsOptions.defaults().withJournal(1024).withDeviceIsZero(true));
        return disk.image();
    }

    private static LogBuilder log(JournalChecksum checksum) throws Exception {
        return new LogBuilder(empty(), checksum, 1, 10);
    }

    private static LogBuilder log() throws Exception {
        return log(JournalChecksum.NONE);
    }

    private record Recovered(RecoveryReport report, DiskImage image) {

        byte[] block(int number) {
            byte[] b = new byte[1024];
            image.read(number * 2L, 2, b, 0);
            return b;
        }
    }

    private static Recovered recover(LogBuilder log) throws ImageFormatException {
        return recover(log, RecoveryRules.ALL);
    }

    private static Recovered recover(LogBuilder log, RecoveryRules rules) throws ImageFormatException {
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), log.image());
        return new Recovered(new Recovery(rules).recover(disk, 0), disk.image());
    }

    /** A block holds a version that a log gave it; 0 is what it held before. */
    private static void assertVersion(LogBuilder log, Recovered recovered, int block, int version) {
        assertArrayEquals(
                version == 0 ? new byte[1024] : log.contents(block, version), recovered.block(block), "block " + block);
    }

    private static LogBuilder put(LogBuilder log, int block, int version) {
        return log.log(block, log.contents(block, version));
    }

    /** Recovers; the first transaction is there, the second is not, for a reason. */
    private static void assertEndsAfterTheFirst(LogBuilder log, LogEnd end) throws ImageFormatException {
        Recovered recovered = recover(log);
        assertEquals(end, recovered.report.end());
        assertEquals(1, recovered.report.transactions());
        assertEquals(11, recovered.report.endSequence());
        assertTrue(recovered.report.dropped());
        assertVersion(log, recovered, A, 1);
        assertVersion(log, recovered, B, 0);
    }

    private static LogBuilder two(JournalChecksum checksum) throws Exception {
        LogBuilder log = log(checksum);
        put(log, A, 1).commit();
        put(log, A, 2);
        put(log, B, 2).commit();
        return log;
    }

    /** Changes a byte of a log block: two(…) has descriptor 1, data 2, commit 3, descriptor 4, data 5 and 6, commit 7. */
    private static void damage(LogBuilder log, int journalBlock, int offset) {
        byte[] b = log.logBlock(journalBlock);
        b[offset] ^= 0x40;
        log.writeLog(journalBlock, b);
    }

    @Test
    void caseAEmptyLog() throws Exception {
        LogBuilder log = log();
        put(log, A, 1).commit();
        log.writeSuperblock(0);
        Recovered recovered = recover(log);
        assertEquals(LogEnd.EMPTY, recovered.report.end());
        assertVersion(log, recovered, A, 0);
    }

    @Test
    void casesBAndDAndFCompleteTransactionThenNothing() throws Exception {
        Recovered recovered = recover(two(JournalChecksum.NONE));
        assertEquals(LogEnd.NO_HEADER, recovered.report.end());
        assertEquals(2, recovered.report.transactions());
        assertFalse(recovered.report.dropped());
        assertVersion(log(), recovered, A, 2);
        assertVersion(log(), recovered, B, 2);
    }

    @Test
    void caseBIncompleteTransaction() throws Exception {
        LogBuilder log = log();
        put(log, A, 1).commit();
        put(log, B, 2).flush();
        assertEndsAfterTheFirst(log, LogEnd.NO_HEADER);
    }

    @Test
    void caseCOlderRoundAndGap() throws Exception {
        for (int sequence : new int[] {9, 12, -3}) {
            LogBuilder log = log();
            put(log, A, 1).commit();
            log.sequence = sequence;
            put(log, B, 2).commit();
            Recovered recovered = recover(log);
            assertEquals(LogEnd.OTHER_SEQUENCE, recovered.report.end());
            assertEquals(1, recovered.report.transactions());
            assertVersion(log, recovered, B, 0);
        }
    }

    @Test
    void caseERevokesCountOnlyOnceTheyAreCommitted() throws Exception {
        LogBuilder log = log();
        put(log, A, 1).commit();
        log.revoke(A);
        Recovered recovered = recover(log);
        assertVersion(log, recovered, A, 1);
    }

    @Test
    void caseGCommitChecksumWrong() throws Exception {
        for (JournalChecksum checksum : new JournalChecksum[] {JournalChecksum.COMMIT, JournalChecksum.V2}) {
            LogBuilder log = two(checksum);
            damage(log, 7, JournalFormat.C_CHKSUM);
            assertEndsAfterTheFirst(log, LogEnd.COMMIT_CHECKSUM_WRONG);
        }
        LogBuilder payload = two(JournalChecksum.COMMIT);
        damage(payload, 6, 900);
        assertEndsAfterTheFirst(payload, LogEnd.COMMIT_CHECKSUM_WRONG);
    }

    @Test
    void caseHDescriptorChecksumWrong() throws Exception {
        LogBuilder log = two(JournalChecksum.V3);
        damage(log, 4, 500);
        assertEndsAfterTheFirst(log, LogEnd.BLOCK_CHECKSUM_WRONG);
    }

    @ParameterizedTest
    @EnumSource(
            value = JournalChecksum.class,
            names = {"V2", "V3"})
    void caseIDataChecksumWrong(JournalChecksum checksum) throws Exception {
        LogBuilder log = two(checksum);
        damage(log, 6, 77);
        assertEndsAfterTheFirst(log, LogEnd.DATA_CHECKSUM_WRONG);
    }

    @Test
    void caseJHomesThatAreNone() throws Exception {
        LogBuilder probe = log();
        for (int home : new int[] {0, 8192, -1, Integer.MIN_VALUE, probe.map.homeOf(0), probe.map.homeOf(700)}) {
            LogBuilder log = log();
            put(log, A, 1).commit();
            put(log, B, 2);
            log.log(home, log.contents(B, 9)).commit();
            assertEndsAfterTheFirst(log, LogEnd.HOME_INVALID);
        }
        LogBuilder revoke = log();
        put(revoke, A, 1).commit();
        put(revoke, B, 2).flush().revoke(90_000).commit();
        assertEndsAfterTheFirst(revoke, LogEnd.HOME_INVALID);
    }

    @Test
    void caseKRevokesInvalid() throws Exception {
        for (int count : new int[] {15, 0, -1, 1025, Integer.MAX_VALUE}) {
            LogBuilder log = log();
            put(log, A, 1).commit();
            put(log, B, 2).flush();
            int at = log.at;
            log.revoke(C).commit();
            byte[] b = log.logBlock(at);
            BigEndian.put32(b, JournalFormat.R_COUNT, count);
            log.writeLog(at, b);
            assertEndsAfterTheFirst(log, LogEnd.REVOKES_INVALID);
        }
    }

    @Test
    void caseLUnknownType() throws Exception {
        for (int type : new int[] {0, 3, 4, 6, -1}) {
            LogBuilder log = two(JournalChecksum.NONE);
            byte[] b = log.logBlock(4);
            BigEndian.put32(b, JournalFormat.H_BLOCKTYPE, type);
            log.writeLog(4, b);
            assertEndsAfterTheFirst(log, LogEnd.TYPE_UNKNOWN);
        }
    }

    @Test
    void caseMRingFullOrGoingInCircles() throws Exception {
        LogBuilder full = log();
        // One transaction of 1,023 blocks fills the ring: 1 commit, 9 descriptors, 1,013 data blocks.
        for (int i = 0; i < 1013; i++) {
            put(full, A + i, 1);
        }
        full.commit();
        Recovered whole = recover(full);
        assertEquals(1, whole.report.transactions());
        assertEquals(1013, whole.report.blocks());
        assertFalse(whole.report.dropped());

        LogBuilder circle = log();
        for (int i = 0; i < 1014; i++) {
            put(circle, A + i, 1);
        }
        circle.flush();
        Recovered recovered = recover(circle);
        assertEquals(LogEnd.RING_USED_UP, recovered.report.end());
        assertEquals(0, recovered.report.transactions());
    }

    @ParameterizedTest
    @EnumSource(JournalChecksum.class)
    void caseSWhatIsLoggedForTheSuperblockIsNone(JournalChecksum checksum) throws Exception {
        byte[] garbage = log(checksum).contents(1, 1);
        byte[] ofOther = log(checksum).block(1);
        Superblock.setInodesPerGroup(ofOther, 0, 2 * Superblock.inodesPerGroup(ofOther, 0));
        byte[] withoutJournal = log(checksum).block(1);
        Superblock.setCompat(withoutJournal, 0, 0);
        for (byte[] superblock : List.of(garbage, ofOther, withoutJournal, new byte[1024])) {
            LogBuilder log = log(checksum);
            put(log, A, 1).commit();
            put(log.log(1, superblock), B, 1).commit();
            put(log, C, 1).commit();
            assertEndsAfterTheFirst(log, LogEnd.SUPERBLOCK_INVALID);
            DiskImage image = recover(log).image;
            E2fsprogs.assertClean(image);
        }
        LogBuilder sound = log(checksum);
        put(sound, A, 1).commit();
        byte[] later = sound.block(1);
        Superblock.setMountTimeSeconds(later, 0, 1_800_000_000L);
        put(sound.log(1, later), B, 1).commit();
        Recovered recovered = recover(sound);
        assertEquals(2, recovered.report.transactions());
        assertFalse(recovered.report.lost());
        assertEquals(1_800_000_000L, Superblock.mountTimeSeconds(recovered.block(1), 0));
    }

    @ParameterizedTest
    @EnumSource(JournalChecksum.class)
    void caseTLoggedGroupDescriptorsLeadElsewhere(JournalChecksum checksum) throws Exception {
        byte[] moved = log(checksum).block(2);
        GroupDescriptor.setInodeTable(moved, 0, GroupDescriptor.inodeTable(moved, 0) + 1);
        for (byte[] descriptors : List.of(log(checksum).contents(2, 1), moved, new byte[1024])) {
            LogBuilder log = log(checksum);
            put(log, A, 1).commit();
            put(log.log(2, descriptors), B, 1).commit();
            put(log, C, 1).commit();
            assertEndsAfterTheFirst(log, LogEnd.DESCRIPTORS_INVALID);
            assertTrue(recover(log).report.lost());
            DiskImage image = recover(log).image;
            E2fsprogs.assertClean(image);
        }
        LogBuilder sound = log(checksum);
        put(sound, A, 1).commit();
        byte[] later = sound.block(2);
        GroupDescriptor.setUsedDirectoryCount(later, 0, GroupDescriptor.usedDirectoryCount(later, 0) + 1);
        put(sound.log(2, later), B, 1).commit();
        Recovered recovered = recover(sound);
        assertEquals(2, recovered.report.transactions());
        assertArrayEquals(later, recovered.block(2));
    }

    @Test
    void whatACutLeavesIsDroppedAndNotLost() throws Exception {
        LogBuilder incomplete = log(JournalChecksum.V3);
        put(incomplete, A, 1).commit();
        put(incomplete, B, 2).flush();
        assertTrue(recover(incomplete).report.dropped());
        assertFalse(recover(incomplete).report.lost());
        for (JournalChecksum checksum : List.of(JournalChecksum.COMMIT, JournalChecksum.V2, JournalChecksum.V3)) {
            LogBuilder damaged = two(checksum);
            damage(damaged, 6, 77);
            assertTrue(recover(damaged).report.lost());
            LogBuilder async = two(checksum).async();
            damage(async, 6, 77);
            assertEndsAfterTheFirst(async, recover(damaged).report.end());
            assertFalse(recover(async).report.lost());
        }
    }

    @Test
    void caseNRevokedBlocksStayAsTheyAre() throws Exception {
        LogBuilder log = log();
        put(log, A, 1);
        put(log, B, 1);
        put(log, C, 1).commit();
        log.revoke(A);
        put(log, B, 2);
        log.revoke(B).commit();
        put(log, A, 3).commit();
        Recovered recovered = recover(log);
        assertVersion(log, recovered, A, 3);
        assertVersion(log, recovered, B, 0);
        assertVersion(log, recovered, C, 1);
        assertEquals(1, recovered.report.revoked());
    }

    @Test
    void casesOAndRLastOneCountsAndWhatIsHomeIsNotWritten() throws Exception {
        LogBuilder log = two(JournalChecksum.NONE);
        int first = recover(log).report.sectorsWritten();
        log.write(A, log.contents(A, 2));
        Recovered recovered = recover(log);
        assertVersion(log, recovered, A, 2);
        assertEquals(first - 2, recovered.report.sectorsWritten());
    }

    @Test
    void casePMagicIsPutBack() throws Exception {
        LogBuilder log = log();
        byte[] b = log.contents(A, 1);
        BigEndian.put32(b, 0, JournalFormat.MAGIC);
        log.log(A, b).commit();
        assertArrayEquals(b, recover(log).block(A));
    }

    @Test
    void caseQSuperblockKeepsItsFlagUntilTheEnd() throws Exception {
        LogBuilder log = log();
        byte[] superblock = log.block(1);
        Superblock.setIncompat(superblock, 0, Superblock.incompat(superblock, 0) & ~Features.INCOMPAT_RECOVER);
        Superblock.setMountCount(superblock, 0, 77);
        log.log(1, superblock);
        put(log, A, 1).commit();
        WriteLog written = new WriteLog(log.image());
        SimulatedDisk disk = SimulatedDisk.logged(World.withOneTask(Choices.zero()), written);
        new Recovery().recover(disk, 0);
        DiskImage image = written.base();
        for (int i = 0; i < written.size(); i++) {
            assertTrue(isFlagged(image), "after " + i);
            image = WriteLog.apply(image, written.get(i));
            if (written.get(i) instanceof LogEntry.Write write && write.sector() == 2 && i > written.size() - 3) {
                break;
            }
        }
        byte[] after = new byte[Format.SUPERBLOCK_BYTES];
        disk.image().read(2, 2, after, 0);
        assertEquals(77, Superblock.mountCount(after, 0));
        assertFalse(isFlagged(disk.image()));
    }

    private static boolean isFlagged(DiskImage image) {
        byte[] b = new byte[Format.SUPERBLOCK_BYTES];
        image.read(2, 2, b, 0);
        return Recovery.isDue(b, 0);
    }

    /** A log in which every rule matters. */
    private static LogBuilder tricky() throws Exception {
        LogBuilder log = log(JournalChecksum.COMMIT);
        put(log, A, 1);
        put(log, B, 1);
        put(log, C, 1).commit();
        log.revoke(A);
        put(log, B, 2);
        log.revoke(B).commit();
        put(log, C, 3).commit();
        // Complete but for its checksum.
        put(log, C, 4).commit();
        damage(log, log.at - 2, 5);
        return log;
    }

    @ParameterizedTest
    @EnumSource(
            value = RecoveryRule.class,
            names = {"HEED_REVOKES", "REVOKE_UP_TO_OWN", "REVOKE_OWN_TRANSACTION", "REPLAY_THE_LAST", "VERIFY_CHECKSUMS"
            })
    void withoutARuleTheResultDiffers(RecoveryRule rule) throws Exception {
        LogBuilder log = tricky();
        Recovered right = recover(log);
        Recovered wrong = recover(log, RecoveryRules.without(rule));
        assertNotEquals(right.image.hash(), wrong.image.hash());
    }

    @Test
    void withoutComparingSequencesStaleTransactionsComeBack() throws Exception {
        LogBuilder log = log();
        log.sequence = 3;
        put(log, A, 1).commit();
        put(log, A, 2).commit();
        put(log, B, 2).commit();
        log.at = 1;
        log.sequence = 10;
        put(log, A, 3).commit();
        assertVersion(log, recover(log), B, 0);
        assertVersion(log, recover(log, RecoveryRules.without(RecoveryRule.COMPARE_SEQUENCE)), B, 2);
    }

    @Test
    void withoutStoppingAtAWrongSequenceIncompleteTransactionsComeThrough() throws Exception {
        LogBuilder log = log();
        log.sequence = 3;
        put(log, A, 1).commit();
        log.at = 1;
        log.sequence = 10;
        put(log, B, 2).flush();
        assertVersion(log, recover(log), B, 0);
        assertVersion(log, recover(log, RecoveryRules.without(RecoveryRule.STOP_AT_WRONG_SEQUENCE)), B, 2);
    }

    @Test
    void withoutLeavingTheLogASecondRunGoesBack() throws Exception {
        LogBuilder log = two(JournalChecksum.NONE);
        log.write(A, log.contents(A, 7));
        WriteLog written = new WriteLog(log.image());
        SimulatedDisk disk = SimulatedDisk.logged(World.withOneTask(Choices.zero()), written);
        new Recovery(RecoveryRules.without(RecoveryRule.LEAVE_THE_LOG)).recover(disk, 0);
        DiskImage cut = written.base();
        for (int i = 0; i < 2; i++) {
            cut = WriteLog.apply(cut, written.get(i));
        }
        SimulatedDisk again = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), cut);
        new Recovery().recover(again, 0);
        assertVersion(log, new Recovered(recover(log).report, again.image()), A, 7);
    }

    @Test
    void replayedBlocksAreFlushedBeforeTheLogIsEmptied() throws Exception {
        for (boolean keeps : new boolean[] {true, false}) {
            WriteLog written = new WriteLog(two(JournalChecksum.NONE).image());
            SimulatedDisk disk = SimulatedDisk.logged(World.withOneTask(Choices.zero()), written);
            new Recovery(keeps ? RecoveryRules.ALL : RecoveryRules.without(RecoveryRule.FLUSH_BEFORE_EMPTYING))
                    .recover(disk, 0);
            boolean homeFlushed = false;
            for (LogEntry entry : written.entries()) {
                if (entry instanceof LogEntry.Write write
                        && write.cause().kind().name().equals("journal-superblock")) {
                    break;
                }
                homeFlushed |= entry instanceof LogEntry.Flush;
            }
            assertEquals(keeps, homeFlushed);
        }
    }
}
