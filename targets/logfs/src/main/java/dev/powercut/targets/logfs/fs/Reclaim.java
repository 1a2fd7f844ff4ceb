package dev.powercut.targets.logfs.fs;

import dev.powercut.sim.disk.Trigger;

/** Sees to it that there is room for the log: by a checkpoint, which frees what is dead, or by cleaning. */
final class Reclaim {

    /** More rounds than any volume with a proper reserve needs to come by a few segments. */
    private static final int MOST_FRUITLESS_ROUNDS = 8;

    private static final Trigger ROOM = new Trigger.Ordering(Sites.CLEANING);

    private final Volume volume;
    private final Committer committer;
    private final Cleaner cleaner;
    private final int keptSegments;

    Reclaim(Volume volume, Committer committer, Cleaner cleaner) {
        this.volume = volume;
        this.committer = committer;
        this.cleaner = cleaner;
        this.keptSegments = volume.rules.keepsReserve() ? Math.max(3, volume.geometry.reserveSegments() / 2) : 0;
    }

    /** So many blocks are about to be staged; after them there must still be room for a checkpoint, and for cleaning. */
    void keepRoom(int blocks) {
        int wanted = keptSegments + wholeSegments(blocks);
        int fruitless = 0;
        while (volume.usage.freeCount() < wanted && fruitless < MOST_FRUITLESS_ROUNDS) {
            int before = volume.usage.freeCount();
            makeRoom(wanted - before);
            fruitless = volume.usage.freeCount() > before ? 0 : fruitless + 1;
        }
    }

    private int wholeSegments(int blocks) {
        int beyond = blocks - Math.max(0, volume.log.blocksLeft() - 2);
        return beyond <= 0 ? 0 : 1 + beyond / (volume.geometry.segmentBlocks() / 2);
    }

    private void makeRoom(int segments) {
        int freeable = volume.usage.freeableCount(volume.log.segment());
        if (freeable > segments || freeable > volume.geometry.segmentCount() / 16) {
            committer.checkpoint(ROOM);
        } else {
            cleaner.clean(ROOM);
        }
    }
}
