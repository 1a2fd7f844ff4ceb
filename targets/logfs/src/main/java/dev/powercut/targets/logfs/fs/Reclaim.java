package dev.powercut.targets.logfs.fs;

import dev.powercut.sim.disk.Trigger;
import org.jspecify.annotations.Nullable;

/** Sees to it that there is room for the log: by a checkpoint, which frees what is dead, or by cleaning. */
final class Reclaim {

    /** More rounds than any volume with a proper reserve needs to come by a few segments. */
    private static final int MOST_FRUITLESS_ROUNDS = 8;

    /** Room is scarce when fewer segments than this share of all are left above those that are kept. */
    private static final int SCARCE_SHARE = 16;

    static final Trigger ROOM = new Trigger.Ordering(Sites.CLEANING);

    private final Volume volume;
    private final Committer committer;
    private final Cleaner cleaner;
    private final int keptSegments;

    /** Whole segments that holes are no substitute for: recovery does not know of any. */
    private final int keptWhole;

    /** With the threaded policy: where the log can go besides free segments. */
    private final @Nullable Holes holes;

    Reclaim(Volume volume, InodeStore inodes, Committer committer, Cleaner cleaner) {
        this.volume = volume;
        this.committer = committer;
        this.cleaner = cleaner;
        this.keptSegments = volume.rules.keepsReserve() ? Math.max(3, volume.geometry.reserveSegments() / 2) : 0;
        int forRecovery = Math.ceilDiv(Committer.MOST_DIRTY_BLOCKS, volume.geometry.segmentBlocks() - 1);
        this.keptWhole = Math.min(keptSegments, 1 + forRecovery);
        if (volume.options.cleaner() == LogfsOptions.Policy.THREAD) {
            holes = new Holes(volume, inodes);
            committer.threadThrough(holes);
        } else {
            holes = null;
        }
    }

    /** So many blocks are about to be staged; after them there must still be room for a checkpoint, and for cleaning. */
    void keepRoom(int blocks) {
        int wanted = keptSegments + wholeSegments(blocks);
        int fruitless = 0;
        while ((room() < wanted || isShortOfSegments()) && fruitless < MOST_FRUITLESS_ROUNDS) {
            int before = room();
            int wholeBefore = volume.usage.freeCount();
            makeRoom(wanted - before);
            fruitless = room() > before && volume.usage.freeCount() >= wholeBefore ? 0 : fruitless + 1;
        }
    }

    /**
     * Whether it is time to clean in the background: before who writes must wait for it, and only while segments are to be gained.
     */
    boolean isRoomScarce() {
        int segments = volume.geometry.segmentCount();
        long segmentBytes = (long) (volume.geometry.segmentBlocks() - 1) * volume.blockSizeBytes;
        long dead = (segments - volume.usage.freeCount()) * segmentBytes - volume.usage.liveBytes();
        return room() < keptSegments + Math.max(2, segments / SCARCE_SHARE) && dead > 2 * segmentBytes;
    }

    /** Segments that the log can go to, those that holes come to included. */
    int room() {
        int inHoles = holes == null ? 0 : (int) (holes.blocks() / volume.geometry.segmentBlocks());
        return volume.usage.freeCount() + inHoles;
    }

    private int wholeSegments(int blocks) {
        int beyond = blocks - Math.max(0, volume.log.blocksLeft() - 2);
        return beyond <= 0 ? 0 : 1 + beyond / (volume.geometry.segmentBlocks() / 2);
    }

    private void makeRoom(int segments) {
        int freeable = volume.usage.freeableCount(volume.log.segment());
        if (freeable > segments || freeable > volume.geometry.segmentCount() / 16) {
            committer.checkpoint(ROOM);
        } else if (holes == null) {
            cleaner.clean(ROOM);
        } else {
            thread(holes, segments);
        }
    }

    /** Whether the log, threaded through holes, has left too few segments for a recovery. */
    private boolean isShortOfSegments() {
        return holes != null && volume.usage.freeCount() < keptWhole;
    }

    /** Looks for holes; copies only where there are too few, and looks again. */
    private void thread(Holes through, int segments) {
        if (!through.isKnown()) {
            committer.checkpoint(ROOM);
        }
        through.announce();
        committer.checkpoint(ROOM);
        through.find();
        if (isShortOfSegments() || through.blocks() < (long) segments * volume.geometry.segmentBlocks()) {
            through.announce();
            cleaner.clean(ROOM);
            through.find();
        }
    }
}
