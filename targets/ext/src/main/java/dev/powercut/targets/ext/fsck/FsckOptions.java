package dev.powercut.targets.ext.fsck;

/**
 * How to check.
 *
 * @param mode what may be changed
 * @param force {@code -f}: check an image that is marked clean, too
 * @param nowSeconds time for deletion times and the time of the last check, seconds since 1970; 0 takes the latest time in the
 *     superblock, so that the result depends on the image only
 */
public record FsckOptions(FsckMode mode, boolean force, long nowSeconds) {

    /** A full check that changes nothing. */
    public static final FsckOptions CHECK = new FsckOptions(FsckMode.CHECK, true, 0);

    /** A full check that mends what is benign. */
    public static final FsckOptions PREEN = new FsckOptions(FsckMode.PREEN, true, 0);

    /** A full check that mends what it can. */
    public static final FsckOptions REPAIR = new FsckOptions(FsckMode.REPAIR, true, 0);
}
