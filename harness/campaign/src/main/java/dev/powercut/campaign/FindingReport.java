package dev.powercut.campaign;

import dev.powercut.check.oracle.Grade;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a report shows of one finding.
 *
 * @param oracle which oracle says so
 * @param kind stable word for what is wrong
 * @param grade how much it weighs
 * @param sentence the finding in one sentence
 * @param promise the promise that is broken, in words
 * @param fingerprint stable over runs that fail alike: oracle, kind, and the sorts of operation that it comes down to once it is made
 *     small; before that its course
 * @param occurrences how many crash states of this run show it
 * @param cut where the power was cut, in words
 * @param operations the workload, all of it, in the order in which the operations began
 * @param log the part of the write log to show
 * @param differences what is wrong, with what stands around it for comparison
 * @param recoveryLines what recovery (fsck) said, one line each
 * @param reproduce the command line that reproduces this finding, or null for the run's
 * @param small the finding made small and explained, or null when that was not done
 * @param legality why the crash state is legal, or null when the power did not fail
 * @param interleaving who ran when, or null when there was one task
 * @param courses what was going on where it showed, each with oracle and kind: by these, one finding is told from another before they
 *     are made small, and several of them may come down to one fingerprint
 */
public record FindingReport(
        String oracle,
        String kind,
        Grade grade,
        String sentence,
        String promise,
        String fingerprint,
        long occurrences,
        String cut,
        List<OperationLine> operations,
        LogExcerpt log,
        List<DifferenceLine> differences,
        List<String> recoveryLines,
        @Nullable String reproduce,
        @Nullable SmallFinding small,
        @Nullable Legality legality,
        @Nullable Interleaving interleaving,
        List<String> courses) {

    /**
     * Why the crash state is one that the device may leave.
     *
     * @param crashModel name of the model
     * @param state what was kept, in the form that can be read back
     * @param rule which rule of the model allows it, in words
     * @param kept what was kept of what was not durable, a line each
     * @param lost what was lost, a line each
     */
    public record Legality(String crashModel, String state, String rule, List<String> kept, List<String> lost) {
        public Legality {
            kept = List.copyOf(kept);
            lost = List.copyOf(lost);
        }
    }

    public FindingReport {
        operations = List.copyOf(operations);
        differences = List.copyOf(differences);
        recoveryLines = List.copyOf(recoveryLines);
        courses = List.copyOf(courses);
    }

    /** One that has not come together with others: its fingerprint is its course. */
    public FindingReport(
            String oracle,
            String kind,
            Grade grade,
            String sentence,
            String promise,
            String fingerprint,
            long occurrences,
            String cut,
            List<OperationLine> operations,
            LogExcerpt log,
            List<DifferenceLine> differences,
            List<String> recoveryLines,
            @Nullable String reproduce,
            @Nullable SmallFinding small,
            @Nullable Legality legality,
            @Nullable Interleaving interleaving) {
        this(
                oracle,
                kind,
                grade,
                sentence,
                promise,
                fingerprint,
                occurrences,
                cut,
                operations,
                log,
                differences,
                recoveryLines,
                reproduce,
                small,
                legality,
                interleaving,
                List.of(fingerprint));
    }

    /** One without a power cut that has not been made small. */
    public FindingReport(
            String oracle,
            String kind,
            Grade grade,
            String sentence,
            String promise,
            String fingerprint,
            long occurrences,
            String cut,
            List<OperationLine> operations,
            LogExcerpt log,
            List<DifferenceLine> differences,
            List<String> recoveryLines,
            @Nullable String reproduce) {
        this(
                oracle,
                kind,
                grade,
                sentence,
                promise,
                fingerprint,
                occurrences,
                cut,
                operations,
                log,
                differences,
                recoveryLines,
                reproduce,
                null,
                null,
                null);
    }

    /** Whether no promise is broken, and the finding alone fails no run. */
    public boolean advisory() {
        return !grade.fails();
    }

    /** The same together with another of its cause. */
    public FindingReport and(FindingReport other) {
        List<String> both = new ArrayList<>(courses);
        other.courses.stream().filter(course -> !both.contains(course)).forEach(both::add);
        return with(grade, fingerprint, occurrences + other.occurrences, small, both);
    }

    /** The same, made small, by which it gets its fingerprint. */
    public FindingReport withSmall(SmallFinding found) {
        return with(grade, found.shape(), occurrences, found, courses);
    }

    /** The same, weighing more or less. */
    public FindingReport graded(Grade other) {
        return with(other, fingerprint, occurrences, small, courses);
    }

    private FindingReport with(
            Grade weight, String name, long times, @Nullable SmallFinding found, List<String> showedIn) {
        return new FindingReport(
                oracle,
                kind,
                weight,
                sentence,
                promise,
                name,
                times,
                cut,
                operations,
                log,
                differences,
                recoveryLines,
                reproduce,
                found,
                legality,
                interleaving,
                showedIn);
    }

    /**
     * One operation of the workload.
     *
     * @param number names the operation within the finding; no two have the same
     * @param actor who ran it, for example {@code process 1}; empty where only one does
     * @param text the call with its arguments
     * @param result what it returned, or its errno; empty when it did not return before the cut
     */
    public record OperationLine(int number, String actor, String text, String result, State state) {
        /** Where an operation stands at the cut. */
        public enum State {
            DONE,
            IN_FLIGHT,
            NOT_STARTED
        }
    }

    /**
     * A part of the write log, around the cut.
     *
     * @param lines without gaps, in the order of the log
     * @param cutSequence the device had been given all entries before this one when the power failed, and this one too when
     *     its fate is {@link LogLine.Fate#TORN}. What was given and not yet flushed may be lost all the same. Null when the power
     *     did not fail: what is wrong showed while the target ran
     * @param missingSequence the write that would have kept this from happening, had it been in the crash state; or null
     *     when there is none, or when it is not known
     * @param omittedBefore how many entries of the log stand before the first line
     * @param omittedAfter how many entries of the log stand after the last line
     */
    public record LogExcerpt(
            List<LogLine> lines,
            @Nullable Long cutSequence,
            @Nullable Long missingSequence,
            long omittedBefore,
            long omittedAfter) {

        public LogExcerpt {
            lines = List.copyOf(lines);
        }

        /** Without a missing write. */
        public LogExcerpt(List<LogLine> lines, @Nullable Long cutSequence, long omittedBefore, long omittedAfter) {
            this(lines, cutSequence, null, omittedBefore, omittedAfter);
        }
    }

    /**
     * One entry of the write log.
     *
     * @param text in words: {@code write FUA}, the text of a mark
     * @param firstSector of a write or discard, else 0
     * @param sectorCount of a write or discard, else 0
     * @param keptSectors how many of these sectors are in the crash state: all, none, or, of a torn write, some
     * @param kind what the block is, for example {@code inode-table}; empty for a flush and a mark
     * @param causes which operations dirtied it at which sites
     * @param trigger why it went out at that moment, for example {@code fsync}; empty for a mark
     * @param triggerOperation number of the operation that asked for it, or null when none did
     * @param decoded what was written, in words, a line each; empty when there is nothing to say
     * @param decodedBefore what was written there before, in the same words; empty when unknown
     */
    public record LogLine(
            long sequence,
            Entry entry,
            String text,
            long firstSector,
            long sectorCount,
            long keptSectors,
            Fate fate,
            String kind,
            List<CauseLine> causes,
            String trigger,
            @Nullable Integer triggerOperation,
            List<String> decoded,
            List<String> decodedBefore) {

        public LogLine {
            causes = List.copyOf(causes);
            decoded = List.copyOf(decoded);
            decodedBefore = List.copyOf(decodedBefore);
        }

        /** What it is. */
        public enum Entry {
            WRITE,
            FLUSH,
            DISCARD,
            MARK
        }

        /** What became of it. A flush or mark before the cut is kept, and lost after it. */
        public enum Fate {
            /** In the crash state. */
            KEPT,
            /** Some of its sectors are in the crash state. */
            TORN,
            /** Not in the crash state. */
            LOST
        }
    }

    /**
     * One operation dirtied the block at one site.
     *
     * @param operation its number, or null for work that no operation asked for (format, mount, recovery)
     * @param site stable name of the site
     * @param why what the site does, one sentence; may be empty
     */
    public record CauseLine(@Nullable Integer operation, String site, String why) {}

    /**
     * Expected against recovered, for one path or one property of it.
     *
     * @param path path, with the property after it where the line is about one
     * @param expected every version that is legal here, oldest first
     * @param recovered what was found
     * @param wrong whether it is none of the legal ones
     * @param promisedBy number of the operation that promised the oldest legal version, or null
     */
    public record DifferenceLine(
            String path,
            List<String> expected,
            String recovered,
            boolean wrong,
            @Nullable Integer promisedBy) {
        public DifferenceLine {
            expected = List.copyOf(expected);
        }
    }
}
