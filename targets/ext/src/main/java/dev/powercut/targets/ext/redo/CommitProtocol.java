package dev.powercut.targets.ext.redo;

import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.journal.CommitBlock;
import dev.powercut.targets.ext.journal.DescriptorWriter;
import dev.powercut.targets.ext.journal.JournalBlock;
import dev.powercut.targets.ext.journal.JournalChecksum;
import dev.powercut.targets.ext.journal.RevokeBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How a transaction becomes durable, and how the log is emptied again. In order, and why:
 *
 * <pre>
 *   commit      data of files to their places          data=ordered: nothing may point to what was not written
 *               revokes, descriptors, blocks to log
 *               ── flush ──                            the record must not be there before what it commits
 *               commit record, FUA                     from here on a crash replays the transaction
 *                                                      now what it freed may be used again
 *   checkpoint  blocks to their homes                  any time after the record is durable: a crash before would leave half of it
 *               ── flush ──                            the log is still needed for what is not home
 *               start of the log, FUA                  recovery begins behind it; only then is its room used again
 * </pre>
 *
 * <p>Records are whole blocks, so replaying them twice, or over a home that is newer in part, gives the same.
 *
 * <p>When the device loses one of these writes, the log is <em>aborted</em>: each step looks first whether all before it is there, and
 * does nothing when it is not, now and ever after. So no record stands behind what is not all in the log, nothing goes home of what has
 * no record, and the tail does not pass what is not home. The error is left in the journal's superblock, for the next mount to tell.
 *
 * <p>One task at a time runs a step; what it commits was copied when the transaction was closed, so that others may change the blocks
 * meanwhile. See {@link Transactions} for who runs it. Subclasses change single steps.
 */
public class CommitProtocol {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final MountRequest request;
    private final MetadataCache cache;
    private final BlockWriter writer;
    private final Ext3Options options;
    private final Log log;
    private final HeldData held;
    private final Committed committed = new Committed();
    private final DescriptorWriter descriptor;
    private final byte[] block;
    private final Abort abort;

    /** What the log of a mount is made of. */
    public record Parts(
            MountRequest request,
            GroupTable groups,
            MetadataCache cache,
            BlockWriter writer,
            Ext3Options options,
            Log log,
            HeldData held) {}

    public CommitProtocol(Parts parts) {
        this.request = parts.request();
        this.cache = parts.cache();
        this.writer = parts.writer();
        this.options = parts.options();
        this.log = parts.log();
        this.held = parts.held();
        this.abort = new Abort(parts);
        this.descriptor = new DescriptorWriter(log.geometry(), log.checksums());
        this.block = new byte[log.geometry().blockSizeBytes()];
    }

    // ---- Commit ----

    /** Makes a closed transaction durable. */
    protected void commit(Commit commit) {
        if (options.data() == DataMode.ORDERED) {
            writeData(commit);
        }
        writeBlocks(commit);
        if (!options.asyncCommit()) {
            barrier(JournalSites.BLOCKS_BEFORE_RECORD);
        }
        writeRecord(commit);
        makeRecordDurable();
        enter(commit);
    }

    /** Closes a transaction that is not empty, between operations: its blocks are copied, and are clean. */
    final Commit close(Transaction transaction, Trigger trigger) {
        TreeMap<Long, HeldData.Block> data = options.data() == DataMode.ORDERED ? held.takeAll() : new TreeMap<>();
        Commit commit = new Commit(transaction, trigger, log.nextSequence(), data);
        for (Buffer buffer : transaction.blocks()) {
            Cause cause = new Cause(buffer.kind(), trigger, cache.takeDirty(buffer));
            commit.copies.add(new Committed.Copy(buffer.block(), frozen(buffer), buffer, cause, commit.sequence));
        }
        return commit;
    }

    /** What is committed of a block, whatever becomes of it in the next transaction. */
    protected byte[] frozen(Buffer buffer) {
        return buffer.data().clone();
    }

    /** Commits a closed transaction. */
    final void write(Commit commit) {
        if (isAborted()) {
            return;
        }
        if (!log.hasRoomFor(commit.transaction)) {
            checkpointAll(commit.trigger);
        }
        commit.start = log.head();
        commit(commit);
    }

    /** Data of files to their places. */
    protected final void writeData(Commit commit) {
        if (mustStop()) {
            return;
        }
        try {
            held.write(commit.data, commit.trigger);
        } catch (RuntimeException e) {
            held.putBack(commit.data);
            throw e;
        }
    }

