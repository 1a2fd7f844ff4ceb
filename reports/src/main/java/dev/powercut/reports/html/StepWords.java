package dev.powercut.reports.html;

import java.util.ArrayList;
import java.util.List;

/** The steps of a turn as a page lists them: what is done several times in a row stands once, and the middle of a long turn is left out. */
final class StepWords {

    private static final int SHOWN_AT_EACH_END = 5;

    private StepWords() {}

    static List<String> of(List<String> steps) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < steps.size(); ) {
            int to = from + 1;
            while (to < steps.size() && steps.get(to).equals(steps.get(from))) {
                to++;
            }
            lines.add(steps.get(from) + (to - from == 1 ? "" : " ×" + (to - from)));
            from = to;
        }
        int hidden = lines.size() - 2 * SHOWN_AT_EACH_END;
        if (hidden <= 1) {
            return lines;
        }
        List<String> ends = new ArrayList<>(lines.subList(0, SHOWN_AT_EACH_END));
        ends.add("… " + hidden + " more …");
        ends.addAll(lines.subList(lines.size() - SHOWN_AT_EACH_END, lines.size()));
        return ends;
    }
}
