package dev.powercut.targets.ext.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.AssertionFailedError;

/** Every word of a log's own blocks, one at a time, at its extremes. */
final class JournalExtremesTest {

    private static final int FREE = 3000;

    /** The log that is spoilt: revoke at 1, descriptor at 2, data at 3 and 4, commit at 5; then one more transaction. */
    private static LogBuilder log(JournalChecksum checksum) throws Exception {
        LogBuilder log = new LogBuilder(RecoveryCasesTest.empty(), checksum, 1, 9);
        log.revoke(FREE + 8, FREE + 9);
        log.log(FREE, log.contents(FREE, 1))
                .log(FREE + 1, log.contents(FREE + 1, 1))
                .commit();
        log.log(FREE + 2, log.contents(FREE + 2, 1)).commit();
        return log;
    }

    /** All words with all extremes, instead of some. */
    private static final boolean ALL = Integer.getInteger("powercut.judged", 12) == 0;

    private static Set<Integer> extremes(int word) {
        TreeSet<Integer> some = new TreeSet<>(List.of(0, word + 1, -1));
        if (ALL) {
            some.addAll(List.of(1, word - 1, 1023, 1024, Integer.MAX_VALUE, Integer.MIN_VALUE));
        }
        some.remove(word);
        return some;
    }

    private static String homes(DiskImage image) {
        StringBuilder homes = new StringBuilder();
        byte[] b = new byte[1024];
        for (int block = FREE; block < FREE + 12; block++) {
            image.read(block * 2L, 2, b, 0);
            homes.append(' ').append(Arrays.hashCode(b));
        }
        return homes.toString();
    }

    /** What a spoilt log may come to. */
    private enum Rule {
        /** As with e2fsck, whatever that is; and it finds nothing to do after us. */
        AS_E2FSCK,
        /** Nothing is replayed, where e2fsck follows what leads nowhere: it does not look at home blocks. */
        NOTHING_REPLAYED,
        /**
         * Everything is, where e2fsck takes the superblock for one of the first version, and leaves out what that has not; or believes
         * in a ring that is shorter than any.
         */
        REPLAYED
    }

    private static Rule rule(JournalChecksum checksum, int block, int offset, int value) {
        boolean isUnchecked = checksum == JournalChecksum.NONE
                && (block == 1 && offset >= 12 || block == 2 && (offset == 12 || offset == 36));
        if (isUnchecked) {
            return Rule.NOTHING_REPLAYED;
        }
        boolean isOfV1 = offset == JournalFormat.S_NR_USERS && checksum == JournalChecksum.V3;
        boolean isShort = offset == JournalFormat.S_MAXLEN
                && Integer.compareUnsigned(value, JournalFormat.MIN_JOURNAL_BLOCKS) < 0;
        return block == 0 && (isOfV1 || isShort) ? Rule.REPLAYED : Rule.AS_E2FSCK;
    }

    @ParameterizedTest
    @EnumSource(
            value = JournalChecksum.class,
            names = {"NONE", "V3"})
    void extremesAreRefusedOrRecoveredAsByE2fsck(JournalChecksum checksum) throws Exception {
        int count = 0;
        for (int block : new int[] {0, 1, 2, 5}) {
            int words = block == 0 ? 23 : block == 2 ? 15 : 6;
            byte[] sound = log(checksum).logBlock(block);
            for (int offset = 0; offset < 4 * words; offset += 4) {
                for (int value : extremes(BigEndian.s32(sound, offset))) {
                    boolean isUsed =
                            !(block == 0 && offset >= JournalFormat.S_UUID && offset < JournalFormat.S_NR_USERS);
                    if (ALL || isUsed && count++ % 2 == 0) {
                        LogBuilder log = log(checksum);
                        byte[] b = sound.clone();
                        BigEndian.put32(b, offset, value);
                        if (block == 0) {
                            JournalChecksums.sealSuperblock(b, 0);
                        }
                        log.writeLog(block, b);
                        judge(log.image(), rule(checksum, block, offset, value), block + "." + offset + "=" + value);
                    }
                }
            }
        }
    }

    private static void judge(DiskImage image, Rule rule, String where) throws Exception {
        new JournalTrial().run(image);
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
        FsckReport report = Fsck.ofExt3(RecoveryRules.ALL).run(disk, FsckOptions.REPAIR);
        String ours = homes(disk.image());
        String message = where + ": " + report.lines();
        @Nullable String theirs = repaired(image);
        if (rule == Rule.NOTHING_REPLAYED) {
            assertTrue(ours.equals(homes(image)) || ours.equals(theirs), message);
        } else if (rule == Rule.REPLAYED) {
            assertEquals(
                    homes(LogAgreementTest.recovered(log(JournalChecksum.NONE).image())), ours, message);
        } else if (theirs == null) {
            assertTrue(report.exitCode() >= 4, message);
            return;
        } else {
            assertEquals(theirs, ours, message);
        }
        if (report.recovered()) {
            E2fsprogs.assertClean(disk.image());
        }
    }

    /** What e2fsck makes of an image; null when it refuses. */
    private static @Nullable String repaired(DiskImage image) {
        try {
            return homes(E2fsprogs.repairedByE2fsck(image, "-fy"));
        } catch (AssertionFailedError refused) {
            return null;
        }
    }
}
