package dev.powercut.bridge.replay;

import java.util.List;

/**
 * Something that is wrong with one or more crash states in the same words, with the earliest as the example.
 *
 * @param check who says so: {@code fsck}, {@code marks}, {@code git}, the name of a command …
 * @param sentence what is wrong
 * @param cut where the power was cut in the example, in words
 * @param imageNumber the example among the distinct crash images, from 0
 * @param occurrences how many distinct crash images show it
 * @param lines more about the example, such as what fsck said; may be empty
 */
public record ReplayViolation(
        String check, String sentence, String cut, int imageNumber, long occurrences, List<String> lines) {

    public ReplayViolation {
        lines = List.copyOf(lines);
    }

    ReplayViolation occurringOnceMore() {
        return new ReplayViolation(check, sentence, cut, imageNumber, occurrences + 1, lines);
    }
}
