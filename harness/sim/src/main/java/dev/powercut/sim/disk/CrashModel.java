package dev.powercut.sim.disk;

import java.util.List;

/**
 * What a device may do to unflushed writes when its power fails. A record of properties, so that a model is declared and
 * compared, not coded; all that follows from it is in {@link #legalStates}.
 *
 * @param name as used on the command line
 * @param loss which of the pending writes may be lost together
 * @param cutsInsideWrites whether a write of several sectors may be cut between two of its sectors
 */
public record CrashModel(String name, Loss loss, boolean cutsInsideWrites) {

    /** Which sets of pending writes may be lost. */
    public enum Loss {
        /** Writes reach the medium in the order of issue: a power cut loses a tail of them. */
        TAIL
    }

    /** Sectors reach the medium in order; a cut loses any tail of those since the last flush. */
    public static final CrashModel PREFIX = new CrashModel("prefix", Loss.TAIL, true);

    /**
     * The states that a disk may hold after a power cut: the one definition, which exploration enumerates and a live
     * {@link SimulatedDisk#powerCut power cut} draws from.
     *
     * @param durable what flushes have made durable
     * @param pending writes and discards since then, in the order of issue; FUA writes among them are durable themselves
     */
    public LegalStates legalStates(DiskImage durable, List<LogEntry> pending) {
        return switch (loss) {
            case TAIL -> new PrefixStates(durable, pending, cutsInsideWrites);
        };
    }
}
