package dev.powercut.sim.disk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says of a single state whether a model allows it at a position, entry by entry and without enumerating anything: a second opinion
 * on {@link CrashModel#legalStates}, and the proof that goes with a finding.
 */
final class Legality {

    private final CrashModel model;
    private final WriteLog log;
    private final int position;

    Legality(CrashModel model, WriteLog log, int position) {
        this.model = model;
        this.log = log;
        this.position = position;
    }

    /** What is against it, in words, or null. */
    @Nullable
    String objection(Kept kept) {
        if (position > log.size() || kept.end() > Math.min(log.size(), position + 1)) {
            return "it has entry " + (kept.end() - 1) + " of the log, which had not been issued at position "
                    + position;
        }
        String unit = objectionToParts(kept);
        if (unit != null) {
            return unit;
        }
        return model.loss() == CrashModel.Loss.TAIL ? objectionInOrder(kept) : objectionToLosses(kept);
    }

    /** How many entries from the first one on were durable at a position, all of them: those before the last flush. */
    int durableEntries() {
        for (int i = position - 1; i >= 0; i--) {
            boolean barrier = model.loss() == CrashModel.Loss.TAIL
                    ? model.isBarrier(log.get(i))
                    : log.get(i) instanceof LogEntry.Flush && model.honoursFlushes();
            if (barrier) {
                return i + 1;
            }
        }
        return 0;
    }

    private @Nullable String objectionToParts(Kept kept) {
        return switch (kept) {
            case Kept.Prefix prefix ->
                prefix.sectorsOfNext() > 0 && !model.cutsInsideWrites()
                        ? "entry " + prefix.wholeEntries() + " is torn, and the model keeps or loses a write as a whole"
                        : null;
            case Kept.Selection selection -> objectionToParts(selection.parts());
        };
    }

    private @Nullable String objectionToParts(List<Kept.Part> parts) {
        for (Kept.Part part : parts) {
            boolean cut = !part.isWhole() && part.endSector() - part.firstSector() < sectors(part.entry());
            if (cut && !model.cutsInsideWrites()) {
                return "entry " + part.entry() + " is torn, and the model keeps or loses a write as a whole";
            }
            if (part.newBytes() == Kept.Part.GARBAGE && !model.leavesGarbage()) {
                return "entry " + part.entry() + " left garbage, and the model's sectors are old or new";
            }
            if (part.newBytes() % model.atomicBytes() != 0) {
                return "a sector of entry " + part.entry() + " is half written, and the model's sectors are atomic";
            }
        }
        return null;
    }

    private long sectors(int entry) {
        return WriteLog.sectorCount(log.get(entry));
    }

    /** Nothing may be there behind the first that is not. */
    private @Nullable String objectionInOrder(Kept kept) {
        int durable = durableEntries();
        boolean gap = false;
        for (int i = 0; i < kept.end(); i++) {
            LogEntry entry = log.get(i);
            long there = kept.keptSectors(i, entry);
            if (gap && there > 0) {
                return "entry " + i + " is there without one before it, and the model keeps the order";
            }
            if (there < sectors(i)) {
                gap = true;
            }
        }
        for (int i = kept.wholeEntries(); i < durable; i++) {
            if (kept.keptSectors(i, log.get(i)) < sectors(i)) {
                // What wrote the same bytes again is there all the same.
                return log.image(kept).equals(log.image(new Kept.Prefix(durable, 0)))
                        ? null
                        : "entry " + i + " is lost, and was durable at position " + position;
            }
        }
        return null;
    }

    /** What was durable by itself must be there, unless something later is in its place. */
    private @Nullable String objectionToLosses(Kept kept) {
        int durable = durableEntries();
        if (kept.wholeEntries() < durable) {
            return "entry " + kept.wholeEntries() + " is lost, and was flushed before position " + position;
        }
        for (int i = kept.wholeEntries(); i < position; i++) {
            if (isForced(log.get(i))) {
                for (int sector = 0; sector < sectors(i); sector++) {
                    if (!isKeptOrReplaced(kept, i, sector)) {
                        return "sector " + sector + " of entry " + i
                                + " is lost, and was durable once the entry was complete";
                    }
                }
            }
        }
        return null;
    }

    private boolean isForced(LogEntry entry) {
        return switch (entry) {
            case LogEntry.Write write -> write.fua() && model.honoursFua();
            case LogEntry.Discard discard -> !model.losesDiscards();
            case LogEntry.Flush flush -> false;
            case LogEntry.Mark mark -> false;
        };
    }

    private boolean isKeptOrReplaced(Kept kept, int number, int sector) {
        long at = new Pending(number, log.get(number), true).first() + sector;
        List<Kept.Part> parts = kept instanceof Kept.Selection selection ? selection.parts() : List.of();
        for (Kept.Part part : parts) {
            Pending entry = new Pending(part.entry(), log.get(part.entry()), false);
            long index = at - entry.first();
            if (part.entry() >= number
                    && index >= part.firstSector()
                    && index < Math.min(part.endSector(), sectors(part.entry()))) {
                return true;
            }
        }
        // A discard of what was zero anyway leaves no part.
        return log.get(number) instanceof LogEntry.Discard
                && log.image(kept).sector(at).isZero();
    }
}
