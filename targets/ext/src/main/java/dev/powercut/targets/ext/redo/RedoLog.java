package dev.powercut.targets.ext.redo;

import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.Choices;
import dev.powercut.sim.Lock;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.fs.UpdateDiscipline;
import java.util.ArrayList;
import java.util.List;

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
    private final Room room;

    private final Transactions transactions;
    private final List<Runnable> freeable = new ArrayList<>();
    private CommitDriver driver;

    // The operation in progress: how deep operations are nested, and how many blocks it may add.
    private int depth;
    private int creditsLeft;
    private boolean hasChanged;

    public RedoLog(CommitProtocol.Parts parts, CommitProtocol protocol) {
        this.request = parts.request();
        this.cache = parts.cache();
        this.writer = parts.writer();
        this.options = parts.options();
        this.protocol = protocol;
        this.transactions = new Transactions(parts, protocol);
        this.driver = new CommitDriver.AtOnce(transactions);
        this.held = parts.held();
        this.blockSizeBytes = protocol.log().geometry().blockSizeBytes();
        this.sectorsPerBlock = blockSizeBytes / Sector.BYTES;
        this.room = new Room(
                protocol.log().mostInTransaction(), parts.groups().geometry().descriptorBlocks());
    }

    // ---- Operations ----

    @Override
    public void begin(int blocks) {
        if (depth == 0) {
            requireLogFor(blocks);
            while (!hasRoomFor(blocks) && driver.awaitsRoom()) {
                // Others have their turns meanwhile.
            }
            start(blocks);
        }
        depth++;
    }

    private void requireLogFor(int blocks) {
        if (blocks > mostBlocks()) {
            throw new IllegalStateException(
                    "an operation asks for " + blocks + " blocks of a log that has room for " + mostBlocks());
        }
    }

    private boolean hasRoomFor(int blocks) {
        return room.holds(transactions.open().blockCount() + blocks) || protocol.isAborted();
    }

    private void start(int blocks) {
        driver.look();
        if (!hasRoomFor(blocks)) {
            commit(new Trigger.Eviction());
        }
        creditsLeft = blocks;
        hasChanged = false;
    }

    @Override
    public void end() {
        if (depth == 1) {
            finish();
        }
        depth--;
        if (depth == 0) {
            driver.look();
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
        // Without giving up the turn: others need not see what is half cut off.
        requireLogFor(blocks);
        start(blocks);
        depth++;
    }

    @Override
    public final int mostBlocks() {
        return room.mostOfOperations();
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
        if (depth > 0 && !transactions.isClosing() && --creditsLeft < 0) {
            throw new IllegalStateException("an operation changes more blocks than it has reserved: " + buffer);
        }
        transactions.open().join(buffer, request.nowNanos());
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
        if (!transactions.open().isEmpty()) {
            transactions.open().afterCommit(action);
        } else {
            transactions.whenFinished(action);
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
            transactions.open().leave();
        }
        if (transactions.leaveCopies(block)) {
            revoke((int) block);
        }
        cache.forget(block);
    }

    /** The log's copies of a block are not to be replayed any more. */
    protected void revoke(int block) {
        transactions.open().revoke(block, request.nowNanos());
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
        transactions.open().hasDataOf(inode);
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
        transactions.overlay(sector / sectorsPerBlock, count / sectorsPerBlock, target, offsetBytes);
        for (int i = 0; options.data() == DataMode.JOURNAL && i < count / sectorsPerBlock; i++) {
            Buffer buffer = cache.cached(sector / sectorsPerBlock + i);
            if (buffer != null) {
                System.arraycopy(buffer.data(), 0, target, offsetBytes + i * blockSizeBytes, blockSizeBytes);
            }
        }
    }

    // ---- Durability ----

    /** Commits what there is, with all data that has to go with it; nobody else has a turn meanwhile. */
    protected final void commit(Trigger trigger) {
        transactions.commit(trigger);
    }

    @Override
    public boolean makeRoom(Site site) {
        boolean isIdle = transactions.open().isEmpty() && !transactions.isUnderWay() || protocol.isAborted();
        if (isIdle || depth > 0 && hasChanged || depth > 1) {
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
        // What is needed may be on its way; and older data must not come after newer.
        driver.awaitUnderWay();
        if (protocol.isAborted()) {
            return;
        }
        held.writeOf(inode, trigger);
        if (transactions.open().isNeeded(inode, blocks, record)) {
            driver.commit(trigger);
        }
    }

    @Override
    public final void flush(Site site) {
        if (protocol.keeps(site)) {
            cache.flush(site);
        }
        protocol.mustStop();
    }

    @Override
    public final boolean isAborted() {
        return protocol.isAborted();
    }

    @Override
    public final void writeAll(Trigger trigger) {
        driver.awaitUnderWay();
        if (!protocol.isAborted()) {
            held.writeAll(trigger);
            driver.commit(trigger);
        }
    }

    /** At a moment of the kernel's choosing: a commit, a checkpoint of the first transactions or all, or some data. */
    @Override
    public final void writeSome(Choices choices) {
        Trigger trigger = new Trigger.WriteBack();
        switch (choices.weighted("log.what", WRITE_SOME_WEIGHTS)) {
            case 0 -> {}
            case 1 -> driver.want(trigger);
            case 2 -> {
                int count = protocol.committed().transactionCount();
                if (count > 0) {
                    driver.wantCheckpoint(choices.between("log.checkpoint", 1, count), trigger);
                }
            }
            default -> {
                // Older data that is on its way must not come after newer.
                if (!held.isEmpty() && !transactions.isUnderWay() && !protocol.isAborted()) {
                    held.writeFirst(choices.between("log.data", 1, held.blockCount()), trigger);
                }
            }
        }
    }

    @Override
    public final boolean isBusy() {
        return transactions.isBusy();
    }

    @Override
    public final void trim() {
        int most = request.metadataBufferLimit();
        if (cache.bufferCount() > most && !protocol.isAborted()) {
            Trigger trigger = new Trigger.Eviction();
            if (transactions.open().blockCount() > most / 2) {
                commit(trigger);
            }
            transactions.checkpoint(Integer.MAX_VALUE, trigger);
        }
        cache.trim();
    }

    // ---- Life ----

    @Override
    public final void open(Hooks layout, Lock turn) {
        transactions.start(layout);
        protocol.open();
        if (request.world().runner().canSpawn()) {
            JournalTask task = new JournalTask(request.world().runner(), turn, transactions, protocol);
            task.start();
            driver = task;
        }
    }

    @Override
    public final void close(Trigger trigger) {
        driver.stop();
        protocol.close(trigger);
    }
}
