package dev.powercut.campaign;

import dev.powercut.campaign.RunReport.OracleLine;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.oracle.Violation;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.WriteLog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The same seed gives the same: compares a recording with its repetition. */
public final class Repetition {

    public static final String ORACLE = "same-seed-same-run";
    private static final String CLAIM = "The same seed gives the same trace and the same images.";

    private Repetition() {}

    /** Where two recordings of one run differ first, in words, or null when they do not. */
    static @Nullable String difference(Recording first, Recording second) {
        if (!first.log().base().equals(second.log().base())) {
            return "formatted twice, the images have the hashes "
                    + first.log().base().hash() + " and " + second.log().base().hash();
        }
        String inLogs = difference(first.log(), second.log());
        if (inLogs != null) {
            return inLogs;
        }
        return first.traceHash() == second.traceHash()
                ? null
                : "the logs are equal, the traces are not: " + Long.toHexString(first.traceHash()) + " and "
                        + Long.toHexString(second.traceHash());
    }

    private static @Nullable String difference(WriteLog first, WriteLog second) {
        DiskImage mine = first.base();
        DiskImage others = second.base();
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            LogEntry entry = first.get(i);
            LogEntry other = second.get(i);
            mine = WriteLog.apply(mine, entry);
            others = WriteLog.apply(others, other);
            if (entry.getClass() != other.getClass() || !mine.equals(others)) {
                return "log entry " + i + " is " + words(entry) + " the first time and " + words(other) + " the second";
            }
        }
        return first.size() == second.size()
                ? null
                : "the log has " + first.size() + " entries the first time and " + second.size() + " the second";
    }

    private static String words(LogEntry entry) {
        return switch (entry) {
            case LogEntry.Write write -> "a " + write;
            case LogEntry.Flush flush -> "a flush";
            case LogEntry.Discard discard -> "a discard at " + discard.sector();
            case LogEntry.Mark mark -> "the mark '" + mark.event().text() + "'";
        };
    }

    static Violation violation(String difference) {
        return new Violation(
                "nondeterminism",
                "the same seed does not give the same run: " + difference,
                "a run is a pure function of its configuration",
                List.of(difference));
    }

    static OracleLine line(boolean repeated, @Nullable String difference) {
        return new OracleLine(ORACLE, CLAIM, repeated ? 1 : 0, difference == null ? 0 : 1);
    }
}
