package dev.powercut.campaign;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of a report, in words: cases that were replayed, sites that were audited, defects that were found …
 *
 * @param title heading, unique in the report
 * @param text what the table says and how to read it, a sentence or two; may be empty
 * @param columns headings of the columns; the first names what a row is about
 * @param rows may be none
 * @param plot what goes above the rows, or null
 */
public record ReportTable(
        String title,
        String text,
        List<String> columns,
        List<Row> rows,
        @Nullable ReportPlot plot) {

    /** A table without a plot. */
    public ReportTable(String title, String text, List<String> columns, List<Row> rows) {
        this(title, text, columns, rows, null);
    }

    public ReportTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (Row row : rows) {
            if (row.cells.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "table '" + title + "': row " + row.cells + " does not fit the columns " + columns);
            }
        }
    }

    /** What a row says of its subject. */
    public enum Mark {
        /** As it should be. */
        GOOD,
        /** Wrong: the run fails for it. */
        BAD,
        /** Worth a look, but no failure. */
        CAUTION,
        /** Neither. */
        NONE
    }

    /**
     * One row.
     *
     * @param cells as many as there are columns
     */
    public record Row(Mark mark, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }

        public static Row of(Mark mark, String... cells) {
            return new Row(mark, List.of(cells));
        }
    }
}
