package dev.powercut.check.explore;

import dev.powercut.check.oracle.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one line, of all that a judge says, that the sentence of a violation is about. Where several things of a kind are wrong at once,
 * one of them may be mended while the others are left.
 */
final class DamageLine {

    private DamageLine() {}

    /**
     * Whether what one violation is about is wrong in another image, too, of which a judge says the same kind. A line that only changes
     * its numbers, such as a count, is the same damage; one that is gone, with one fewer of its sort, is mended.
     */
    static boolean isStillSaid(Violation violation, Violation now) {
        String line = of(violation);
        if (line == null || now.lines().contains(line)) {
            return true;
        }
        String sort = sort(line);
        return count(now.lines(), sort) >= count(violation.lines(), sort);
    }

    /** The line that the sentence quotes; null when it quotes none. */
    private static @Nullable String of(Violation violation) {
        for (String line : violation.lines()) {
            if (!line.isBlank() && violation.sentence().contains(line)) {
                return line;
            }
        }
        return null;
    }

    private static long count(List<String> lines, String sort) {
        return lines.stream().filter(line -> sort(line).equals(sort)).count();
    }

    private static String sort(String line) {
        return line.replaceAll("[0-9]+", "N");
    }
}
