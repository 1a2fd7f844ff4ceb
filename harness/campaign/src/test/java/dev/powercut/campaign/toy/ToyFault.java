package dev.powercut.campaign.toy;

/** Ways in which the toy filesystem can be broken; each is for one oracle to find. */
public enum ToyFault {
    HEADER_BEFORE_SNAPSHOT,
    FSYNC_DOES_NOTHING,
    RECOVERY_GIVES_UP,
    RECOVERY_LEAVES_A_PROBLEM,
    RECOVERY_THROWS,
    RECOVERY_HANGS,
    /** Loops until its thread is interrupted, and asks for nothing. */
    RECOVERY_SPINS,
    RECOVERY_WRITES_EACH_TIME,
    RECOVERY_INVENTS_DATA,
    RECOVERY_WRITES_HEADER_FIRST,
    /** A recovery that finds traces of one that was cut writes in the wrong order: it takes two cuts to show. */
    RECOVERY_STUMBLES_THE_SECOND_TIME,
    RECOVERY_SPOILS_MOUNT,
    RECOVERY_SPOILS_WRITES,
    RECOVERY_SPOILS_UNMOUNT,
    READLINK_LIES,
    RENAME_THROWS,
    RENAME_HANGS,
    FORMAT_DIFFERS,
    /** In one seed of a hundred, as {@link ToyType#isUnlucky} says, mounting throws. */
    MOUNT_THROWS_NOW_AND_THEN;

    public String defectName() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
