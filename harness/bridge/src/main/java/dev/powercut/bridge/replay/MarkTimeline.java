package dev.powercut.bridge.replay;

import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.WriteLog;
import java.util.function.Predicate;

/** Which mark of some sort was the last before each position of a log. */
final class MarkTimeline {

    private final String[] texts;
    private final int[] lastMark;
    private int markCount;

    /**
     * @param counts marks that count
     * @param ends marks after which the one before no longer counts
     */
    MarkTimeline(WriteLog log, Predicate<String> counts, Predicate<String> ends) {
        texts = new String[log.size()];
        lastMark = new int[log.size() + 1];
        int last = TreeOracle.NOTHING;
        lastMark[0] = last;
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i) instanceof LogEntry.Mark mark) {
                texts[i] = mark.event().text();
                if (counts.test(texts[i])) {
                    last = i;
                    markCount++;
                } else if (ends.test(texts[i])) {
                    last = TreeOracle.NOTHING;
                }
            }
            lastMark[i + 1] = last;
        }
    }

    /** How many marks count. */
    int markCount() {
        return markCount;
    }

    /** Index in the log of the mark that counts at a position, or {@link TreeOracle#NOTHING}. */
    int at(int position) {
        return lastMark[position];
    }

    /** Text of the mark that counts at a position where there is one. */
    String textAt(int position) {
        return texts[lastMark[position]];
    }
}
