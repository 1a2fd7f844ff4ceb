package dev.powercut.kernel.vfs;

/**
 * One rule of locking that keeps the VFS right when several processes use it at once. Each can be broken alone, which plants a
 * defect that only some schedules show.
 */
public enum LockRule {

    /** Two directories are locked under the mount's rename lock, the one nearer to the root first, else by number. */
    DIRECTORIES_IN_ORDER,

    /** That a name is free is seen, and the name made, under one hold of the directory's lock. */
    NAME_SEEN_AND_MADE_AT_ONCE,

    /** Who finds an inode locked begins to wait in the same step in which it looked. */
    LOOKING_AND_WAITING_AT_ONCE,

    /** Reading holds the file's lock, so that a page that is being read in is neither seen nor dropped. */
    READING_HOLDS_FILE,

    /** Read-ahead holds the file's lock, as a reader, from looking at the file's end to putting in the page that it read. */
    READ_AHEAD_HOLDS_FILE,

    /** Write-back decides which pages to write once it has the file's lock, not before. */
    WRITE_BACK_LOOKS_UNDER_LOCK,

    /** Write-back holds a reference to the inode that it writes, so that an unlink meanwhile does not delete it. */
    WRITE_BACK_KEEPS_INODE,

    /** Giving up a reference and seeing that it was the last are one step. */
    LAST_REFERENCE_SEEN_ONCE,

    /** What a walk finds in a directory is kept by a reference before others can remove it. */
    LOOKUP_KEEPS_INODE
}
