package dev.powercut.bridge.replay;

import dev.powercut.campaign.VerdictLine;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a replay.
 *
 * @param summary what was replayed and judged, with counts, a line each; no violation is in it
 * @param verdict the last line: what was found, in one line
 * @param violations what is wrong, each sentence once; none when all is well
 * @param interrupted whether it was ended early
 */
public record ReplayResult(
        List<String> summary, String verdict, List<ReplayViolation> violations, boolean interrupted) {

    private static final int VIOLATIONS_SHOWN = 20;

    public ReplayResult {
        summary = List.copyOf(summary);
        violations = List.copyOf(violations);
    }

    /** 0 when nothing is wrong, 1 when a promise or a check is broken; 130 when it was interrupted. */
    public int exitCode() {
        return interrupted ? 130 : violations.isEmpty() ? 0 : 1;
    }

    /** The summary, the first violations, and the verdict as last line. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(summary);
        for (int i = 0; i < Math.min(VIOLATIONS_SHOWN, violations.size()); i++) {
            ReplayViolation violation = violations.get(i);
            lines.add("");
            lines.add("BROKEN  " + violation.check() + ": " + violation.sentence());
            lines.add("        " + violation.cut() + "; in " + VerdictLine.grouped(violation.occurrences())
                    + " distinct " + (violation.occurrences() == 1 ? "state" : "states") + ", image "
                    + violation.imageNumber());
            for (String line : violation.lines()) {
                lines.add("        | " + line);
            }
        }
        if (violations.size() > VIOLATIONS_SHOWN) {
            lines.add("… and " + VerdictLine.grouped(violations.size() - VIOLATIONS_SHOWN) + " more");
        }
        lines.add("");
        lines.add(verdict);
        return lines;
    }
}
