package dev.powercut.targets.ext.journal;

/** What recovery must keep to. A defect is planted by letting go of one; see {@link RecoveryRules}. */
public enum RecoveryRule {
    /** A revoked block is not replayed from transactions up to the one that revoked it. */
    HEED_REVOKES,
    /** A revoke also counts against the transaction that it is in; without: only against earlier ones. */
    REVOKE_OWN_TRANSACTION,
    /** A revoke counts against all transactions before its own; without: not against the last of them. */
    REVOKE_UP_TO_OWN,
    /** A transaction begins with the sequence that is due; without: whatever else lies there from an earlier round is taken, too. */
    COMPARE_SEQUENCE,
    /** A commit block ends only the transaction whose sequence it has; without: any commit block does. */
    STOP_AT_WRONG_SEQUENCE,
    /** The last complete transaction is replayed; without: all but that one. */
    REPLAY_THE_LAST,
    /** The log stays as it is until all is home, so that replay can be begun again; without: blocks change places with those at home. */
    LEAVE_THE_LOG,
    /** Replayed blocks are flushed before the superblock says that the log is empty. */
    FLUSH_BEFORE_EMPTYING,
    /** Inodes of the orphan list are released or cut off. */
    PROCESS_ORPHANS,
    /** A transaction whose checksums are wrong is not there. */
    VERIFY_CHECKSUMS
}
