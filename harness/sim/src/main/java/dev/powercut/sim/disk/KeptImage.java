package dev.powercut.sim.disk;

import dev.powercut.sim.Mixing;
import java.util.List;

/** Makes the image of what was kept. */
final class KeptImage {

    private KeptImage() {}

    static DiskImage of(DiskImage base, List<LogEntry> entries, Kept kept) {
        if (kept.end() > entries.size()) {
            throw new IllegalArgumentException("the log has " + entries.size() + " entries, not the " + kept.end()
                    + " of the crash state '" + kept.text() + "'");
        }
        DiskImage image = base;
        for (int i = 0; i < kept.wholeEntries(); i++) {
            image = WriteLog.apply(image, entries.get(i));
        }
        return switch (kept) {
            case Kept.Prefix prefix ->
                prefix.sectorsOfNext() == 0 ? image : withFront(image, entries, prefix.end() - 1, prefix);
            case Kept.Selection selection -> withParts(image, entries, selection);
        };
    }

    private static DiskImage withFront(DiskImage image, List<LogEntry> entries, int number, Kept.Prefix prefix) {
        Kept.Part front = new Kept.Part(number, 0, prefix.sectorsOfNext(), Sector.BYTES);
        return withPart(image, entries.get(number), front);
    }

    static DiskImage withParts(DiskImage base, List<LogEntry> entries, Kept.Selection selection) {
        DiskImage image = base;
        for (Kept.Part part : selection.parts()) {
            image = withPart(image, entries.get(part.entry()), part);
        }
        return image;
    }

    static DiskImage withPart(DiskImage image, LogEntry entry, Kept.Part part) {
        if (part.isWhole() && !part.isDamaged()) {
            return WriteLog.apply(image, entry);
        }
        long count = WriteLog.sectorCount(entry);
        long end = part.endSector() == Kept.Part.WHOLE ? count : part.endSector();
        if (part.firstSector() >= count || end > count) {
            throw new IllegalArgumentException("entry " + part.entry() + " has " + count + " sectors, so none numbered "
                    + Math.max(part.firstSector(), end - 1));
        }
        DiskImage result = image;
        for (int i = part.firstSector(); i < end; i++) {
            long at = sectorOf(entry) + i;
            result = result.with(at, written(result.sector(at), contents(entry, i), at, part.newBytes()));
        }
        return result;
    }

    private static long sectorOf(LogEntry entry) {
        return switch (entry) {
            case LogEntry.Write write -> write.sector();
            case LogEntry.Discard discard -> discard.sector();
            case LogEntry.Flush flush -> 0;
            case LogEntry.Mark mark -> 0;
        };
    }

    private static Sector contents(LogEntry entry, int index) {
        return entry instanceof LogEntry.Write write ? write.contents()[index] : Sector.ZERO;
    }

    /**
     * What a sector holds of which a part was written.
     *
     * @param newBytes as in {@link Kept.Part}
     */
    static Sector written(Sector before, Sector after, long number, int newBytes) {
        if (newBytes == Sector.BYTES) {
            return after;
        }
        byte[] bytes = new byte[Sector.BYTES];
        if (newBytes == Kept.Part.GARBAGE) {
            long state = after.hashLow ^ number;
            for (int i = 0; i < Sector.BYTES; i++) {
                if (i % Long.BYTES == 0) {
                    state = Mixing.mix(state + i);
                }
                bytes[i] = (byte) (state >>> 8 * (i % Long.BYTES));
            }
            return Sector.copyOf(bytes, 0);
        }
        before.copyTo(bytes, 0);
        byte[] fresh = new byte[Sector.BYTES];
        after.copyTo(fresh, 0);
        System.arraycopy(fresh, 0, bytes, 0, newBytes);
        return Sector.copyOf(bytes, 0);
    }
}
