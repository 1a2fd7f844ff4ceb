package dev.powercut.bridge.replay;

import dev.powercut.check.explore.CutPoint;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.WriteLog;

/** Says in words where the power was cut. */
final class CutWords {

    private CutWords() {}

    static String of(WriteLog log, CutPoint cut, int position) {
        StringBuilder words = new StringBuilder("power cut after entry ").append(position - 1);
        if (position == 0) {
            words.setLength(0);
            words.append("power cut before entry 0");
        }
        words.append(", ");
        if (cut.wholeEntries() >= position) {
            words.append("nothing lost");
        } else {
            words.append("all lost from entry ").append(cut.wholeEntries());
            if (cut.sectorsOfNext() > 0) {
                words.append(" on but the first ").append(cut.sectorsOfNext()).append(" sectors of it");
            }
        }
        if (cut.wholeEntries() < log.size()) {
            words.append(" (").append(words(log.get(cut.wholeEntries()))).append(')');
        }
        String mark = lastMark(log, position);
        return mark.isEmpty()
                ? words.toString()
                : words.append("; last mark ").append(mark).toString();
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
