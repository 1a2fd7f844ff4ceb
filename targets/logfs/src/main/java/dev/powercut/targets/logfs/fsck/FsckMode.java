package dev.powercut.targets.logfs.fsck;

/** What fsck may change. */
public enum FsckMode {
    /** {@code -n}: nothing. */
    CHECK,
    /** {@code -p}: rolls the log forward and mends what is benign, unless there is damage. */
    PREEN,
    /** {@code -y}: mends what it can. */
    REPAIR
}
