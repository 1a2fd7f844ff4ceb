package dev.powercut.campaign.litmus;

import dev.powercut.campaign.ReportTable;
import dev.powercut.campaign.ReportTable.Mark;
import dev.powercut.campaign.Totals;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of the litmus tests.
 *
 * @param totals of all runs
 * @param columns under what they were run
 * @param rows one for each outcome, tests in their order
 */
public record LitmusResult(Totals totals, List<LitmusColumn> columns, List<Row> rows) {

    public LitmusResult {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * One outcome of one test.
     *
     * @param question what the test asks
     * @param cells one for each column
     */
    public record Row(String test, String question, String outcome, List<Cell> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * One outcome in one column.
     *
     * @param allowed whether the declared guarantees allow it
     * @param seen in how many pairs of a recovered tree and a stretch of cuts it was seen
     */
    public record Cell(boolean allowed, long seen) {
        /** In a word or two. */
        public String words() {
            if (seen > 0) {
                return allowed ? "seen" : "SEEN, forbidden";
            }
            return allowed ? "allowed" : "forbidden";
        }
    }

    /** The table for reports. */
    public ReportTable table() {
        List<String> headings = new ArrayList<>(List.of("test", "outcome"));
        columns.forEach(column -> headings.add(column.words()));
        List<ReportTable.Row> lines = new ArrayList<>();
        for (Row row : rows) {
            List<String> cells = new ArrayList<>(List.of(row.test, row.outcome));
            row.cells.forEach(cell -> cells.add(cell.words()));
            lines.add(new ReportTable.Row(mark(row), cells));
        }
        return new ReportTable(
                "Litmus tests",
                "Outcomes after a crash: seen (and allowed by what the filesystem declares), allowed (but not seen), forbidden"
                        + " (and not seen). Which are allowed follows from the declared guarantees.",
                headings,
                lines);
    }

    private Mark mark(Row row) {
        Mark mark = Mark.GOOD;
        for (int i = 0; i < columns.size(); i++) {
            Cell cell = row.cells.get(i);
            if (!cell.allowed && cell.seen > 0) {
                if (columns.get(i).declared()) {
                    return Mark.BAD;
                }
                mark = Mark.CAUTION;
            }
        }
        return mark;
    }

    /** The table as Markdown, a line for each element. */
    public List<String> markdown() {
        ReportTable table = table();
        List<String> lines = new ArrayList<>();
        lines.add("| " + String.join(" | ", table.columns()) + " |");
        lines.add("|" + "---|".repeat(table.columns().size()));
        String before = "";
        for (ReportTable.Row row : table.rows()) {
            List<String> cells = new ArrayList<>(row.cells());
            String test = cells.getFirst();
            cells.set(0, test.equals(before) ? "" : "`" + test + "`");
            lines.add("| " + String.join(" | ", cells) + " |");
            before = test;
        }
        return lines;
    }
}
