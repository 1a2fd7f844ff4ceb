package dev.powercut.targets.logfs.fs;

import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Site;

/** The rules that keep a crash from doing harm, one method each: a planted defect breaks one of them. */
public class Discipline {

    protected Discipline() {}

    /** The rules as they should be. */
    public static Discipline correct() {
        return new Discipline();
    }

    /** Makes durable what was written so far. */
    protected void flush(BlockWriter writer, Site site, Cause cause) {
        writer.flush(cause);
    }

    /** Which of the two regions a checkpoint goes to, by the parity of the number returned. */
    protected long slotOf(long checkpoint) {
        return checkpoint;
    }

    /** Whether a segment without live data may be written to before a checkpoint says so. */
    protected boolean reusesAtOnce() {
        return false;
    }

    /** By how much the version of a number grows when it gets a new owner. */
    protected long versionStep() {
        return 1;
    }

    /** Whether an operation of a kind leaves a record in the log. */
    protected boolean records(int operationKind) {
        return true;
    }

    /** Whether the records of new files go out with the operations that made them. */
    protected boolean writesNewInodes() {
        return true;
    }

    /** Whether an fsync writes the inode's record. */
    protected boolean syncsInode() {
        return true;
    }

    /** Whether the size in an inode's record covers only what was written. */
    protected boolean sizeFollowsData() {
        return true;
    }

    /** Whether a checkpoint writes the inode map. */
    protected boolean writesMap() {
        return true;
    }

    /** Whether a checkpoint writes the segment usage table. */
    protected boolean writesUsage() {
        return true;
    }

    /** Whether a checkpoint writes the directories that have changed. */
    protected boolean writesDirectories() {
        return true;
    }

    /** Whether the cleaner looks whether a block is still the file's before it moves it. */
    protected boolean cleanerLooksTwice() {
        return true;
    }

    /** Whether discarded segments are told to the device only after the checkpoint that frees them is durable. */
    protected boolean discardsLate() {
        return true;
    }

    /** Whether segments are kept for cleaner and checkpoints. */
    protected boolean keepsReserve() {
        return true;
    }

    /** Whether a summary is taken for the log's only when its checksum is right, and it follows the checkpoint and the partial write before. */
    protected boolean checksSummaries() {
        return true;
    }

    /** Whether a partial write is taken for the log's only when the checksum of its payload is right. */
    protected boolean checksPayloads() {
        return true;
    }

    /** Whether a checkpoint counts only when head, tail and checksum say that it is whole. */
    protected boolean checksCheckpoints() {
        return true;
    }

    /** By how much the number of the checkpoint that recovery writes is greater than that of the one which it began from. */
    protected long recoveryStep() {
        return 1;
    }

    /** Whether only the last partial write of a group says that the group is complete. */
    protected boolean endsGroupsOnce() {
        return true;
    }
}
