package dev.powercut.sim.disk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All that was written to one disk, flushed, discarded and marked, in order, from a base image on. */
public final class WriteLog {

    private final DiskImage base;
    private final List<LogEntry> entries = new ArrayList<>();

    /** @param base the contents before the first entry */
    public WriteLog(DiskImage base) {
        this.base = base;
    }

    public DiskImage base() {
        return base;
    }

    /** The same entries on another base. */
    public WriteLog on(DiskImage otherBase) {
        WriteLog log = new WriteLog(otherBase);
        log.entries.addAll(entries);
        return log;
    }

    public void add(LogEntry entry) {
        if (!entries.isEmpty() && entries.getLast().sequence() >= entry.sequence()) {
            throw new IllegalArgumentException("sequence " + entry.sequence() + " after "
                    + entries.getLast().sequence());
        }
        entries.add(entry);
    }

    /** The entries so far, as an unmodifiable view. */
    public List<LogEntry> entries() {
        return Collections.unmodifiableList(entries);
    }

    public int size() {
        return entries.size();
    }

    public LogEntry get(int index) {
        return entries.get(index);
    }

    /** What an image becomes through one entry. */
    public static DiskImage apply(DiskImage image, LogEntry entry) {
        return switch (entry) {
            case LogEntry.Write write -> image.with(write.sector(), write.contents(), 0, write.contents().length);
            case LogEntry.Discard discard -> image.withZeroes(discard.sector(), discard.count());
            case LogEntry.Flush flush -> image;
            case LogEntry.Mark mark -> image;
        };
    }

    /** How many sectors an entry writes or discards; 0 for a flush or mark. */
    public static long sectorCount(LogEntry entry) {
        return switch (entry) {
            case LogEntry.Write write -> write.contents().length;
            case LogEntry.Discard discard -> discard.count();
            case LogEntry.Flush flush -> 0;
            case LogEntry.Mark mark -> 0;
        };
    }

    /**
     * An image on which the power failed while a sector of an entry was being written.
     *
     * @param index which of the entry's sectors
     * @param newBytes what it holds, as in {@link Kept.Part}
     */
    public static DiskImage damaged(DiskImage image, LogEntry entry, int index, int newBytes) {
        return KeptImage.withPart(image, entry, new Kept.Part(0, index, index + 1, newBytes));
    }

    /**
     * The image of which just this reached the medium.
     *
     * @throws IllegalArgumentException when the log has no such entry or sector; the message says which
     */
    public DiskImage image(Kept kept) {
        return KeptImage.of(base, entries, kept);
    }
}
