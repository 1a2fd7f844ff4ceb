package dev.powercut.targets.ext.journal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the complete transactions in a log. It stands at a block, the sequence {@code s} is due, and the cases are:
 *
 * <table>
 * <caption>What is there, and what it means</caption>
 * <tr><td>A</td><td>the superblock's start is 0</td><td>the log is empty</td></tr>
 * <tr><td>B</td><td>no magic</td><td>the log ends: nothing was ever written here, or data of an earlier round</td></tr>
 * <tr><td>C</td><td>a header with a sequence other than {@code s}</td><td>the log ends: of an earlier round, or a gap</td></tr>
 * <tr><td>D</td><td>a descriptor of {@code s}</td><td>its tags name homes, the next blocks are their data; stand behind them</td></tr>
 * <tr><td>E</td><td>a revoke block of {@code s}</td><td>its homes are revoked as of {@code s}; stand behind it</td></tr>
 * <tr><td>F</td><td>a commit block of {@code s}, its checksum right if there is one</td>
 *     <td>transaction {@code s} is complete; {@code s} + 1 is due, and the log may end here without loss</td></tr>
 * <tr><td>G</td><td>a commit block whose checksum is wrong</td><td>the log ends before {@code s}: not all of it came</td></tr>
 * <tr><td>H</td><td>a descriptor or revoke block whose checksum is wrong</td><td>the log ends before {@code s}</td></tr>
 * <tr><td>I</td><td>data whose checksum is not that of its tag</td><td>the log ends before {@code s}</td></tr>
 * <tr><td>J</td><td>a tag or revoke names no block of the volume, or a tag one of the journal itself</td>
 *     <td>the log ends before {@code s}: garbage</td></tr>
 * <tr><td>K</td><td>a revoke block with an impossible count</td><td>the log ends before {@code s}</td></tr>
 * <tr><td>L</td><td>a block of another type</td><td>the log ends before {@code s}</td></tr>
 * <tr><td>M</td><td>the whole ring has been looked at</td>
 *     <td>the log ends: it is full; or, in the middle of {@code s}, before {@code s}: garbage goes in circles</td></tr>
 * <tr><td>S</td><td>a tag names the block of the volume's superblock, and its data have none in them that could be this volume's</td>
 *     <td>the log ends before {@code s}: replayed, it would leave nothing that could be mounted</td></tr>
 * <tr><td>T</td><td>a tag names a block of group descriptors, and its data have bitmaps or tables elsewhere than they are</td>
 *     <td>the log ends before {@code s}: they never move, so this is garbage, and nothing would be found any more</td></tr>
 * </table>
 *
 * <p>What ends before its commit block was not promised to anybody. jbd2 differs in case I: it replays the rest of the transaction and
 * all that follow, and reports an error. That leaves a mixture of times, so here the log ends. Cases S and T neither jbd2 nor e2fsck look
 * for. e2fsck replays S, and ends with a volume that it cannot open any more; it replays T, and goes on with the backup descriptors, or,
 * on a volume too small to have any, cannot go on.
 *
 * <p>Work: one read for each descriptor, revoke and commit block, superblock and block of group descriptors; with checksums, one for each
 * data block. An object is scratch memory.
 */
final class LogScan {

    private final RecoveryRules rules;
    private byte[] block = {};
    private byte[] data = {};

    /** Blocks to be replayed, in the order of the log: those of complete transactions first. */
    private int pending;

    private int[] homes = new int[64];
    private int[] logBlocks = new int[64];
    private int[] sequences = new int[64];
    private boolean[] escaped = new boolean[64];

    /** Revokes, likewise. */
    private int revokesPending;

    private int[] revokedBlocks = new int[16];
    private int[] revokedBy = new int[16];

    /** Data blocks of all complete transactions. */
    int count;

    int revokeCount;
    int transactions;
    /** Sequence of the transaction that was not found. */
    int endSequence;

    LogEnd end = LogEnd.EMPTY;

    LogScan(RecoveryRules rules) {
        this.rules = rules;
    }

    int home(int index) {
        return homes[index];
    }