    /** Revokes, descriptors and blocks to the log. */
    protected final void writeBlocks(Commit commit) {
        log.checksums().beginPayload();
        writeRevokes(commit);
        int most = log.geometry().mostTags();
        for (int from = 0; from < commit.copies.size(); from += most) {
            writeDescribed(commit, from, Math.min(commit.copies.size(), from + most));
        }
    }

    private void writeRevokes(Commit commit) {
        Transaction transaction = commit.transaction;
        int most = log.geometry().mostRevokes();
        for (int from = 0; from < transaction.revokeCount(); from += most) {
            RevokeBlock.start(block, commit.sequence);
            for (int i = from; i < Math.min(transaction.revokeCount(), from + most); i++) {
                RevokeBlock.add(log.geometry(), block, transaction.revoked(i));
            }
            RevokeBlock.finish(log.geometry(), log.checksums(), block);
            log.append(block, BlockRole.JOURNAL_REVOKE, commit.trigger, here(JournalSites.REVOKE));
        }
    }

    /** One descriptor with its blocks. */
    private void writeDescribed(Commit commit, int from, int to) {
        descriptor.start(block, commit.sequence);
        List<byte[]> logged = new ArrayList<>();
        for (int i = from; i < to; i++) {
            byte[] bytes = commit.copies.get(i).bytes();
            boolean escaped = escapes() && JournalBlock.hasMagic(bytes, 0);
            if (escaped) {
                bytes = bytes.clone();
                JournalBlock.escape(bytes, 0);
            }
            logged.add(bytes);
            descriptor.add((int) commit.copies.get(i).block(), bytes, 0, escaped);
        }
        descriptor.finish();
        addPayload(block);
        log.append(block, BlockRole.JOURNAL_DESCRIPTOR, commit.trigger, here(JournalSites.DESCRIPTOR));
        for (int i = 0; i < logged.size(); i++) {
            addPayload(logged.get(i));
            log.append(
                    logged.get(i),
                    BlockRole.JOURNAL_DATA,
                    commit.trigger,
                    commit.copies.get(from + i).cause().dirtied());
        }
    }

    /** Whether blocks that begin as the log's own do are logged with another beginning. */
    protected boolean escapes() {
        return true;
    }

    private void addPayload(byte[] bytes) {
        if (log.geometry().checksum() == JournalChecksum.COMMIT) {
            log.checksums().addPayload(bytes, 0);
        }
    }

    /** The record that makes the transaction count. */
    protected final void writeRecord(Commit commit) {
        if (mustStop()) {
            return;
        }
        long now = request.nowNanos();
        CommitBlock.put(log.geometry(), log.checksums(), block, commit.sequence, now / NANOS_PER_SECOND, (int)
                (now % NANOS_PER_SECOND));
        List<Cause.Dirtied> dirtied = here(JournalSites.RECORD);
        if (usesFua(JournalSites.RECORD_DURABLE) && !options.asyncCommit()) {
            log.appendThrough(block, BlockRole.JOURNAL_COMMIT, commit.trigger, dirtied);
        } else {
            log.append(block, BlockRole.JOURNAL_COMMIT, commit.trigger, dirtied);
        }
        log.advanceSequence();
    }

    /** Where the record was not written with FUA. */
    protected final void makeRecordDurable() {
        if (!usesFua(JournalSites.RECORD_DURABLE) || options.asyncCommit()) {
            barrier(JournalSites.RECORD_DURABLE);
        }
    }

    /** The log has it: what is to go home is noted. */
    protected final void enter(Commit commit) {
        if (mustStop()) {
            return;
        }
        for (int i = 0; i < commit.transaction.revokeCount(); i++) {
            committed.remove(commit.transaction.revoked(i));
        }
        long[] blocks = new long[commit.copies.size()];
        for (int i = 0; i < blocks.length; i++) {
            Committed.Copy copy = commit.copies.get(i);
            blocks[i] = copy.block();
            Committed.Copy before = committed.put(copy);
            if (before != null && before.buffer() != null) {
                // The pin of the transaction stays as that of the new copy.
                cache.unpin(before.buffer());
            }
        }
        commit.isInLog = true;
        int length = log.geometry().distance(commit.start, log.head());
        committed.transactions().add(new Committed.Logged(commit.sequence, commit.start, length, blocks));
    }

    // ---- Checkpoint ----

