package dev.powercut.reports.html;

import dev.powercut.campaign.FindingReport.LogExcerpt;
import dev.powercut.campaign.FindingReport.LogLine;
import dev.powercut.campaign.FindingReport.LogLine.Entry;
import dev.powercut.campaign.FindingReport.LogLine.Fate;
import java.util.ArrayList;
import java.util.List;

/**
 * The excerpt of the log with the cut line in it.
 *
 * @param above entries before the cut
 * @param cut what stands on the line
 * @param below entries from the cut on
 */
record LogTable(LogExcerpt excerpt, List<Row> above, String cut, List<Row> below) {

    /**
     * One entry.
     *
     * @param contents what was written against what was there
     * @param open whether the contents are shown from the start: so they are for the first write that is missing
     */
    record Row(LogLine line, LineDiff contents, boolean open) {
        /** The fate as a word for people and for the style sheet. */
        String fate() {
            return switch (line.fate()) {
                case KEPT -> "kept";
                case TORN -> "torn";
                case LOST -> "lost";
            };
        }

        boolean isMark() {
            return line.entry() == Entry.MARK;
        }

        /** Which sectors, or nothing for an entry that names none. */
        String sectors() {
            long count = line.sectorCount();
            if (count == 0) {
                return "";
            }
            long first = line.firstSector();
            return count == 1 ? "sector " + first : "sectors " + first + "–" + (first + count - 1);
        }

        /** What became of the entry, with more words where it is torn. */
        String fateWords() {
            return line.fate() == Fate.TORN ? "torn: " + keptSectors() : fate();
        }

        private String keptSectors() {
            return line.keptSectors() + " of " + Numbers.count(line.sectorCount(), "sector") + " kept";
        }
    }

    static LogTable of(LogExcerpt excerpt) {
        List<Row> above = new ArrayList<>();
        List<Row> below = new ArrayList<>();
        boolean missingSeen = false;
        for (LogLine line : excerpt.lines()) {
            boolean missing = line.entry() == Entry.WRITE && line.fate() != Fate.KEPT;
            Row row = new Row(line, LineDiff.of(line.decodedBefore(), line.decoded()), missing && !missingSeen);
            missingSeen |= missing;
            (line.sequence() < excerpt.cutSequence() ? above : below).add(row);
        }
        return new LogTable(excerpt, above, cutWords(excerpt, above, below), below);
    }

    boolean isEmpty() {
        return above.isEmpty() && below.isEmpty();
    }

    private static String cutWords(LogExcerpt excerpt, List<Row> above, List<Row> below) {
        long lostAbove = above.stream()
                .filter(row -> row.line().entry() == Entry.WRITE && row.line().fate() != Fate.KEPT)
                .count();
        String kept = lostAbove == 0
                ? "above: on the disk"
                : "above: on the disk, but for " + Numbers.count(lostAbove, "write")
                        + " that no flush had made durable";
        return cutPlace(excerpt, below) + " (" + kept + "; below: lost)";
    }

    private static String cutPlace(LogExcerpt excerpt, List<Row> below) {
        if (below.isEmpty()) {
            return excerpt.omittedAfter() == 0 ? "Power cut at the end of the log" : "Power cut";
        }
        Row first = below.getFirst();
        return first.line().fate() == Fate.TORN
                ? "Power cut within entry " + first.line().sequence() + ", " + first.keptSectors()
                : "Power cut before entry " + first.line().sequence();
    }
}
