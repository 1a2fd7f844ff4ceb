package dev.powercut.check.workload;

/**
 * The live filesystem did something else than the model, without any crash.
 *
 * @param kind stable word: {@code errno}, {@code data}, {@code listing}, {@code attributes} …
 * @param expected what the model says, in words
 * @param found what the filesystem did, in words
 */
public record Mismatch(Step step, String kind, String expected, String found) {
    @Override
    public String toString() {
        return step + ": " + kind + ": expected " + expected + ", found " + found;
    }
}
