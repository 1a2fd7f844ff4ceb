package dev.powercut.kernel.cache;

/** Something that runs once what it waits for is durable. */
final class DurableAction {

    final Runnable action;

    /** Rank among all actions, in the order in which they were given. */
    final long rank;

    /** How many dirty sectors must still be written. */
    int unwrittenSectors;

    /** The write whose durability is waited for, once no sector is left to be written. */
    long neededNumber;

    DurableAction(Runnable action, long rank) {
        this.action = action;
        this.rank = rank;
    }
}
