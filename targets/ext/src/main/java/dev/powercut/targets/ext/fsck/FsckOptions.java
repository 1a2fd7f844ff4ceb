package dev.powercut.targets.ext.fsck;

import dev.powercut.check.target.ImageTool.CheckMode;

/**
 * How to check.
 *
 * @param mode what may be changed
 * @param force {@code -f}: check an image that is marked clean, too
 * @param nowSeconds time for deletion times and the time of the last check, seconds since 1970; 0 takes the latest time in the
 *     superblock, so that the result depends on the image only; then no time is in the future
 * @param superblockBlock {@code -b}: block of the backup superblock to use; 0 takes the primary, and looks for a backup if need be
 * @param blockSizeBytes {@code -B}: block size by which that block is counted; 0 tries each
 * @param copyShared whether {@code -y} copies a block that is claimed twice for each further claimant; otherwise only the first
 *     keeps it
 * @param paths whether problems name paths; costs another look at the directories when there are problems
 */
public record FsckOptions(
        CheckMode mode,
        boolean force,
        long nowSeconds,
        int superblockBlock,
        int blockSizeBytes,
        boolean copyShared,
        boolean paths) {

    /** A full check that changes nothing. */
    public static final FsckOptions CHECK = new FsckOptions(CheckMode.READ_ONLY, true, 0);

    /** A full check that mends what is benign. */
    public static final FsckOptions PREEN = new FsckOptions(CheckMode.PREEN, true, 0);

    /** A full check that mends what it can. */
    public static final FsckOptions REPAIR = new FsckOptions(CheckMode.YES, true, 0);

    /** With the usual choices for all else. */
    public FsckOptions(CheckMode mode, boolean force, long nowSeconds) {
        this(mode, force, nowSeconds, 0, 0, true, false);
    }
}
