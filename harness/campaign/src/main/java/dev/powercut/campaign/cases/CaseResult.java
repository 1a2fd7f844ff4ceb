package dev.powercut.campaign.cases;

import org.jspecify.annotations.Nullable;

/**
 * What came of replaying a case.
 *
 * @param outcome in a word
 * @param exact whether it was the very crash state that was recorded; else the target writes something else now, and all
 *     crash states of the workload were judged instead
 * @param sentence for people
 * @param hashes of this replay
 * @param shown what was found, or null when nothing was
 */
public record CaseResult(
        Outcome outcome,
        boolean exact,
        String sentence,
        Case.Hashes hashes,
        @Nullable Shown shown) {

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
        /** The target writes something else now, and none of the crash states of the workload shows the finding. */
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

    /** The same with something more at the end of its sentence. */
    CaseResult adding(String words) {
        return new CaseResult(outcome, exact, sentence + words, hashes, shown);
    }
}