    /** Whether a large transaction may not find room. */
    final boolean isLow() {
        return log.isLow() && committed.transactionCount() > 0;
    }

    /** Empties the log. */
    final void checkpointAll(Trigger trigger) {
        checkpointFirst(committed.transactionCount(), trigger);
    }

    /** Empties the log of its first transactions, if there are any. */
    final void checkpointFirst(int transactionCount, Trigger trigger) {
        if (transactionCount > 0 && !isAborted()) {
            checkpoint(transactionCount, trigger);
        }
    }

    /** Empties the log of its first transactions. */
    protected void checkpoint(int transactionCount, Trigger trigger) {
        writeHome(transactionCount, trigger);
        barrier(JournalSites.HOME_BEFORE_TAIL);
        advanceTail(transactionCount, trigger);
        letGo(transactionCount);
    }

    /** Blocks of the first transactions to their homes, as they were committed last. */
    protected final void writeHome(int transactionCount, Trigger trigger) {
        writeHome(committed.ofFirst(transactionCount), trigger);
    }

    /** Blocks of a transaction to their homes, for which it has to be durable. */
    protected final void writeHome(Commit commit) {
        writeHome(commit.copies, commit.trigger);
    }

    private void writeHome(List<Committed.Copy> copies, Trigger trigger) {
        if (mustStop()) {
            return;
        }
        int sectorsPerBlock = block.length / Sector.BYTES;
        for (Committed.Copy copy : copies) {
            Cause cause = new Cause(copy.cause().kind(), trigger, copy.cause().dirtied());
            writer.writeMetadata(copy.block() * sectorsPerBlock, sectorsPerBlock, copy.bytes(), 0, cause);
        }
    }

    /** Recovery begins behind the first transactions. */
    protected final void advanceTail(int transactionCount, Trigger trigger) {
        if (mustStop()) {
            return;
        }
        int start = log.head();
        int sequence = log.nextSequence();
        int left = transactionCount;
        for (Committed.Logged logged : committed.transactions()) {
            if (left-- == 0) {
                start = logged.start();
                sequence = logged.sequence();
                break;
            }
        }
        writeStart(start, sequence, JournalSites.TAIL_DURABLE, trigger);
    }

    /** The room of the first transactions is free. */
    protected final void letGo(int transactionCount) {
        if (mustStop()) {
            return;
        }
        List<Committed.Copy> home = committed.ofFirst(transactionCount);
        int lastSequence = 0;
        for (int i = 0; i < transactionCount; i++) {
            Committed.Logged logged = committed.transactions().removeFirst();
            log.release(logged.length());
            lastSequence = logged.sequence();
        }
        for (Committed.Copy copy : home) {
            if (Committed.isUpTo(copy, lastSequence)) {
                committed.remove(copy.block());
                if (copy.buffer() != null) {
                    cache.unpin(copy.buffer());
                }
            }
        }
    }

    // ---- Life ----

    /** Tells recovery where the log begins. */
    final void open() {
        if (!mustStop()) {
            log.rewind();
            writeStart(log.head(), log.nextSequence(), JournalSites.STARTED, new Trigger.Mount());
        }
    }

    /** Everything is home: leaves an empty log. */
    final void close(Trigger trigger) {
        checkpointAll(trigger);
        if (!mustStop()) {
            writeStart(0, log.nextSequence(), JournalSites.EMPTY, trigger);
            mustStop();
        }
    }

    /** Whether the device has lost a write, so that nothing more is made durable. */
    final boolean isAborted() {
        return abort.isDone();
    }

    /** Looks whether the device has lost a write; says whether nothing more may be written. */
    final boolean mustStop() {
        return abort.isDue();
    }

    final Committed committed() {
        return committed;
    }

    final Log log() {
        return log;
    }

    // ---- Flushes ----

    private void writeStart(int start, int sequence, Site site, Trigger trigger) {
        log.writeStart(start, sequence, usesFua(site), site, trigger);
        if (!usesFua(site)) {
            barrier(site);
        }
    }

    private boolean usesFua(Site site) {
        return options.fua() && keeps(site);
    }

    /** What was written so far goes before what is written from now on. */
    protected final void barrier(Site site) {
        if (keeps(site)) {
            cache.barrier(site);
        }
    }

    /** Whether a flush, or FUA, is done at a site. */
    protected boolean keeps(Site site) {
        return true;
    }

    private List<Cause.Dirtied> here(Site site) {
        return List.of(cache.dirtiedBy(site));
    }
}
