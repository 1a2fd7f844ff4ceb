package dev.powercut.app;

import dev.powercut.campaign.litmus.LitmusColumn;
import dev.powercut.campaign.litmus.LitmusResult;
import dev.powercut.campaign.litmus.LitmusResult.Cell;
import java.io.PrintWriter;

/** Shows the outcomes of litmus tests as a table. */
final class LitmusScreen {

    private static final int TEST_WIDTH = 20;
    private static final int OUTCOME_WIDTH = 29;
    private static final int CELL_WIDTH = 18;

    private final Terminal terminal;
    private final PrintWriter out;

    LitmusScreen(Terminal terminal) {
        this.terminal = terminal;
        this.out = terminal.out();
    }

    void show(LitmusResult result) {
        StringBuilder heading = new StringBuilder(padded("litmus test", TEST_WIDTH) + padded("outcome", OUTCOME_WIDTH));
        for (LitmusColumn column : result.columns()) {
            heading.append(padded(column.words(), CELL_WIDTH));
        }
        out.println(terminal.strong(heading.toString().stripTrailing()));
        String before = "";
        for (LitmusResult.Row row : result.rows()) {
            StringBuilder line = new StringBuilder(padded(row.test().equals(before) ? "" : row.test(), TEST_WIDTH));
            line.append(padded(row.outcome(), OUTCOME_WIDTH));
            for (int i = 0; i < row.cells().size(); i++) {
                line.append(cell(row.cells().get(i), result.columns().get(i)));
            }
            out.println(line.toString().stripTrailing());
            before = row.test();
        }
        out.println();
    }

    private String cell(Cell cell, LitmusColumn column) {
        String words = padded(cell.words(), CELL_WIDTH);
        if (cell.seen() == 0) {
            return terminal.faint(words);
        }
        if (cell.allowed()) {
            return words;
        }
        return column.declared() ? terminal.bad(words) : terminal.warning(words);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
