package dev.powercut.targets.ext.journal;

/**
 * What a look at a sound journal tells.
 *
 * @param fromBackup its inode is none; it was found by the copy in the superblock
 * @param backupAgrees whether that copy is like the inode, where there is one
 * @param start journal block where the log starts; 0: it is empty
 * @param sequence of the first transaction in it, or of the next
 * @param errno with which it was aborted; 0 is none
 * @param userCount how many filesystems it says share it; 0 or 1 when it is in one, as this is
 * @param map where its blocks are
 * @param geometry its measures
 */
public record JournalState(
        boolean fromBackup,
        boolean backupAgrees,
        int start,
        int sequence,
        int errno,
        int userCount,
        JournalMap map,
        JournalGeometry geometry) {}
