package dev.powercut.bridge.logwrites;

import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Kept;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.WriteLog;
import org.jspecify.annotations.Nullable;

/**
 * A log that ends in a crash state: what was durable as it was written, then only what was kept, in the order of the log. So any state
 * becomes the end of a dm-log-writes log, for the tools of others to judge; of a device that keeps the order it is the log itself, cut
 * off.
 */
public final class CrashStateLog {

    private final WriteLog source;
    private final WriteLog result;

    private CrashStateLog(WriteLog source) {
        this.source = source;
        this.result = new WriteLog(source.base());
    }

    /** @throws IllegalArgumentException when the log does not have what is said to have been kept */
    public static WriteLog of(WriteLog log, Kept kept) {
        DiskImage image = log.image(kept);
        CrashStateLog end = new CrashStateLog(log);
        for (int i = 0; i < kept.wholeEntries(); i++) {
            end.copy(log.get(i));
        }
        switch (kept) {
            case Kept.Prefix prefix -> {
                if (prefix.sectorsOfNext() > 0) {
                    end.write(prefix.wholeEntries(), 0, prefix.sectorsOfNext(), image);
                }
            }
            case Kept.Selection selection -> {
                for (Kept.Part part : selection.parts()) {
                    end.add(part, image);
                }
            }
        }
        return end.result;
    }

    private void add(Kept.Part part, DiskImage image) {
        if (part.isWhole() && !part.isDamaged()) {
            copy(source.get(part.entry()));
        } else {
            long count = WriteLog.sectorCount(source.get(part.entry()));
            write(
                    part.entry(),
                    part.firstSector(),
                    (int) Math.min(count, part.endSector()),
                    part.isDamaged() ? image : null);
        }
    }

    private void copy(LogEntry entry) {
        long sequence = result.size();
        result.add(
                switch (entry) {
                    case LogEntry.Write write ->
                        new LogEntry.Write(sequence, write.sector(), write.contents(), write.fua(), write.cause());
                    case LogEntry.Flush flush -> new LogEntry.Flush(sequence, flush.cause());
                    case LogEntry.Discard discard ->
                        new LogEntry.Discard(sequence, discard.sector(), discard.count(), discard.cause());
                    case LogEntry.Mark mark -> new LogEntry.Mark(sequence, mark.event());
                });
    }

    /** @param damaged where the sectors' contents are to be taken from, or null when they are the entry's own */
    private void write(int entry, int first, int end, @Nullable DiskImage damaged) {
        switch (source.get(entry)) {
            case LogEntry.Write write -> {
                Sector[] contents = new Sector[end - first];
                for (int i = first; i < end; i++) {
                    contents[i - first] = damaged == null ? write.contents()[i] : damaged.sector(write.sector() + i);
                }
                result.add(new LogEntry.Write(result.size(), write.sector() + first, contents, false, write.cause()));
            }
            case LogEntry.Discard discard -> {
                if (damaged == null) {
                    result.add(new LogEntry.Discard(
                            result.size(), discard.sector() + first, end - first, discard.cause()));
                } else {
                    Sector[] contents = new Sector[end - first];
                    for (int i = first; i < end; i++) {
                        contents[i - first] = damaged.sector(discard.sector() + i);
                    }
                    result.add(new LogEntry.Write(
                            result.size(), discard.sector() + first, contents, false, discard.cause()));
                }
            }
            case LogEntry.Flush flush -> {}
            case LogEntry.Mark mark -> {}
        }
    }
}
