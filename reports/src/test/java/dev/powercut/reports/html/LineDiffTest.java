package dev.powercut.reports.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LineDiffTest {
    @Property(seed = "20250101")
    void bothSidesCanBeReadFromTheDifference(
            @ForAll @NotEmpty @Size(max = 5) List<@IntRange(max = 3) Integer> before,
            @ForAll @Size(max = 5) List<@IntRange(max = 3) Integer> after) {
        LineDiff diff = LineDiff.of(words(before), words(after));
        assertEquals(words(before), side(diff, LineDiff.Change.ADDED));
        assertEquals(words(after), side(diff, LineDiff.Change.REMOVED));
    }

    @Test
    void equalLinesAreNotReportedAsChanged() {
        LineDiff diff = LineDiff.of(List.of("a", "b", "c"), List.of("a", "x", "c"));
        assertEquals(List.of(" a", "-b", "+x", " c"), signed(diff));
        assertEquals("contents, lines +1 −1", diff.words());
    }

    @Test
    void longEqualStretchesAreLeftOutAroundAChange() {
        List<String> before =
                new ArrayList<>(words(IntStream.range(0, 40).boxed().toList()));
        List<String> after = new ArrayList<>(before);
        after.set(20, "x");
        assertEquals(
                List.of(" 18 equal lines", " 18", " 19", "-20", "+x", " 21", " 22", " 17 equal lines"),
                signed(LineDiff.of(before, after)));
    }

    @Test
    void hugeContentsAreShownWithoutComparing() {
        List<String> before = Collections.nCopies(2_000, "a");
        LineDiff diff = LineDiff.of(before, before);
        assertEquals("contents, lines +2000 −2000", diff.words());
    }

    @Test
    void contentsWithNothingBeforeThemAreNotCompared() {
        LineDiff diff = LineDiff.of(List.of(), List.of("a"));
        assertFalse(diff.compared());
        assertEquals(List.of(" a"), signed(diff));
    }

    private static List<String> words(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).toList();
    }

    private static List<String> side(LineDiff diff, LineDiff.Change other) {
        return diff.lines().stream()
                .filter(line -> line.change() != other)
                .map(LineDiff.Line::text)
                .toList();
    }

    private static List<String> signed(LineDiff diff) {
        return diff.lines().stream()
                .map(line -> line.change().sign + line.text())
                .toList();
    }
}
