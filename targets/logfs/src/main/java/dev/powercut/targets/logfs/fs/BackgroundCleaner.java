package dev.powercut.targets.logfs.fs;

import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.sim.Completion;
import dev.powercut.sim.Runner;
import org.jspecify.annotations.Nullable;

/**
 * Cleans in a task of its own, where there can be one, before room is so scarce that who writes must do it: passes in two turns each, so that
 * operations that wait go in between. The task is there only while it has something to do.
 */
final class BackgroundCleaner {

    private final Volume volume;
    private final Runner runner;
    private final Turn turn;
    private final Reclaim reclaim;
    private final Cleaner cleaner;
    private @Nullable Completion end;
    private boolean isStopped;

    /** How long the log was when a pass gained nothing: another is worth while only after a segment more. */
    private long fruitlessAt = Long.MIN_VALUE;

    BackgroundCleaner(Volume volume, Turn turn, Reclaim reclaim, Cleaner cleaner) {
        this.volume = volume;
        this.runner = volume.request.world().runner();
        this.turn = turn;
        this.reclaim = reclaim;
        this.cleaner = cleaner;
    }

    /** Begins when there is reason to. To be called in a turn. */
    void beginIfWanted() {
        if (end == null && !isStopped && runner.canSpawn() && isWanted()) {
            end = Completion.pending(runner, "the end of cleaning");
            runner.spawn("cleaner", this::run);
        }
    }

    private boolean isWanted() {
        return reclaim.isRoomScarce() && volume.log.blocksWritten() - volume.geometry.segmentBlocks() >= fruitlessAt;
    }

    /** Returns when there is no task, and will be none any more. To be called outside of turns. */
    void stop() {
        isStopped = true;
        Completion running = end;
        if (running != null) {
            running.await();
        }
    }

    private void run() {
        Completion mine = end;
        try {
            while (!isStopped && pass()) {
                // On to the next.
            }
        } catch (ErrnoException e) {
            // Who needs the room will be told when the same happens to them.
            fruitlessAt = volume.log.blocksWritten();
        } finally {
            end = null;
            if (mine != null) {
                mine.complete();
            }
        }
    }

    /** One pass; false when there is no need for another. */
    private boolean pass() {
        int before;
        Cleaner.Finds found;
        turn.enter();
        try {
            if (!isWanted()) {
                return false;
            }
            before = reclaim.room();
            found = cleaner.find();
        } finally {
            turn.leave();
        }
        turn.enter();
        try {
            cleaner.move(found, Reclaim.ROOM);
            if (reclaim.room() <= before) {
                fruitlessAt = volume.log.blocksWritten();
            }
        } finally {
            turn.leave();
        }
        return true;
    }
}
