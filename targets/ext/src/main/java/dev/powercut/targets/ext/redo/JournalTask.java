package dev.powercut.targets.ext.redo;

import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.Condition;
import dev.powercut.sim.Lock;
import dev.powercut.sim.Runner;
import dev.powercut.sim.WaitQueue;
import dev.powercut.sim.disk.Trigger;

/**
 * Commits and checkpoints in the background, as kjournald does: when asked, when a transaction is old, and when the log runs low. It has
 * the turn only to close a transaction and to tell that one is finished; while it writes, operations go on. It sets no timer while
 * nothing waits, so that a deadlock is still seen as one.
 */
final class JournalTask implements CommitDriver {

    private final Runner runner;
    private final Lock turn;
    private final Transactions transactions;
    private final CommitProtocol protocol;
    private final WaitQueue work = new WaitQueue("work for the journal");
    private final Condition progress;
    private Trigger trigger = new Trigger.WriteBack();
    private long wanted;
    private int checkpoints;
    private long wakesAtNanos = Long.MAX_VALUE;
    private boolean isStopped;
    private boolean hasEnded;

    JournalTask(Runner runner, Lock turn, Transactions transactions, CommitProtocol protocol) {
        this.runner = runner;
        this.turn = turn;
        this.transactions = transactions;
        this.protocol = protocol;
        this.progress = new Condition(turn, "the journal");
    }

    void start() {
        runner.spawn("journal", this::run);
    }

    // ---- Others, with the turn ----

    @Override
    public void want(Trigger by) {
        if (wanted < transactions.number()) {
            wanted = transactions.number();
            trigger = by;
            runner.wakeAll(work);
        }
    }

    @Override
    public void wantCheckpoint(int transactionCount, Trigger by) {
        checkpoints = Math.max(checkpoints, transactionCount);
        runner.wakeAll(work);
    }

    @Override
    public void look() {
        long due = transactions.dueNanos();
        if (transactions.isDue()) {
            runner.wakeAll(work);
        } else if (due < wakesAtNanos) {
            wakesAtNanos = due;
            runner.at(due - MountRequest.EPOCH_NANOS, () -> {
                wakesAtNanos = Long.MAX_VALUE;
                runner.wakeAll(work);
            });
        }
    }

    @Override
    public boolean awaitsRoom() {
        want(new Trigger.Eviction());
        progress.await();
        return true;
    }

    @Override
    public void commit(Trigger by) {
        if (transactions.open().isEmpty()) {
            return;
        }
        long number = transactions.number();
        want(by);
        while (!transactions.isFinished(number)) {
            progress.await();
        }
    }

    @Override
    public void awaitUnderWay() {
        while (transactions.isUnderWay()) {
            progress.await();
        }
    }

    @Override
    public void stop() {
        isStopped = true;
        runner.wakeAll(work);
        while (!hasEnded) {
            progress.await();
        }
    }

    // ---- The task ----

    private void run() {
        turn.lock();
        while (!isStopped) {
            if (protocol.isAborted()) {
                progress.signalAll();
                await();
            } else if (transactions.isUnderWay() || wanted == transactions.number() || transactions.isDue()) {
                commit();
            } else if (checkpoints > 0 || protocol.isLow()) {
                checkpoint();
            } else {
                look();
                await();
            }
        }
        hasEnded = true;
        progress.signalAll();
        turn.unlock();
    }

    private void await() {
        turn.unlock();
        runner.block(work);
        turn.lock();
    }

    private void commit() {
        Trigger by = wanted == transactions.number() ? trigger : new Trigger.WriteBack();
        if (!transactions.isUnderWay()) {
            transactions.close(by);
            progress.signalAll();
        }
        turn.unlock();
        transactions.writeUnderWay();
        turn.lock();
        transactions.finish();
        progress.signalAll();
    }

    private void checkpoint() {
        int count = Math.max(checkpoints, (protocol.committed().transactionCount() + 1) / 2);
        checkpoints = 0;
        turn.unlock();
        transactions.checkpoint(count, new Trigger.WriteBack());
        turn.lock();
        progress.signalAll();
    }
}
