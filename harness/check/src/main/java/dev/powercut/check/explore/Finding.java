package dev.powercut.check.explore;

import dev.powercut.check.oracle.Evidence;
import dev.powercut.check.oracle.Grade;
import dev.powercut.check.oracle.Violation;
import dev.powercut.sim.disk.Kept;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that an oracle has against one or more crash states of a run that fail alike, with the one at the smallest position
 * as the example.
 *
 * @param oracle the oracle's name
 * @param fingerprint stable over runs: the oracle, what is wrong, and in the course of what; no numbers, names or seeds of a run
 * @param violation what is wrong with the example
 * @param stage at which stage of working through the state it showed
 * @param imageNumber the example's image among the {@link CrashStates}
 * @param cut what the example's disk had kept
 * @param position number of log entries before the cut in the example
 * @param occurrences how many distinct crash images show it
 * @param missing the write without which it shows, and with which it does not, or null when no write of the log mends it
 * @param recoveryCuts where the power failed again during recovery, the first recovery first; mostly nowhere
 */
public record Finding(
        String oracle,
        String fingerprint,
        Violation violation,
        Evidence.Stage stage,
        int imageNumber,
        CutPoint cut,
        int position,
        long occurrences,
        @Nullable MissingWrite missing,
        List<RecoveryCut> recoveryCuts) {

    public Finding {
        recoveryCuts = List.copyOf(recoveryCuts);
    }

    /** A finding without further cuts. */
    public Finding(
            String oracle,
            String fingerprint,
            Violation violation,
            Evidence.Stage stage,
            int imageNumber,
            CutPoint cut,
            int position,
            long occurrences,
            @Nullable MissingWrite missing) {
        this(oracle, fingerprint, violation, stage, imageNumber, cut, position, occurrences, missing, List.of());
    }

    /**
     * The power failed once more, during recovery.
     *
     * @param position how many of recovery's writes, flushes and discards had been issued
     * @param kept what of them reached the medium, by their numbers
     */
    public record RecoveryCut(int position, Kept kept) {}

    /**
     * The write that was missing.
     *
     * @param entry its index in the log
     * @param sectors how many of its sectors had to be there
     */
    public record MissingWrite(int entry, int sectors) {}

    Finding withMissing(@Nullable MissingWrite write) {
        return new Finding(
                oracle, fingerprint, violation, stage, imageNumber, cut, position, occurrences, write, recoveryCuts);
    }

    public Grade grade() {
        return violation.grade();
    }

    /** The same with another grade. */
    public Finding graded(Grade grade) {
        return new Finding(
                oracle,
                fingerprint,
                violation.graded(grade),
                stage,
                imageNumber,
                cut,
                position,
                occurrences,
                missing,
                recoveryCuts);
    }

    /** The same, its example another image of the crash states. */
    public Finding at(int otherImage) {
        return new Finding(
                oracle, fingerprint, violation, stage, otherImage, cut, position, occurrences, missing, recoveryCuts);
    }

    /** The same, seen once more. */
    public Finding occurringAgain() {
        return occurring(occurrences + 1);
    }

    Finding occurring(long times) {
        return new Finding(
                oracle, fingerprint, violation, stage, imageNumber, cut, position, times, missing, recoveryCuts);
    }
}
