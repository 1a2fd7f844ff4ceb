package dev.powercut.reports.html;

import dev.powercut.campaign.FindingReport.CauseLine;
import dev.powercut.campaign.FindingReport.LogExcerpt;
import dev.powercut.campaign.FindingReport.LogLine;
import dev.powercut.campaign.FindingReport.LogLine.Entry;
import dev.powercut.campaign.FindingReport.LogLine.Fate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The excerpt of the log in up to three stretches with a line between them: what survived; what the device had been given and
 * lost with the power, where that is all that followed; what it was never given. Under a crash model that reorders, kept and
 * lost entries stand mixed in the first stretch.
 */
record LogTable(LogExcerpt excerpt, List<Stretch> stretches) {

    /**
     * Entries and the line below them.
     *
     * @param line what stands on the line, or null where none follows
     * @param cut whether it is the line of the power cut
     */
    record Stretch(List<Row> rows, @Nullable String line, boolean cut) {}

    /**
     * One entry.
     *
     * @param contents what was written against what was there
     * @param missing whether it is the write that would have made the difference
     * @param open whether the contents are shown from the start
     */
    record Row(LogLine line, LineDiff contents, boolean missing, boolean open) {
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

        boolean isLostWrite() {
            return isMissing(line);
        }

        /** The causes by site, in the order in which the sites come first. */
        List<Site> sites() {
            Map<String, Site> sites = new LinkedHashMap<>();
            for (CauseLine cause : line.causes()) {
                sites.computeIfAbsent(cause.site(), name -> new Site(name, cause.why(), new ArrayList<>()))
                        .operations
                        .add(cause.operation());
            }
            return List.copyOf(sites.values());
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

    /**
     * A site and the operations that passed it.
     *
     * @param operations their numbers; null stands for work that no operation asked for
     */
    record Site(String name, String why, List<@Nullable Integer> operations) {}

    static LogTable of(LogExcerpt excerpt) {
        Long cut = excerpt.cutSequence();
        List<Row> rows = rows(excerpt);
        if (cut == null) {
            return new LogTable(excerpt, List.of(new Stretch(rows, null, false)));
        }
        int given = 0;
        while (given < rows.size() && rows.get(given).line.sequence() < cut) {
            given++;
        }
        int survived = survived(rows, given);
        List<Stretch> stretches = new ArrayList<>();
        if (survived < given) {
            stretches.add(new Stretch(
                    rows.subList(0, survived),
                    "Above: on the disk. Below: given to the device, lost with the power",
                    false));
        }
        stretches.add(new Stretch(
                rows.subList(survived < given ? survived : 0, given), cutWords(excerpt, rows, given, survived), true));
        stretches.add(new Stretch(rows.subList(given, rows.size()), null, false));
        return new LogTable(excerpt, stretches);
    }

    boolean isEmpty() {
        return excerpt.lines().isEmpty();
    }

    boolean hasCut() {
        return excerpt.cutSequence() != null;
    }

    private static boolean isMissing(LogLine line) {
        return line.entry() == Entry.WRITE && line.fate() != Fate.KEPT;
    }

    /** Open is the missing write, or else the first write that is not whole in the crash state. */
    private static List<Row> rows(LogExcerpt excerpt) {
        Long missing = excerpt.missingSequence();
        if (missing == null) {
            missing = excerpt.lines().stream()
                    .filter(LogTable::isMissing)
                    .findFirst()
                    .map(LogLine::sequence)
                    .orElse(null);
        }
        List<Row> rows = new ArrayList<>();
        for (LogLine line : excerpt.lines()) {
            Long sequence = line.sequence();
            rows.add(new Row(
                    line,
                    LineDiff.of(line.decodedBefore(), line.decoded()),
                    sequence.equals(excerpt.missingSequence()),
                    sequence.equals(missing)));
        }
        return rows;
    }

    /** Where the given entries that are all lost begin; the end of the given ones when none is lost, or some after it are not. */
    private static int survived(List<Row> rows, int given) {
        int first = 0;
        while (first < given && !rows.get(first).isLostWrite()) {
            first++;
        }
        for (int i = first + 1; i < given; i++) {
            Row row = rows.get(i);
            if (row.line.entry() == Entry.WRITE && !row.isLostWrite()) {
                return given;
            }
        }
        return first;
    }

    private static String cutWords(LogExcerpt excerpt, List<Row> rows, int given, int survived) {
        String place;
        if (given == rows.size()) {
            place = excerpt.omittedAfter() == 0 ? "Power cut at the end of the log" : "Power cut";
        } else {
            Row next = rows.get(given);
            String entry = Objects.toString(next.line.sequence());
            place = next.line.fate() == Fate.TORN
                    ? "Power cut within entry " + entry + ", " + next.keptSectors()
                    : "Power cut before entry " + entry;
        }
        return place + (survived < given ? " (below: never sent)" : aboveWords(rows.subList(0, given)));
    }

    private static String aboveWords(List<Row> above) {
        long lost = above.stream().filter(Row::isLostWrite).count();
        return lost == 0
                ? " (above: on the disk; below: lost)"
                : " (above: on the disk, but for " + Numbers.count(lost, "write")
                        + " that no flush had made durable; below: lost)";
    }
}
