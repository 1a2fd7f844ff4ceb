package dev.powercut.campaign.cases;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of replaying a case.
 *
 * @param outcome in a word
 * @param exact whether it was the very crash state that was recorded, or what shows without one went as recorded; else the target does
 *     something else now, and all crash states of the workload were judged instead
 * @param sentence for people
 * @param hashes of this replay
 * @param shown what was found, or null when nothing was
 * @param notes in what the replay differs from what the case says, whatever came of it, a line each
 */
public record CaseResult(
        Outcome outcome,
        boolean exact,
        String sentence,
        Case.Hashes hashes,
        @Nullable Shown shown,
        List<String> notes) {

    public CaseResult {
        notes = List.copyOf(notes);
    }

    CaseResult(Outcome outcome, boolean exact, String sentence, Case.Hashes hashes, @Nullable Shown shown) {
        this(outcome, exact, sentence, hashes, shown, List.of());
    }

    /** For example {@code still found, but not where it was recorded}. */
    public String words() {
        return outcome.words() + way();
    }

    /** What is to be said behind the outcome when it is not what was recorded that shows it; else nothing. */
    public String way() {
        return exact || outcome == Outcome.STALE ? "" : ", but not where it was recorded";
    }

    /** Whether it comes out as it says, and nothing else differs from what it says. */
    public boolean isToTheLetter() {
        return outcome.isAsExpected() && exact && notes.isEmpty();
    }

    /** The outcomes. */
    public enum Outcome {
        /** The expected finding shows. */
        FOUND("still found", true),
        /** A pass was expected, and nothing is wrong. */
        PASSED("passes", true),
        /** The recorded crash state, made again, is right now: what judged or recovered it was mended. */
        NO_LONGER_FOUND("no longer found", false),
        /** Something is wrong that was not expected. */
        OTHER_FOUND("something else found", false),
        /**
         * What was recorded cannot be repeated, and nothing like it shows the finding: the target does something else now, or the
         * case was changed, or it does not say what was recorded.
         */
        STALE("stale", false);

        private final String words;
        private final boolean asExpected;

        Outcome(String words, boolean asExpected) {
            this.words = words;
            this.asExpected = asExpected;
        }

        /** For people. */
        public String words() {
            return words;
        }

        /** Whether the case comes out as it says. */
        public boolean isAsExpected() {
            return asExpected;
        }
    }

    /** The same with other notes. */
    CaseResult noting(List<String> others) {
        return new CaseResult(outcome, exact, sentence, hashes, shown, others);
    }
}
