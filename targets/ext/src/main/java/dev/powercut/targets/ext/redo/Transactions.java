package dev.powercut.targets.ext.redo;

import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.Lock;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.fs.UpdateDiscipline;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The transaction that operations take part in, and the one before it on its way to the disk. A transaction's life:
 *
 * <pre>
 *   open       operations join                            the turn of whoever operates
 *   closed     its blocks are copied, the next is open    the turn, between operations
 *   written    to the log, durable                        the log's own lock; others may have their turn meanwhile
 *   finished   what waited for it is told                 the turn
 * </pre>
 *
 * <p>Where the log is aborted, nothing becomes of a transaction any more: what it changed is to be seen until the end of the mount, as
 * nothing lets go of its blocks, and never on the disk.
 *
 * <p>Only one is between closed and finished, and whoever needs that it is finished, and has the turn, does what is left to do. With one
 * task that is always who closed it; with many, {@link JournalTask} closes, writes and finishes. Locks: the turn, then the log's.
 */
final class Transactions {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** How many blocks of data may be held in memory. */
    private static final int MOST_HELD = 2048;

    private final MountRequest request;
    private final MetadataCache cache;
    private final Ext3Options options;
    private final CommitProtocol protocol;
    private final HeldData held;
    private final Lock logLock;

    private Transaction open = new Transaction();
    private @Nullable Commit underWay;
    private UpdateDiscipline.@Nullable Hooks hooks;
    private boolean isClosing;
    // Transactions are counted from 1 by the order in which they close.
    private long closed;
    private long finished;

    Transactions(CommitProtocol.Parts parts, CommitProtocol protocol) {
        this.request = parts.request();
        this.cache = parts.cache();
        this.options = parts.options();
        this.protocol = protocol;
        this.held = parts.held();
        this.logLock = new Lock(parts.request().world().runner(), "log");
    }

    void start(UpdateDiscipline.Hooks layout) {
        hooks = layout;
    }

    /** The transaction that operations take part in. */
    Transaction open() {
        return open;
    }

    /** Whether blocks join because the transaction is being closed. */
    boolean isClosing() {
        return isClosing;
    }

    /** The number that the open transaction will have. */
    long number() {
        return closed + 1;
    }

    /** Whether the transaction of a number is durable, or has come to nothing. */
    boolean isFinished(long number) {
        return number <= finished || protocol.isAborted();
    }

    boolean isUnderWay() {
        return underWay != null && !protocol.isAborted();
    }

    boolean isBusy() {
        return !protocol.isAborted() && hasWork();
    }

    private boolean hasWork() {
        return !open.isEmpty() || underWay != null || !held.isEmpty();
    }

    // ---- When ----

    /** Whether what has been changed has been waiting for long enough, or takes too much memory. */
    boolean isDue() {
        return dueNanos() <= request.nowNanos() || held.blockCount() > MOST_HELD && !protocol.isAborted();
    }

    /** When what has been changed is to be committed at the latest, {@link Long#MAX_VALUE} when there is nothing. */
    long dueNanos() {
        if (protocol.isAborted()) {
            return Long.MAX_VALUE;
        }
        long age = options.commitSeconds() * NANOS_PER_SECOND;
        long due = open.isEmpty() ? Long.MAX_VALUE : open.begunNanos() + age;
        boolean dataWaits = options.data() == DataMode.ORDERED && !held.isEmpty();
        return dataWaits ? Math.min(due, held.oldestNanos() + age) : due;
    }

    // ---- Steps, each with the turn ----

    /** Commits what there is, with all data that has to go with it, and keeps the turn meanwhile. */
    void commit(Trigger trigger) {
        finish();
        close(trigger);
        finish();
        if (held.blockCount() > MOST_HELD && !protocol.isAborted()) {
            held.writeAll(trigger);
        }
    }

    /** Closes the open transaction, which then is under way, after that before it; when there is none, writes data alone. */
    void close(Trigger trigger) {
        if (protocol.isAborted()) {
            return;
        }
        if (!open.isEmpty() && hooks != null) {
            isClosing = true;
            hooks.beforeCommit();
            isClosing = false;
        }
        closed++;
        if (open.isEmpty()) {
            finished = closed;
            held.writeAll(trigger);
        } else {
            Transaction closing = open;
            open = new Transaction();
            underWay = protocol.close(closing, trigger);
        }
    }

    /** Lets go of what waited for the transaction under way, when there is one, once it is durable. */
    void finish() {
        Commit commit = underWay;
        if (commit == null) {
            return;
        }
        try {
            writeUnderWay();
        } catch (RuntimeException e) {
            underWay = null;
            throw e;
        }
        if (underWay != commit || protocol.isAborted()) {
            // What was lost with the log stays as it is in memory.
            return;
        }
        underWay = null;
        finished = closed;
        for (Runnable action : commit.afterCommit()) {
            action.run();
        }
        if (hooks != null) {
            hooks.afterCommit();
        }
    }

    /** Runs an action when nothing is on its way, at once or later. */
    void whenFinished(Runnable action) {
        if (underWay == null) {
            action.run();
        } else {
            underWay.afterCommit().add(action);
        }
    }

    // ---- Steps that need no turn ----

    /** Writes the transaction under way to the log, unless somebody has; returns when it is durable. */
    void writeUnderWay() {
        Commit commit = underWay;
        logLock.lock();
        try {
            if (commit != null && !commit.isInLog()) {
                protocol.write(commit);
            }
        } finally {
            logLock.unlock();
        }
    }

    /** Empties the log of its first transactions, or of all when there are no more. */
    void checkpoint(int transactionCount, Trigger trigger) {
        logLock.lock();
        try {
            protocol.checkpointFirst(
                    Math.min(transactionCount, protocol.committed().transactionCount()), trigger);
        } finally {
            logLock.unlock();
        }
    }

    // ---- What is in the log, or on its way ----

    /** A block is free now: whether it has copies that are not to be replayed any more. They may still have to go home. */
    boolean leaveCopies(long block) {
        Commit commit = underWay;
        // Until the transaction that frees it is committed a crash brings the block back.
        boolean isOnItsWay = commit != null && !commit.isInLog() && commit.leaveBuffer(block, cache);
        Committed.Copy copy = protocol.committed().find(block);
        if (copy != null && copy.buffer() != null) {
            cache.unpin(copy.buffer());
            protocol.committed().put(copy.withoutBuffer());
        }
        return isOnItsWay || copy != null;
    }

    /** Puts data of files that is on its way to the disk over what was read there. */
    void overlay(long firstBlock, int count, byte[] target, int offsetBytes) {
        Commit commit = underWay;
        TreeMap<Long, HeldData.Block> data = commit == null ? null : commit.data();
        if (data != null) {
            held.overlay(data, firstBlock, count, target, offsetBytes);
        }
        held.overlay(firstBlock, count, target, offsetBytes);
    }
}
