package dev.powercut.check.minimise;

import dev.powercut.check.explore.Finding;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.WriteLog;

/**
 * What must stay the same of a finding while its scenario becomes small, lest another one takes its place: who found what, and
 * where in the target it came from. A scenario is always compared with the finding that the search began with, not with
 * the latest candidate, so that many small steps do not lead away from it.
 *
 * @param oracle the oracle's name
 * @param kind what is wrong
 * @param fingerprint the finding's fingerprint
 * @param keptSite the site that dirtied the last write which the crash state kept; empty when unknown
 * @param missingSite the site that dirtied the missing write; empty when none is known
 */
public record Signature(String oracle, String kind, String fingerprint, String keptSite, String missingSite) {

    /** The signature of a finding that shows without any power cut. */
    public static Signature live(String oracle, String kind, String fingerprint) {
        return new Signature(oracle, kind, fingerprint, "", "");
    }

    /** The signature of a finding in a log. */
    public static Signature of(WriteLog log, Finding finding) {
        Finding.MissingWrite missing = finding.missing();
        return new Signature(
                finding.oracle(),
                finding.violation().kind(),
                finding.fingerprint(),
                keptSite(log, finding.cut().kept().end()),
                missing == null ? "" : site(log.get(missing.entry())));
    }

    private static String keptSite(WriteLog log, int end) {
        for (int entry = end - 1; entry >= 0; entry--) {
            if (log.get(entry) instanceof LogEntry.Write) {
                return site(log.get(entry));
            }
        }
        return "";
    }

    private static String site(LogEntry entry) {
        if (!(entry instanceof LogEntry.Write write)) {
            return "";
        }
        Cause cause = write.cause();
        return cause.dirtied().isEmpty()
                ? cause.kind().name()
                : cause.dirtied().getLast().site().name();
    }

    /** Whether the other is likely of the same cause: found by the same oracle, of the same kind, and alike in course or site. */
    public boolean resembles(Signature other) {
        return isSameSort(other)
                && (fingerprint.equals(other.fingerprint)
                        || !keptSite.isEmpty() && keptSite.equals(other.keptSite)
                        || !missingSite.isEmpty() && missingSite.equals(other.missingSite));
    }

    /** Whether the other is of the same oracle and kind. */
    public boolean isSameSort(Signature other) {
        return oracle.equals(other.oracle) && kind.equals(other.kind);
    }
}
