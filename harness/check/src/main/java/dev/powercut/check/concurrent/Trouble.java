package dev.powercut.check.concurrent;

import java.util.List;

/**
 * What is wrong with a run.
 *
 * @param kind a stable word, such as {@code deadlock} or {@code not-linearisable}, with the target's own word behind a slash where
 *     it has one
 * @param sentence one line for people
 * @param lines all there is to show, a line each
 */
public record Trouble(String kind, String sentence, List<String> lines) {

    public Trouble {
        lines = List.copyOf(lines);
    }

    /** Whether this is the same sort of trouble, whatever the target says about it. */
    public boolean isSameSort(Trouble other) {
        return sort(kind).equals(sort(other.kind));
    }

    private static String sort(String kind) {
        int slash = kind.indexOf('/');
        return slash < 0 ? kind : kind.substring(0, slash);
    }

    @Override
    public String toString() {
        return kind + ": " + sentence;
    }
}
