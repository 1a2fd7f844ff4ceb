package dev.powercut.check.oracle;

import java.util.List;

/**
 * What an oracle has against one crash state.
 *
 * @param grade how much it weighs
 * @param kind stable word for what is wrong, without names or numbers of this run
 * @param sentence what is wrong, for people: a clause that can stand alone
 * @param promise the promise that is broken, in words
 * @param lines what the judge said in full: lines of fsck, a stack
 * @param differences expected against found, where there is something to compare
 * @param operations numbers of the steps of the workload that matter to it, where that is known
 */
public record Violation(
        Grade grade,
        String kind,
        String sentence,
        String promise,
        List<String> lines,
        List<Difference> differences,
        List<Integer> operations) {

    public Violation {
        lines = List.copyOf(lines);
        differences = List.copyOf(differences);
        operations = List.copyOf(operations);
    }

    /** A broken promise with nothing to compare. */
    public Violation(String kind, String sentence, String promise, List<String> lines) {
        this(Grade.BROKEN_PROMISE, kind, sentence, promise, lines);
    }

    /** One with nothing to compare. */
    public Violation(Grade grade, String kind, String sentence, String promise, List<String> lines) {
        this(grade, kind, sentence, promise, lines, List.of(), List.of());
    }

    /** The same with another grade. */
    public Violation graded(Grade other) {
        return new Violation(other, kind, sentence, promise, lines, differences, operations);
    }
}
