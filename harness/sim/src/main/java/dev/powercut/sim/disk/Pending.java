package dev.powercut.sim.disk;

/**
 * An entry that a window has to do with.
 *
 * @param index its number in the log, or among the pending entries of a disk
 * @param entry a write or a discard
 * @param forced whether it is durable, though what was written before it may not be
 */
record Pending(int index, LogEntry entry, boolean forced) {

    Pending asForced() {
        return new Pending(index, entry, true);
    }

    long first() {
        return switch (entry) {
            case LogEntry.Write write -> write.sector();
            case LogEntry.Discard discard -> discard.sector();
            case LogEntry.Flush flush -> 0;
            case LogEntry.Mark mark -> 0;
        };
    }

    long end() {
        return first() + WriteLog.sectorCount(entry);
    }
}
