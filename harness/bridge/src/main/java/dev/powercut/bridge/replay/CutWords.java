package dev.powercut.bridge.replay;

import dev.powercut.check.explore.CutPoint;
import dev.powercut.sim.disk.Kept;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.WriteLog;

/** Says in words where the power was cut. */
final class CutWords {

    private CutWords() {}

    /**
     * @param cut how the disk's contents came about
     * @param position number of entries before the cut
     */
    static String of(WriteLog log, CutPoint cut, int position) {
        StringBuilder words = new StringBuilder("power cut ");
        words.append(position == 0 ? "before entry 0" : "after entry " + (position - 1));
        words.append(", with the disk as ");
        words.append(
                switch (cut.kept()) {
                    case Kept.Prefix prefix -> words(log, prefix);
                    case Kept.Selection selection -> words(selection);
                });
        String mark = lastMark(log, position);
        return mark.isEmpty()
                ? words.toString()
                : words.append("; last mark ").append(mark).toString();
    }

    private static String words(WriteLog log, Kept.Prefix kept) {
        if (kept.sectorsOfNext() > 0) {
            return kept.sectorsOfNext() + (kept.sectorsOfNext() == 1 ? " sector" : " sectors") + " of entry "
                    + kept.wholeEntries() + " (" + words(log.get(kept.wholeEntries())) + ") left it";
        }
        return kept.wholeEntries() == 0 ? "it was before entry 0" : "entry " + (kept.wholeEntries() - 1) + " left it";
    }

    private static String words(Kept.Selection kept) {
        return "the last flush left it and some of what was written since (" + kept.text() + ")";
    }

    private static String words(LogEntry entry) {
        return switch (entry) {
            case LogEntry.Write write -> "write of " + write.contents().length + " sectors at " + write.sector();
            case LogEntry.Flush flush -> "flush";
            case LogEntry.Discard discard -> "discard of " + discard.count() + " sectors at " + discard.sector();
            case LogEntry.Mark mark -> "mark";
        };
    }

    private static String lastMark(WriteLog log, int position) {
        for (int i = position - 1; i >= 0; i--) {
            if (log.get(i) instanceof LogEntry.Mark mark) {
                return mark.event().text();
            }
        }
        return "";
    }
}
