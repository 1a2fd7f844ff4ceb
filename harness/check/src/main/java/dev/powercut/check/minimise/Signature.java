package dev.powercut.check.minimise;

import dev.powercut.check.explore.Finding;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.WriteLog;
import java.util.List;

/**
 * What must stay the same of a finding while its scenario becomes small, lest another one takes its place: who found what, and
 * where in the target it came from. A scenario is always compared with the finding that the search began with, not with
 * the latest candidate, so that many small steps do not lead away from it.
 *
 * @param oracle the oracle's name
 * @param kind what is wrong
 * @param fingerprint the finding's fingerprint
 * @param keptSites the sites that dirtied the last write which the crash state kept, the latest last; empty when unknown
 * @param missingSites the sites that dirtied the missing write, the latest last; empty when none is known
 */
public record Signature(
        String oracle, String kind, String fingerprint, List<String> keptSites, List<String> missingSites) {

    public Signature {
        keptSites = List.copyOf(keptSites);
        missingSites = List.copyOf(missingSites);
    }

    /** The signature of a finding that shows without any power cut. */
    public static Signature live(String oracle, String kind, String fingerprint) {
        return new Signature(oracle, kind, fingerprint, List.of(), List.of());
    }

    /** The signature of a finding in a log. */
    public static Signature of(WriteLog log, Finding finding) {
        Finding.MissingWrite missing = finding.missing();
        return new Signature(
                finding.oracle(),
                finding.violation().kind(),
                finding.fingerprint(),
                keptSites(log, finding.cut().kept().end()),
                missing == null ? List.of() : sites(log.get(missing.entry())));
    }

    private static List<String> keptSites(WriteLog log, int end) {
        for (int entry = end - 1; entry >= 0; entry--) {
            if (log.get(entry) instanceof LogEntry.Write) {
                return sites(log.get(entry));
            }
        }
        return List.of();
    }

    private static List<String> sites(LogEntry entry) {
        if (!(entry instanceof LogEntry.Write write)) {
            return List.of();
        }
        Cause cause = write.cause();
        return cause.dirtied().isEmpty()
                ? List.of(cause.kind().name())
                : cause.dirtied().stream().map(by -> by.site().name()).toList();
    }

    /** The site that dirtied the missing write last; empty when none is known. */
    public String missingSite() {
        return missingSites.isEmpty() ? "" : missingSites.getLast();
    }

    /**
     * Whether the other is likely of the same cause: found by the same oracle, of the same kind, and alike in course, or in a site of
     * the last write kept or of the missing one. A sector that several sites have dirtied need not be dirtied by all of them again.
     */
    public boolean resembles(Signature other) {
        return isSameSort(other)
                && (fingerprint.equals(other.fingerprint)
                        || share(keptSites, other.keptSites)
                        || share(missingSites, other.missingSites));
    }

    private static boolean share(List<String> sites, List<String> others) {
        return sites.stream().anyMatch(others::contains);
    }

    /** Whether the other is of the same oracle and kind. */
    public boolean isSameSort(Signature other) {
        return oracle.equals(other.oracle) && kind.equals(other.kind);
    }
}
