package dev.powercut.targets.ext.journal;

import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Superblock;
import java.util.Arrays;

/**
 * Puts home what a scan found. The cases, for each block that the log has:
 *
 * <table>
 * <caption>What is done with a block</caption>
 * <tr><td>N</td><td>revoked by the transaction that logged it last, or by a later one</td>
 *     <td>not replayed: it was freed, and may hold data that went past the log</td></tr>
 * <tr><td>O</td><td>several transactions logged it</td><td>the last one counts</td></tr>
 * <tr><td>P</td><td>its tag says ESCAPE</td><td>it gets its magic back</td></tr>
 * <tr><td>Q</td><td>it is the volume's superblock</td>
 *     <td>it keeps the flag that recovery is needed: recovery itself may be cut, and must then be found to be due</td></tr>
 * <tr><td>R</td><td>home is like that already</td><td>nothing is written</td></tr>
 * </table>
 *
 * <p>Whole blocks are copied, and the log is not changed; so it can be begun again, whatever part of it was done. Blocks go home in
 * ascending order, neighbours together. An object is scratch memory.
 */
final class Replay {

    /** Neighbours written at once. */
    private static final int RUN_BLOCKS = 32;

    private final RecoveryRules rules;
    private final BlockTable last = new BlockTable();
    private final BlockTable revoked = new BlockTable();
    private long[] order = new long[64];
    private byte[] home = {};
    private byte[] copy = {};
    private byte[] run = {};
    private int runStart;
    private int runCount;
    private BlockRole runRole = BlockRole.DATA;

    /** Blocks that were put home, or were there already; and blocks passed over for a revoke. */
    int replayed;

    int passedOver;

    Replay(RecoveryRules rules) {
        this.rules = rules;
    }

    void run(JournalVolume volume, LogScan scan) {
        replayed = 0;
        passedOver = 0;
        if (scan.count == 0) {
            return;
        }
        int size = volume.geometry().blockSizeBytes();
        if (home.length != size) {
            home = new byte[size];
            copy = new byte[size];
            run = new byte[RUN_BLOCKS * size];
        }
        int count = choose(scan);
        Arrays.sort(order, 0, count);
        runCount = 0;
        for (int i = 0; i < count; i++) {
            put(volume, scan, (int) (order[i] >>> 32), (int) order[i]);
        }
        writeRun(volume);
        replayed = count;
    }

    /** Fills {@link #order} with what is to be replayed: the home block, and below it the number in the scan. */
    private int choose(LogScan scan) {
        last.clear();
        for (int i = 0; i < scan.count; i++) {
            last.put(scan.home(i), i); // Case O.
        }
        revoked.clear();
        for (int i = 0; i < scan.revokeCount; i++) {
            revoked.put(scan.revokedBlock(i), scan.revokedBy(i));
        }
        if (order.length < last.count()) {
            order = new long[Math.max(last.count(), order.length * 2)];
        }
        int count = 0;
        for (int i = 0; i < last.count(); i++) {
            int block = last.key(i);
            if (isRevoked(block, scan.sequence(last.valueAt(i)))) {
                passedOver++; // Case N.
            } else {
                order[count++] = (long) block << 32 | last.valueAt(i);
            }
        }
        return count;
    }

    private boolean isRevoked(int block, int sequence) {
        int slot = rules.keeps(RecoveryRule.HEED_REVOKES) ? revoked.find(block) : -1;
        if (slot < 0) {
            return false;
        }
        int by = revoked.value(slot);
        if (!rules.keeps(RecoveryRule.REVOKE_UP_TO_OWN)) {
            return Sequence.isBefore(Sequence.next(sequence), by);
        }
        return Sequence.isBefore(sequence, by) || by == sequence && rules.keeps(RecoveryRule.REVOKE_OWN_TRANSACTION);
    }

    private void put(JournalVolume volume, LogScan scan, int block, int number) {
        volume.readJournal(scan.logBlock(number), copy);
        if (scan.isEscaped(number)) {
            JournalBlock.unescape(copy, 0); // Case P.
        }
        if (block == Format.SUPERBLOCK_OFFSET_BYTES / copy.length) {
            int at = Format.SUPERBLOCK_OFFSET_BYTES % copy.length;
            Superblock.setIncompat(copy, at, Superblock.incompat(copy, at) | Features.INCOMPAT_RECOVER); // Case Q.
        }
        volume.read(block, home);
        if (Arrays.equals(copy, home)) {
            return; // Case R.
        }
        BlockRole role = volume.groups().roleOf(block);
        if (runCount == RUN_BLOCKS || runCount > 0 && (block != runStart + runCount || role != runRole)) {
            writeRun(volume);
        }
        if (runCount == 0) {
            runStart = block;
            runRole = role;
        }
        System.arraycopy(copy, 0, run, runCount++ * copy.length, copy.length);
        if (!rules.keeps(RecoveryRule.LEAVE_THE_LOG)) {
            writeRun(volume);
            volume.writeJournal(scan.logBlock(number), home, BlockRole.JOURNAL_DATA);
        }
    }

    private void writeRun(JournalVolume volume) {
        if (runCount > 0) {
            volume.write(runStart, runCount, run, runRole);
            runCount = 0;
        }
    }
}
