package dev.powercut.targets.ext.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.bytes.BigEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.fsck.FsckOptions;
import dev.powercut.targets.ext.fsck.FsckReport;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.AssertionFailedError;

/**
 * Every field of the journal's superblock at wrong values, with a log of two transactions to replay, ours against {@code e2fsck -fy}.
 * Linux refuses to mount whatever our mount refuses.
 *
 * <table>
 * <caption>What becomes of the log</caption>
 * <tr><th>field</th><th>mount</th><th>fsck -y</th><th>e2fsck -fy</th></tr>
 * <tr><td>magic, type of a log's block</td><td>refused</td><td>emptied</td><td>emptied</td></tr>
 * <tr><td>type not known, unknown incompatible or read-only features</td><td>refused</td><td>left alone</td><td>left alone</td></tr>
 * <tr><td>block size, start out of the ring</td><td>refused</td><td>emptied</td><td>emptied</td></tr>
 * <tr><td>length of more than the inode has</td><td>refused</td><td>emptied</td><td>emptied</td></tr>
 * <tr><td>length of less than 1,024</td><td>refused</td><td>set, all replayed</td><td>replayed as far as the log goes in a ring of that
 *     length; emptied when it begins behind it. <em>Differs on purpose</em>: nobody makes a ring so short, so the inode, which has
 *     more, is right, and what was committed is kept.</td></tr>
 * <tr><td>first block of the ring</td><td>refused</td><td>set to 1, replayed</td><td>replayed</td></tr>
 * <tr><td>v3 checksums, no longer among the features</td><td>dropped</td><td>dropped</td><td>replayed in part. <em>Differs on
 *     purpose</em>: tags are read as if they were shorter, and one leads where no block of the volume is.</td></tr>
 * <tr><td>all others, such as the limits of a transaction</td><td>replayed</td><td>replayed</td><td>replayed</td></tr>
 * </table>
 */
class JournalSuperblockTest {

    private static final int HOME = 3000;
    private static final int START = 5;

    private final Fsck fsck = Fsck.ofExt3(RecoveryRules.ALL);

    /** A log of two transactions; the second is behind block 9. */
    private static LogBuilder log(JournalChecksum checksum) throws ImageFormatException {
        LogBuilder log = new LogBuilder(LogAgreementTest.empty(), checksum, START, 77);
        log.log(HOME, log.contents(HOME, 1))
                .log(HOME + 1, log.contents(HOME + 1, 1))
                .commit();
        return log.log(HOME + 2, log.contents(HOME + 2, 2)).commit();
    }

    private static DiskImage with(LogBuilder log, int field, int value) {
        byte[] superblock = log.logBlock(0);
        byte[] sound = superblock.clone();
        BigEndian.put32(superblock, field, value);
        if (field != JournalFormat.S_CHECKSUM) {
            JournalChecksums.sealSuperblock(superblock, 0);
        }
        log.writeLog(0, superblock);
        DiskImage image = log.image();
        log.writeLog(0, sound);
        return image;
    }

    /** Which of the blocks that were logged are home. */
    private static String home(LogBuilder log, DiskImage image) {
        StringBuilder found = new StringBuilder();
        byte[] b = new byte[1024];
        for (int i = 0; i < 3; i++) {
            image.read((HOME + i) * 2L, 2, b, 0);
            found.append(Arrays.equals(b, log.contents(HOME + i, i < 2 ? 1 : 2)) ? '+' : '-');
        }
        return found.toString();
    }

    private static String afterMount(LogBuilder log, DiskImage image) {
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
        try {
            new Recovery().recover(disk, 0);
            return home(log, disk.image());
        } catch (ImageFormatException e) {
            assertEquals(image, disk.image(), "who refuses writes nothing");
            return "refused";
        }
    }

    private String afterFsck(LogBuilder log, DiskImage image) {
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
        FsckReport report = fsck.run(disk, FsckOptions.REPAIR);
        if (report.exitCode() == FsckReport.EXIT_OPERATIONAL) {
            assertEquals(image, disk.image(), "who refuses writes nothing");
            return "refused";
        }
        E2fsprogs.assertClean(disk.image());
        return home(log, disk.image());
    }

    private static String afterE2fsck(LogBuilder log, DiskImage image) {
        try {
            return home(log, E2fsprogs.repairedByE2fsck(image, "-fy"));
        } catch (AssertionFailedError e) {
            assertTrue(String.valueOf(e.getMessage()).contains("Abort? yes"), e::getMessage);
            return "refused";
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, " + JournalFormat.H_MAGIC,
        "NONE, " + JournalFormat.H_BLOCKTYPE,
        "NONE, " + JournalFormat.S_BLOCKSIZE,
        "NONE, " + JournalFormat.S_MAXLEN,
        "NONE, " + JournalFormat.S_FIRST,
        "NONE, " + JournalFormat.S_SEQUENCE,
        "NONE, " + JournalFormat.S_START,
        "NONE, " + JournalFormat.S_ERRNO,
        "NONE, " + JournalFormat.S_FEATURE_COMPAT,
        "NONE, " + JournalFormat.S_FEATURE_INCOMPAT,
        "NONE, 44",
        "NONE, " + JournalFormat.S_NR_USERS,
        "NONE, 68",
        "NONE, 72",
        "NONE, 76",
        "V3, " + JournalFormat.S_MAXLEN,
        "V3, " + JournalFormat.S_FIRST,
        "V3, " + JournalFormat.S_START,
        "V3, " + JournalFormat.S_FEATURE_INCOMPAT,
        "V3, " + JournalFormat.S_CHECKSUM_TYPE,
        "V3, " + JournalFormat.S_CHECKSUM,
    })
    void wrongValuesKeepWhatE2fsckKeeps(JournalChecksum checksum, int field) throws ImageFormatException {
        LogBuilder log = log(checksum);
        int right = BigEndian.s32(log.logBlock(0), field);
        for (int value : new TreeSet<>(Arrays.asList(0, 1, 9, 1000, 1023, 1 << 22, right + 1, -1))) {
            DiskImage image = with(log, field, value);
            String place = checksum + ", field " + field + ", value " + value;
            String mounted = afterMount(log, image);
            String ours = afterFsck(log, image);
            boolean isShort = field == JournalFormat.S_MAXLEN && value >= 0 && value < 1024;
            boolean isMisread = checksum == JournalChecksum.V3
                    && field == JournalFormat.S_FEATURE_INCOMPAT
                    && (value & ~(JournalFormat.INCOMPAT_UNDERSTOOD & ~JournalFormat.INCOMPAT_CHECKSUMS)) == 0;
            assertEquals(isShort ? "+++" : isMisread ? "---" : afterE2fsck(log, image), ours, place);
            assertTrue(mounted.equals("refused") || mounted.equals(ours), place + ": " + mounted + ", " + ours);
        }
    }
}
