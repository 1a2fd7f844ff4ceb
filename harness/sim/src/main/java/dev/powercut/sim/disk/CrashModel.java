package dev.powercut.sim.disk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a device may do to unflushed writes when its power fails. A record of properties, so that a model is declared and
 * compared, not coded; all that follows from it is in {@link #legalStates}.
 *
 * @param name as used on the command line
 * @param loss which of the pending writes may be lost together
 * @param unit what is kept or lost as a whole
 * @param atomicBytes of a sector in flight when the power fails, so many bytes, from its front in steps of so many, are new or old
 *     together: {@link Sector#BYTES} when a sector is atomic
 * @param leavesGarbage whether a sector in flight when the power fails may hold neither old nor new contents
 * @param losesDiscards whether a discard may be lost like a write; otherwise it is done when it is complete
 * @param honoursFlushes whether a flush makes durable what had been written before; otherwise the device says so and does not
 * @param honoursFua whether a FUA write is durable once complete; otherwise it is as any write
 */
public record CrashModel(
        String name,
        Loss loss,
        Unit unit,
        int atomicBytes,
        boolean leavesGarbage,
        boolean losesDiscards,
        boolean honoursFlushes,
        boolean honoursFua) {

    /** Which sets of pending writes may be lost. */
    public enum Loss {
        /** Writes reach the medium in the order of issue: a power cut loses a tail of them. */
        TAIL,
        /** Writes reach the medium in any order: a power cut loses any of them. */
        SUBSET
    }

    /** What is kept or lost as a whole. */
    public enum Unit {
        WRITE,
        SECTOR
    }

    /** Sectors reach the medium in order; a cut loses any tail of those since the last flush. */
    public static final CrashModel PREFIX = of("prefix", Loss.TAIL, Unit.SECTOR);

    /** Writes reach the medium in any order, each as a whole. */
    public static final CrashModel REORDER = of("reorder", Loss.SUBSET, Unit.WRITE);

    /** Sectors reach the medium in any order, also those of one write. */
    public static final CrashModel TORN = of("torn", Loss.SUBSET, Unit.SECTOR);

    /** Sectors reach the medium in any order and at any time: flushes and FUA are acknowledged, and nothing is done for them. */
    public static final CrashModel LYING =
            new CrashModel("lying", Loss.SUBSET, Unit.SECTOR, Sector.BYTES, false, true, false, false);

    /** The option, behind a {@code +}, of a device on which a sector is not atomic. */
    public static final String TEARING = "sub-sector";

    /** The option of a device that leaves garbage in sectors in flight. */
    public static final String GARBAGE = "garbage";

    /** Steps of {@link #TEARING}: a quarter of a sector. */
    public static final int TEARING_BYTES = 128;

    /** The models by name. */
    public static final List<CrashModel> PRESETS = List.of(PREFIX, REORDER, TORN, LYING);

    public CrashModel {
        if (unit == Unit.WRITE && (atomicBytes < Sector.BYTES || leavesGarbage)) {
            throw new IllegalArgumentException("where a write is kept or lost as a whole, no sector is damaged");
        }
        if (atomicBytes < 1 || atomicBytes > Sector.BYTES || Sector.BYTES % atomicBytes != 0) {
            throw new IllegalArgumentException(atomicBytes + " bytes do not divide a sector");
        }
    }

    /** A model of an honest device with atomic sectors. */
    public static CrashModel of(String name, Loss loss, Unit unit) {
        return new CrashModel(name, loss, unit, Sector.BYTES, false, true, true, true);
    }

    /** Whether a write of several sectors may be cut between two of its sectors. */
    public boolean cutsInsideWrites() {
        return unit == Unit.SECTOR;
    }

    /**
     * The states that a disk may hold after a power cut: the one definition, which exploration enumerates and a live
     * {@link SimulatedDisk#powerCut power cut} draws from.
     *
     * @param durable what flushes have made durable
     * @param pending writes and discards since then, in the order of issue; FUA writes among them are durable themselves
     */
    public LegalStates legalStates(DiskImage durable, List<LogEntry> pending) {
        return switch (loss) {
            case TAIL -> new PrefixStates(this, durable, pending);
            case SUBSET -> new SelectionStates(CrashWindows.last(this, durable, pending));
        };
    }

    /**
     * The windows of a log, in their order, which together cover all its positions: all states that a power cut at any position may
     * leave.
     *
     * @throws IllegalStateException when the model keeps the order: then all states are prefixes, and one walk makes them
     */
    public List<CrashWindow> windows(WriteLog log) {
        if (loss == Loss.TAIL) {
            throw new IllegalStateException("the model " + name + " keeps the order of writes");
        }
        return CrashWindows.of(this, log.base(), log.entries());
    }

    /**
     * What there is against a state at a position of a log (the number of entries before the cut; the one after it may be in flight),
     * in words; null when the state is legal there.
     */
    public @Nullable String objection(WriteLog log, int position, Kept kept) {
        return new Legality(this, log, position).objection(kept);
    }

    /** How many entries of a log from the first one on cannot have lost anything at a position. */
    public int durableEntries(WriteLog log, int position) {
        return new Legality(this, log, position).durableEntries();
    }

    /** Whether an entry, once it is complete, keeps what came before it from being lost, in a model that keeps the order. */
    public boolean isBarrier(LogEntry entry) {
        return switch (entry) {
            case LogEntry.Write write -> write.fua() && honoursFua;
            case LogEntry.Flush flush -> honoursFlushes;
            case LogEntry.Discard discard -> !losesDiscards;
            case LogEntry.Mark mark -> false;
        };
    }

    /** The same, whose sectors in flight may be torn in steps of so many bytes. */
    public CrashModel tearingSectors(int stepBytes) {
        return new CrashModel(
                name + "+" + TEARING, loss, unit, stepBytes, leavesGarbage, losesDiscards, honoursFlushes, honoursFua);
    }

    /** The same, whose sectors in flight may hold garbage. */
    public CrashModel leavingGarbage() {
        return new CrashModel(
                name + "+" + GARBAGE, loss, unit, atomicBytes, true, losesDiscards, honoursFlushes, honoursFua);
    }
}
