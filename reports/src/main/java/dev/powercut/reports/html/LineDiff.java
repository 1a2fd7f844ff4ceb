package dev.powercut.reports.html;

import java.util.ArrayList;
import java.util.List;

/**
 * What a write changes, line by line: a longest common subsequence, with long stretches of equal lines left out.
 *
 * @param compared whether there was anything to compare with
 */
record LineDiff(List<Line> lines, int added, int removed, boolean compared) {
    /** Equal lines that stay next to a changed one. */
    private static final int CONTEXT = 2;

    /** So many equal lines are shown anyhow. */
    private static final int FEW = 4;

    /** Above this many cells, all old lines count as removed and all new ones as added. */
    private static final int MOST_CELLS = 1_000_000;

    /** What happened to a line; {@code sign} stands before it. */
    enum Change {
        SAME(" ", "same"),
        ADDED("+", "added"),
        REMOVED("-", "removed"),
        /** In place of equal lines. */
        LEFT_OUT(" ", "left-out");

        final String sign;
        final String style;

        Change(String sign, String style) {
            this.sign = sign;
            this.style = style;
        }
    }

    /** One line. */
    record Line(Change change, String text) {}

    /** Compares; without anything in {@code before}, the lines of {@code after} are shown as they are. */
    static LineDiff of(List<String> before, List<String> after) {
        if (before.isEmpty()) {
            List<Line> lines =
                    after.stream().map(text -> new Line(Change.SAME, text)).toList();
            return new LineDiff(lines, 0, 0, false);
        }
        List<Line> lines = compare(before, after);
        return new LineDiff(leaveOutEqual(lines), count(lines, Change.ADDED), count(lines, Change.REMOVED), true);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** What the fold says before it is opened. */
    String words() {
        if (!compared) {
            return "contents";
        }
        return added + removed == 0 ? "contents, the same as before" : "contents, lines +" + added + " −" + removed;
    }

    private static int count(List<Line> lines, Change change) {
        return (int) lines.stream().filter(line -> line.change == change).count();
    }

    private static List<Line> compare(List<String> before, List<String> after) {
        int rows = before.size();
        int columns = after.size();
        boolean tooMany = (long) rows * columns > MOST_CELLS;
        int[][] longest = tooMany ? new int[0][0] : commonLengths(before, after);
        List<Line> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < rows || j < columns) {
            if (!tooMany && i < rows && j < columns && before.get(i).equals(after.get(j))) {
                lines.add(new Line(Change.SAME, after.get(j++)));
                i++;
            } else if (i < rows && (j == columns || tooMany || longest[i + 1][j] >= longest[i][j + 1])) {
                lines.add(new Line(Change.REMOVED, before.get(i++)));
            } else {
                lines.add(new Line(Change.ADDED, after.get(j++)));
            }
        }
        return lines;
    }

    /** Length of the longest common subsequence of what begins at row and column. */
    private static int[][] commonLengths(List<String> before, List<String> after) {
        int[][] longest = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                longest[i][j] = before.get(i).equals(after.get(j))
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        return longest;
    }

    private static List<Line> leaveOutEqual(List<Line> lines) {
        List<Line> kept = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            int end = at;
            while (end < lines.size() && lines.get(end).change == Change.SAME) {
                end++;
            }
            int head = at == 0 ? 0 : CONTEXT;
            int tail = end == lines.size() ? 0 : CONTEXT;
            int leftOut = end - at - head - tail;
            if (leftOut > FEW) {
                kept.addAll(lines.subList(at, at + head));
                kept.add(new Line(Change.LEFT_OUT, Numbers.count(leftOut, "equal line")));
                at = end - tail;
            }
            kept.addAll(lines.subList(at, end));
            if (end < lines.size()) {
                kept.add(lines.get(end));
            }
            at = end + 1;
        }
        return kept;
    }
}
