package dev.powercut.campaign;

import dev.powercut.campaign.ReportTable.Mark;
import dev.powercut.campaign.RunReport.Exploration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The last line of a run: the verdict, counts of workloads, states and distinct states, and the trace hash. */
public final class VerdictLine {

    private VerdictLine() {}

    /** The verdict of a report whose own is not made yet. */
    public static String of(RunReport report, boolean interrupted) {
        String found = found(report);
        String word = interrupted ? "INTERRUPTED, " : fails(report) ? "FAIL: " : "PASS: ";
        return word + found + " in " + explored(report.exploration());
    }

    /** How much was explored: counts of workloads, states and distinct states, and the trace hash. */
    public static String explored(Exploration exploration) {
        return counted(exploration.workloads(), "workload") + ", "
                + counted(exploration.crashStates(), "crash state") + ", " + grouped(exploration.distinctStates())
                + " distinct; trace " + exploration.traceHash();
    }

    /** Whether there is a finding that fails the run, or a row of a table that does. */
    public static boolean fails(RunReport report) {
        return report.failing() > 0 || badRows(report) > 0;
    }

    /** What was found, in a few words. */
    public static String found(RunReport report) {
        List<String> found = new ArrayList<>();
        if (report.failing() > 0) {
            found.add(counted(report.failing(), "finding"));
        }
        for (ReportTable table : report.tables()) {
            long bad = bad(table);
            if (bad > 0) {
                found.add(table.title().toLowerCase(Locale.ROOT) + ": " + bad + " of "
                        + table.rows().size() + " wrong");
            }
        }
        if (report.known() > 0) {
            found.add(counted(report.known(), "known finding"));
        }
        if (found.isEmpty() && report.advisories() > 0) {
            found.add("no promise broken");
        }
        if (report.advisories() > 0) {
            found.add(grouped(report.advisories()) + (report.advisories() == 1 ? " advisory" : " advisories"));
        }
        return found.isEmpty() ? "nothing found" : String.join(", ", found);
    }

    private static long badRows(RunReport report) {
        return report.tables().stream().mapToLong(VerdictLine::bad).sum();
    }

    private static long bad(ReportTable table) {
        return table.rows().stream().filter(row -> row.mark() == Mark.BAD).count();
    }

    /** A number with its noun, such as {@code 1,904 crash states}. */
    public static String counted(long count, String noun) {
        return counted(count, noun, noun + "s");
    }

    /** The same of a noun whose plural has no plain s. */
    public static String counted(long count, String noun, String plural) {
        return grouped(count) + " " + (count == 1 ? noun : plural);
    }

    /** A number as people read it. */
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
