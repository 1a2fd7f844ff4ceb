package dev.powercut.campaign;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a report shows of a run, in words and numbers: no simulation objects, so that a format needs to know nothing of
 * targets.
 *
 * @param title for example {@code ext2, seed 1, prefix}
 * @param verdict the last line of the run's summary
 * @param reproduce the command line that repeats the run exactly
 * @param facts what was run and counted, in the order in which to show it
 * @param findings none when nothing was found
 * @param findingsOmitted how many more findings of the same fingerprints there were
 */
public record RunReport(
        String title,
        String verdict,
        String reproduce,
        List<Fact> facts,
        List<FindingReport> findings,
        long findingsOmitted) {

    /** A name and a value, for a table. */
    public record Fact(String name, String value) {}

    /** One line of the workload. */
    public record OperationLine(int number, String text, String result, State state) {
        /** Where an operation stands at the cut. */
        public enum State {
            DONE,
            IN_FLIGHT,
            NOT_STARTED
        }
    }

    /**
     * One write, flush or mark near the cut.
     *
     * @param kept whether it had reached the disk in the crash state
     * @param kind what the block is, for example {@code inode-table}
     * @param causes which operations dirtied it at which sites, and what triggered the write
     * @param decoded what was written, in words
     */
    public record LogLine(
            long sequence, String text, boolean kept, String kind, List<String> causes, List<String> decoded) {}

    /** Expected against recovered, for one path. */
    public record DifferenceLine(String path, String expected, String recovered, boolean wrong) {}

    /**
     * One finding.
     *
     * @param oracle which oracle says so
     * @param kind stable word for what is wrong
     * @param sentence the finding in one sentence
     * @param promise the promise that is broken, in words
     * @param fingerprint stable over runs that fail alike
     * @param occurrences how many crash states of this run show it
     * @param cut where the power was cut, in words
     * @param recoveryLines what fsck said, one line each
     * @param reproduce the command line that reproduces this finding, or null for the run's
     */
    public record FindingReport(
            String oracle,
            String kind,
            String sentence,
            String promise,
            String fingerprint,
            long occurrences,
            String cut,
            List<OperationLine> operations,
            List<LogLine> log,
            List<DifferenceLine> differences,
            List<String> recoveryLines,
            @Nullable String reproduce) {}
}