    int logBlock(int index) {
        return logBlocks[index];
    }

    int sequence(int index) {
        return sequences[index];
    }

    boolean isEscaped(int index) {
        return escaped[index];
    }

    int revokedBlock(int index) {
        return revokedBlocks[index];
    }

    int revokedBy(int index) {
        return revokedBy[index];
    }

    /** Whether blocks of a transaction were found that is not complete, or not sound. */
    boolean hasDropped() {
        return pending > count || revokesPending > revokeCount || end.isDamage();
    }

    /** Whether such a transaction may have been promised to somebody, since no cut alone leaves it like that. */
    boolean hasLost(JournalGeometry journal) {
        return end.isDamage() && !(journal.isCommittedAsync() && end.isUsualWithAsyncCommit());
    }

    /** Scans from a start, which is a block of the log or 0. */
    void run(JournalVolume volume, int start, int sequence) {
        count = 0;
        pending = 0;
        revokeCount = 0;
        revokesPending = 0;
        transactions = 0;
        endSequence = sequence;
        if (start == 0) {
            end = LogEnd.EMPTY; // Case A.
            return;
        }
        JournalGeometry journal = volume.journal();
        if (block.length != journal.blockSizeBytes()) {
            block = new byte[journal.blockSizeBytes()];
            data = new byte[journal.blockSizeBytes()];
        }
        new Pass(volume, start, sequence).run();
        if (!rules.keeps(RecoveryRule.REPLAY_THE_LAST)) {
            dropLast();
        }
    }

    /** A planted defect: takes the last complete transaction for one that is still to come. */
    private void dropLast() {
        int last = count == 0 ? 0 : sequences[count - 1];
        while (count > 0 && sequences[count - 1] == last) {
            count--;
        }
    }

    private void add(int home, int logBlock, int sequence, boolean isEscaped) {
        if (pending == homes.length) {
            int size = pending * 2;
            homes = Arrays.copyOf(homes, size);
            logBlocks = Arrays.copyOf(logBlocks, size);
            sequences = Arrays.copyOf(sequences, size);
            escaped = Arrays.copyOf(escaped, size);
        }
        homes[pending] = home;
        logBlocks[pending] = logBlock;
        sequences[pending] = sequence;
        escaped[pending++] = isEscaped;
    }

    private void addRevoke(int home, int sequence) {
        if (revokesPending == revokedBlocks.length) {
            revokedBlocks = Arrays.copyOf(revokedBlocks, revokesPending * 2);
            revokedBy = Arrays.copyOf(revokedBy, revokesPending * 2);
        }
        revokedBlocks[revokesPending] = home;
        revokedBy[revokesPending++] = sequence;
    }

    /** One walk along the log. */
    private final class Pass {

        private final JournalVolume volume;
        private final JournalGeometry journal;
        private final JournalChecksums checksums;
        private final TagCursor tags;
        private final boolean verifies;
        private final boolean sumsPayload;
        private int at;
        private int due;
        /** Blocks of the ring not looked at. */
        private int left;

        private boolean isBetween = true;

        Pass(JournalVolume volume, int start, int sequence) {
            this.volume = volume;
            this.journal = volume.journal();
            this.checksums = volume.checksums();
            this.tags = volume.tags();
            this.verifies = rules.keeps(RecoveryRule.VERIFY_CHECKSUMS);
            this.sumsPayload = verifies && journal.checksum() == JournalChecksum.COMMIT;
            this.at = start;
            this.due = sequence;
            this.left = journal.logBlocks();
        }

        void run() {
            checksums.beginPayload();
            @Nullable LogEnd reason = null;
            while (reason == null) {
                reason = left > 0 ? step() : isBetween ? LogEnd.OTHER_SEQUENCE : LogEnd.RING_USED_UP; // Case M.
            }
            end = reason;
            endSequence = due;
        }

