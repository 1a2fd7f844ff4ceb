package dev.powercut.targets.ext.journal;

/** Why a scan of the log went no further: one for each case of {@link LogScan} that ends it. */
public enum LogEnd {
    /** Case A. */
    EMPTY("the log is empty", false),
    /** Case B. */
    NO_HEADER("no block of the log follows", false),
    /** Case C. */
    OTHER_SEQUENCE("what follows is of another round", false),
    /** Case G. */
    COMMIT_CHECKSUM_WRONG("the checksum of a commit block is wrong", true),
    /** Case H. */
    BLOCK_CHECKSUM_WRONG("the checksum of a descriptor or revoke block is wrong", true),
    /** Case I. */
    DATA_CHECKSUM_WRONG("the checksum of a data block is wrong", true),
    /** Case J. */
    HOME_INVALID("a block is to go where none can be", true),
    /** Case K. */
    REVOKES_INVALID("a revoke block does not hold what it says", true),
    /** Case L. */
    TYPE_UNKNOWN("a block is of no known type", true),
    /** Case M. */
    RING_USED_UP("the log goes round in a circle", true),
    /** Case S. */
    SUPERBLOCK_INVALID("what is to go over the volume's superblock is none of this volume", true),
    /** Case T. */
    DESCRIPTORS_INVALID("what is to go over group descriptors leads elsewhere than they do", true);

    private final String text;
    private final boolean damage;

    LogEnd(String text, boolean damage) {
        this.text = text;
        this.damage = damage;
    }

    /** For people. */
    public String text() {
        return text;
    }

    /**
     * Whether a cut at the wrong moment is enough where commit records do not wait for what they commit: only a checksum tells that not
     * all of a transaction came.
     */
    public boolean isUsualWithAsyncCommit() {
        return this == COMMIT_CHECKSUM_WRONG || this == BLOCK_CHECKSUM_WRONG || this == DATA_CHECKSUM_WRONG;
    }

    /** Whether a transaction that was there is dropped because it is not what was written. */
    public boolean isDamage() {
        return damage;
    }
}
