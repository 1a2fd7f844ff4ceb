package dev.powercut.targets.ext.redo;

import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.fs.UpdateDiscipline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The discipline of ext3: the blocks that operations change are written to a log first, many operations at a time, and a crash keeps
 * all of a transaction or nothing. The life of a changed block: <em>joined</em> to the transaction, pinned in memory; <em>committed</em>,
 * once a copy is in the log behind a commit record; <em>home</em>, when a checkpoint has written the copy to its place.
 *
 * <ol>
 *   <li>An operation belongs to one transaction: it reserves room when it begins, and a transaction commits only between operations.
 *       That is when a sync asks for it, when it is old, or when there is no room for the next operation.
 *   <li>A changed block does not go home before its transaction has been committed.
 *   <li>A block that is freed is not used again before that is committed; and the log's copies of it are revoked, since what it is
 *       used for next may not be logged.
 * </ol>
 *
 * <p>What {@link dev.powercut.targets.ext.fs.CarefulOrdering} has to order, a transaction takes as one: {@link #order} does nothing.
 */
public class RedoLog implements UpdateDiscipline {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** How many blocks of data may be held in memory. */
    private static final int MOST_HELD = 2048;

    /** How often the kernel's write-back is nothing, a commit, a checkpoint, or some data. */
    private static final int[] WRITE_SOME_WEIGHTS = {4, 3, 1, 2};

    private final MountRequest request;
    private final MetadataCache cache;
    private final BlockWriter writer;
    private final Ext3Options options;
    private final CommitProtocol protocol;
    private final HeldData held;
    private final int blockSizeBytes;
    private final int sectorsPerBlock;
    private final int mostInTransaction;
    private final int blocksOfCommit;

    private Transaction transaction = new Transaction();
    private final List<Runnable> freeable = new ArrayList<>();
    private @Nullable Hooks hooks;

    // The operation in progress: how deep operations are nested, and how many blocks it may add.
    private int depth;
    private int creditsLeft;
    private boolean hasChanged;
    private boolean isClosing;

    public RedoLog(CommitProtocol.Parts parts, CommitProtocol protocol) {
        this.request = parts.request;
        this.cache = parts.cache;
        this.writer = parts.writer;
        this.options = parts.options;
        this.protocol = protocol;
        this.held = parts.held;
        this.blockSizeBytes = protocol.log().geometry().blockSizeBytes();
        this.sectorsPerBlock = blockSizeBytes / Sector.BYTES;
        // Summary counts: of the groups, and of all in the superblock.
        this.blocksOfCommit = parts.groups.geometry().descriptorBlocks() + 1;
        this.mostInTransaction = protocol.log().mostInTransaction();
    }

    // ---- Operations ----

    @Override
    public void begin(int blocks) {
        if (depth++ == 0) {
            start(blocks);
        }
    }

    private void start(int blocks) {
        if (blocks > mostBlocks()) {
            depth--;
            throw new IllegalStateException(
                    "an operation asks for " + blocks + " blocks of a log that has room for " + mostBlocks());
        }
        if (isDue()) {
            commit(new Trigger.WriteBack());
        } else if (transaction.blockCount() + blocks + blocksOfCommit > mostInTransaction) {
            commit(new Trigger.Eviction());
        }
        creditsLeft = blocks;
        hasChanged = false;
    }

    /** Whether what has been changed has been waiting for long enough, or takes too much memory. */
    private boolean isDue() {
        long oldest = request.nowNanos() - options.commitSeconds() * NANOS_PER_SECOND;
        return !transaction.isEmpty() && transaction.begunNanos() <= oldest
                || options.data() == DataMode.ORDERED && !held.isEmpty() && held.oldestNanos() <= oldest
                || held.blockCount() > MOST_HELD;
    }

    @Override
    public void end() {
        if (depth == 1) {
            finish();
        }
        depth--;
        if (depth == 0 && isDue()) {
            commit(new Trigger.WriteBack());
        }
    }

    private void finish() {
        for (int i = 0; i < freeable.size(); i++) {
            freeable.get(i).run();
        }
        freeable.clear();
    }

    @Override
    public final void restart(int blocks) {
        if (depth > 1) {
            throw new IllegalStateException("an operation within another one cannot go on in the next transaction");
        }
        end();
        begin(blocks);
    }

    @Override
    public final int mostBlocks() {
        return mostInTransaction - blocksOfCommit;
    }

    @Override
    public final boolean operationsAreAtomic() {
        return true;
    }

    // ---- Changes ----

    @Override
    public void changed(Buffer buffer, int offsetBytes, int length, Site site) {
        join(buffer);
        cache.markDirty(buffer, offsetBytes, length, site);
    }

    private void join(Buffer buffer) {
        hasChanged = true;
        if (buffer.isDirty()) {
            return;
        }
        // Outside an operation only summary counts change, for which there is always room.
        if (depth > 0 && !isClosing && --creditsLeft < 0) {
            throw new IllegalStateException("an operation changes more blocks than it has reserved: " + buffer);
        }
        transaction.join(buffer, request.nowNanos());
        cache.pin(buffer);
    }

    @Override
    public final void order(BufferSector before, BufferSector after, Site site) {
        // Both are in the same transaction, or the earlier one is in an earlier transaction.
    }

    @Override
    public final void dataBefore(BufferSector after, Site site) {
        // Data goes with the transaction: see CommitProtocol.
    }

    @Override
    public final void whenDurable(BufferSector sector, Site site, Runnable action) {
        if (transaction.isEmpty()) {
            action.run();
        } else {
            transaction.afterCommit(action);
        }
    }

    @Override
    public final void whenFreeable(BufferSector sector, Site site, Runnable action) {
        freeable.add(action);
    }

    @Override
    public boolean holdsFreedBlocks() {
        return true;
    }

    @Override
    public final void forget(long block) {
        Buffer buffer = cache.cached(block);
        if (buffer != null && buffer.isDirty()) {
            cache.takeDirty(buffer);
            cache.unpin(buffer);
            transaction.leave();
        }
        Committed.Copy copy = protocol.committed().find(block);
        if (copy != null) {
            // Until this transaction is committed a crash brings the block back, so the copy may still have to go home.
            if (copy.buffer() != null) {
                cache.unpin(copy.buffer());
                protocol.committed().put(new Committed.Copy(block, copy.bytes(), null, copy.cause(), copy.sequence()));
            }
            revoke((int) block);
        }
        cache.forget(block);
    }

    /** The log's copies of a block are not to be replayed any more. */
    protected void revoke(int block) {
        transaction.revoke(block, request.nowNanos());
    }

    @Override
    public final void forgetData(long first, int count) {
        held.forget(first, count);
        for (int i = 0; options.data() == DataMode.JOURNAL && i < count; i++) {
            forget(first + i);
        }
    }

    // ---- Data ----

    @Override
    public final int blocksForData(int dataBlocks) {
        return options.data() == DataMode.JOURNAL ? dataBlocks : 0;
    }

    @Override
    public final void writeData(long inode, long sector, int count, byte[] source, int offsetBytes, Cause cause) {
        if (options.data() == DataMode.JOURNAL) {
            logData(inode, sector / sectorsPerBlock, count / sectorsPerBlock, source, offsetBytes, cause);
        } else {
            boolean isAsked = cause.trigger() instanceof Trigger.Fsync || cause.trigger() instanceof Trigger.Sync;
            boolean goesNow = isAsked && options.data() == DataMode.WRITEBACK;
            held.write(inode, sector, count, source, offsetBytes, cause, goesNow, request.nowNanos());
        }
    }

    private void logData(long inode, long first, int count, byte[] source, int offsetBytes, Cause cause) {
        transaction.hasDataOf(inode);
        for (int i = 0; i < count; i++) {
            Buffer buffer = cache.cached(first + i);
            if (buffer == null) {
                buffer = cache.fresh(first + i, BlockRole.DATA.kind());
            }
            System.arraycopy(source, offsetBytes + i * blockSizeBytes, buffer.data(), 0, blockSizeBytes);
            join(buffer);
            cache.markDirty(buffer, cause.dirtied());
        }
    }

    @Override
    public final void readData(long sector, int count, byte[] target, int offsetBytes) {
        writer.device().read(sector, count, target, offsetBytes);
        held.overlay(sector / sectorsPerBlock, count / sectorsPerBlock, target, offsetBytes);
        for (int i = 0; options.data() == DataMode.JOURNAL && i < count / sectorsPerBlock; i++) {
            Buffer buffer = cache.cached(sector / sectorsPerBlock + i);
            if (buffer != null) {
                System.arraycopy(buffer.data(), 0, target, offsetBytes + i * blockSizeBytes, blockSizeBytes);
            }
        }
    }

    // ---- Durability ----

    /** Commits what there is, with all data that has to go with it. */
    protected final void commit(Trigger trigger) {
        if (!transaction.isEmpty() && hooks != null) {
            isClosing = true;
            hooks.beforeCommit();
            isClosing = false;
        }
        if (transaction.isEmpty()) {
            held.writeAll(trigger);
            return;
        }
        Transaction closed = transaction;
        transaction = new Transaction();
        protocol.commit(closed, trigger);
        if (held.blockCount() > MOST_HELD) {
            held.writeAll(trigger);
        }
        for (Runnable action : closed.afterCommit()) {
            action.run();
        }
        if (hooks != null) {
            hooks.afterCommit();
        }
    }

    @Override
    public boolean makeRoom(Site site) {
        if (transaction.isEmpty() || depth > 0 && hasChanged || depth > 1) {
            return false;
        }
        commit(new Trigger.Ordering(site));
        return true;
    }

    @Override
    public final void write(List<BufferSector> sectors, Site site, Trigger trigger) {
        // Only careful ordering needs it; what must be durable first was seen to before the operation.
    }

    @Override
    public final void changeNow(Buffer buffer, int offsetBytes, int length, Site site, Trigger trigger) {
        if (buffer.isDirty() || protocol.committed().find(buffer.block()) != null) {
            throw new IllegalStateException(buffer + " is changed in place while the log has it");
        }
        cache.markDirty(buffer, offsetBytes, length, site);
        cache.write(buffer.sectorAt(offsetBytes), trigger);
        flush(site);
    }

    @Override
    public void writeForSync(long inode, List<BufferSector> blocks, List<BufferSector> record, Trigger trigger) {
        held.writeOf(inode, trigger);
        if (transaction.isNeeded(inode, blocks, record)) {
            commit(trigger);
        }
    }

    @Override
    public final void flush(Site site) {
        if (protocol.keeps(site)) {
            cache.flush(site);
        }
    }

    @Override
    public final void writeAll(Trigger trigger) {
        held.writeAll(trigger);
        commit(trigger);
    }

    /** At a moment of the kernel's choosing: a commit, a checkpoint of the first transactions or all, or some data. */
    @Override
    public final void writeSome(Choices choices) {
        Trigger trigger = new Trigger.WriteBack();
        switch (choices.weighted("log.what", WRITE_SOME_WEIGHTS)) {
            case 0 -> {}
            case 1 -> commit(trigger);
            case 2 -> {
                int count = protocol.committed().transactionCount();
                if (count > 0) {
                    protocol.checkpointFirst(choices.between("log.checkpoint", 1, count), trigger);
                }
            }
            default -> {
                if (!held.isEmpty()) {
                    held.writeFirst(choices.between("log.data", 1, held.blockCount()), trigger);
                }
            }
        }
    }

    @Override
    public final boolean isBusy() {
        return !transaction.isEmpty() || !held.isEmpty();
    }

    @Override
    public final void trim() {
        int most = request.metadataBufferLimit();
        if (cache.bufferCount() > most) {
            Trigger trigger = new Trigger.Eviction();
            if (transaction.blockCount() > most / 2) {
                commit(trigger);
            }
            protocol.checkpointAll(trigger);
            cache.trim();
        }
    }

    // ---- Life ----

    @Override
    public final void open(Hooks layout) {
        hooks = layout;
        protocol.open();
    }

    @Override
    public final void close(Trigger trigger) {
        protocol.close(trigger);
    }
}
