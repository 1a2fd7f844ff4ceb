package dev.powercut.campaign;

import dev.powercut.sim.disk.Kept;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.WriteLog;

/** Says what a crash state kept and lost, as the end of a sentence. */
final class KeptWords {

    private KeptWords() {}

    static String of(WriteLog log, Kept kept, int position) {
        return switch (kept) {
            case Kept.Prefix prefix -> of(prefix, position);
            case Kept.Selection selection -> of(log, selection, position);
        };
    }

    private static String of(Kept.Prefix kept, int position) {
        if (kept.sectorsOfNext() > 0) {
            return "; the write of entry " + kept.wholeEntries() + " was torn after " + kept.sectorsOfNext()
                    + " sectors";
        }
        if (position > kept.wholeEntries()) {
            return "; unflushed writes from entry " + kept.wholeEntries() + " on were lost";
        }
        return "; every write before the cut was kept";
    }

    private static String of(WriteLog log, Kept.Selection kept, int position) {
        int writes = 0;
        int lost = 0;
        int torn = 0;
        for (int i = kept.wholeEntries(); i < Math.max(position, kept.end()); i++) {
            LogEntry entry = log.get(i);
            long all = WriteLog.sectorCount(entry);
            if (all > 0) {
                long there = kept.keptSectors(i, entry);
                writes++;
                lost += there == 0 ? 1 : 0;
                torn += there > 0 && there < all ? 1 : 0;
            }
        }
        return "; of " + writes + " unflushed writes " + lost + (lost == 1 ? " was" : " were") + " lost"
                + (torn == 0 ? "" : " and " + torn + " torn");
    }
}
