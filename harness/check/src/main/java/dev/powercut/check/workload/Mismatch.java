package dev.powercut.check.workload;

import org.jspecify.annotations.Nullable;

/**
 * The live filesystem did something else than the model, without any crash.
 *
 * @param kind what differs
 * @param expected what the model says, in words
 * @param found what the filesystem did, in words
 * @param exception what the filesystem threw that is no error number, or null
 */
public record Mismatch(
        Step step,
        Kind kind,
        String expected,
        String found,
        @Nullable RuntimeException exception) {

    /** What differs. */
    public enum Kind {
        ERRNO("errno"),
        COUNT("count"),
        DATA("data"),
        LISTING("listing"),
        ATTRIBUTES("attributes"),
        TARGET("target"),
        EXCEPTION("exception");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Stable word for fingerprints and reports. */
        public String word() {
            return word;
        }
    }

    static Mismatch of(Step step, Result expected, Result found) {
        Kind kind = switch (expected) {
            case Result.Failed failed -> Kind.ERRNO;
            case Result.Written written -> found instanceof Result.Failed ? Kind.ERRNO : Kind.COUNT;
            case Result.Data data -> found instanceof Result.Failed ? Kind.ERRNO : Kind.DATA;
            case Result.Names names -> found instanceof Result.Failed ? Kind.ERRNO : Kind.LISTING;
            case Result.Facts facts -> found instanceof Result.Failed ? Kind.ERRNO : Kind.ATTRIBUTES;
            case Result.Target target -> found instanceof Result.Failed ? Kind.ERRNO : Kind.TARGET;
            case Result.Done done -> Kind.ERRNO;
        };
        return new Mismatch(step, kind, expected.text(), found.text(), null);
    }

    @Override
    public String toString() {
        return step + ": " + kind.word() + ": expected " + expected + ", found " + found;
    }
}