        /** Looks at one block; gives why the log ends with it, or null. */
        private @Nullable LogEnd step() {
            volume.readJournal(at, block);
            if (!JournalBlock.hasMagic(block, 0)) {
                return LogEnd.NO_HEADER; // Case B.
            }
            int type = JournalBlock.type(block, 0);
            int sequence = JournalBlock.sequence(block, 0);
            if (sequence != due && !isTakenAllTheSame(type, sequence)) {
                return LogEnd.OTHER_SEQUENCE; // Case C.
            }
            isBetween = false;
            at = journal.next(at);
            left--;
            return switch (type) {
                case JournalFormat.TYPE_DESCRIPTOR -> descriptor(); // Case D.
                case JournalFormat.TYPE_REVOKE -> revoke(); // Case E.
                case JournalFormat.TYPE_COMMIT -> commit(); // Case F.
                default -> LogEnd.TYPE_UNKNOWN; // Case L.
            };
        }

        /** Never, without a planted defect. */
        private boolean isTakenAllTheSame(int type, int sequence) {
            if (!rules.keeps(RecoveryRule.COMPARE_SEQUENCE) && isBetween) {
                due = sequence;
                return true;
            }
            return !rules.keeps(RecoveryRule.STOP_AT_WRONG_SEQUENCE) && !isBetween && type == JournalFormat.TYPE_COMMIT;
        }

        private boolean isTailWrong() {
            return verifies && journal.checksum().isPerBlock() && !checksums.isTailSound(block);
        }

        private @Nullable LogEnd descriptor() {
            if (isTailWrong()) {
                return LogEnd.BLOCK_CHECKSUM_WRONG; // Case H.
            } else if (sumsPayload) {
                checksums.addPayload(block, 0);
            }
            tags.reset(block);
            while (tags.next()) {
                long home = tags.homeBlock();
                if (!volume.isHome(home)) {
                    return LogEnd.HOME_INVALID; // Case J.
                } else if (left == 0) {
                    return LogEnd.RING_USED_UP; // Case M.
                }
                add((int) home, at, due, tags.isEscaped());
                LogEnd reason = data((int) home);
                if (reason != null) {
                    return reason;
                }
                at = journal.next(at);
                left--;
            }
            return null;
        }

        /** Looks at a data block, as far as there is something to be told from it. */
        private @Nullable LogEnd data(int home) {
            boolean isSummed = sumsPayload || verifies && journal.checksum().isPerBlock();
            boolean isSuperblock = volume.isSuperblock(home);
            boolean isDescriptors = volume.isDescriptors(home);
            if (isSummed || isSuperblock || isDescriptors) {
                volume.readJournal(at, data);
            }
            if (sumsPayload) {
                checksums.addPayload(data, 0);
            } else if (isSummed && !tags.matches(checksums, due, data, 0)) {
                return LogEnd.DATA_CHECKSUM_WRONG; // Case I.
            }
            if (isSuperblock && !volume.mayBecomeSuperblock(data)) {
                return LogEnd.SUPERBLOCK_INVALID; // Case S.
            }
            return isDescriptors && !volume.mayBecomeDescriptors(home, data)
                    ? LogEnd.DESCRIPTORS_INVALID
                    : null; // Case T.
        }

        private @Nullable LogEnd revoke() {
            if (isTailWrong()) {
                return LogEnd.BLOCK_CHECKSUM_WRONG; // Case H.
            }
            int revokes = RevokeBlock.count(journal, block);
            if (revokes < 0) {
                return LogEnd.REVOKES_INVALID; // Case K.
            }
            for (int i = 0; i < revokes; i++) {
                long home = RevokeBlock.homeBlock(journal, block, i);
                if (!volume.isInVolume(home)) {
                    return LogEnd.HOME_INVALID; // Case J.
                }
                addRevoke((int) home, due);
            }
            return null;
        }

        private @Nullable LogEnd commit() {
            if (verifies && !CommitBlock.isSound(journal, checksums, block)) {
                return LogEnd.COMMIT_CHECKSUM_WRONG; // Case G.
            }
            count = pending;
            revokeCount = revokesPending;
            transactions++;
            due = Sequence.next(due);
            isBetween = true;
            checksums.beginPayload();
            return null;
        }
    }
}
