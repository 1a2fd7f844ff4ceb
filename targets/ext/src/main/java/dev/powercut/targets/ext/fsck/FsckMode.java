package dev.powercut.targets.ext.fsck;

/** How a check may change an image. */
public enum FsckMode {
    /** {@code -n}: changes nothing. */
    CHECK,
    /** {@code -p}: mends what is benign; leaves an image with damage as it is. */
    PREEN,
    /** {@code -y}: mends what it can. */
    REPAIR
}
