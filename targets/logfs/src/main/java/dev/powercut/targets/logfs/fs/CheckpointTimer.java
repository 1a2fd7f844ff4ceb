package dev.powercut.targets.logfs.fs;

import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.Completion;
import dev.powercut.sim.Runner;
import dev.powercut.sim.WaitQueue;
import dev.powercut.sim.disk.Trigger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes a checkpoint when the last one is old, in a task of its own, where there can be one: so what nobody syncs is durable after the
 * interval though no call comes. Where there is one task only, the next call writes it.
 *
 * <p>The task and its timer are there only while something waits for a checkpoint: an idle world comes to its end, and a deadlock is
 * still seen as one.
 */
final class CheckpointTimer {

    private static final Trigger WHY = new Trigger.WriteBack();

    private final Runner runner;
    private final Turn turn;
    private final Reclaim reclaim;
    private final Committer committer;
    private final WaitQueue work = new WaitQueue("the next checkpoint");
    private @Nullable Completion end;
    private boolean isStopped;

    CheckpointTimer(Volume volume, Turn turn, Reclaim reclaim, Committer committer) {
        this.runner = volume.request.world().runner();
        this.turn = turn;
        this.reclaim = reclaim;
        this.committer = committer;
    }

    /** Begins when something waits for a checkpoint. To be called in a turn, when it is at its end. */
    void beginIfWanted() {
        if (end == null && isWanted()) {
            end = Completion.pending(runner, "the end of a checkpoint");
            runner.spawn("checkpoint", this::run);
        }
    }

    /** Returns when there is no task, and will be none any more. To be called outside of turns. */
    void stop() {
        isStopped = true;
        runner.wakeAll(work);
        Completion running = end;
        if (running != null) {
            running.await();
        }
    }

    private void run() {
        turn.enter();
        while (isWanted() && !committer.isCheckpointOld()) {
            awaitDue();
        }
        try {
            if (isWanted()) {
                reclaim.keepRoom(0);
                committer.checkpoint(WHY);
            }
        } catch (ErrnoException e) {
            // The next call finds the last checkpoint old, tries again, and has noted why it cannot.
        }
        // Still in the turn: whoever changes something from now on begins anew.
        Completion mine = Objects.requireNonNull(end);
        end = null;
        turn.leaveFinally();
        mine.complete();
    }

    private boolean isWanted() {
        return !isStopped && committer.isAnythingNew();
    }

    /** Lets others have their turns until the last checkpoint is old; one of them may write another. */
    private void awaitDue() {
        runner.at(committer.checkpointDueNanos() - MountRequest.EPOCH_NANOS, () -> runner.wakeAll(work));
        turn.leaveFinally();
        runner.block(work);
        turn.enter();
    }
}
