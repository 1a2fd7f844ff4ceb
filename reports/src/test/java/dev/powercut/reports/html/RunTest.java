package dev.powercut.reports.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RunTest {
    @Property(seed = "20250102")
    void runsPutTogetherGiveTheText(
            @ForAll @StringLength(max = 6) @CharRange(from = 'a', to = 'b') String head,
            @ForAll @StringLength(min = 1, max = 5) String unit,
            @ForAll @IntRange(max = 80) int count) {
        String text = head + unit.repeat(count) + head;
        StringBuilder all = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            Run run = Run.at(text, at);
            all.append(run.unit().repeat(run.count()));
            at += run.length();
        }
        assertEquals(text, all.toString());
    }

    @Test
    void onlyLongRunsAreCounted() {
        assertEquals(new Run("t", 24), Run.at("t".repeat(24), 0));
        assertEquals(new Run("t", 1), Run.at("t".repeat(23), 0));
        assertEquals(new Run("long-name-", 7), Run.at("long-name-".repeat(7) + "x", 0));
        assertEquals(new Run("l", 1), Run.at("long-name-".repeat(6), 0));
    }

    @Test
    void aHexDumpKeepsItsColumns() {
        assertEquals(new Run("0", 1), Run.at("00 ".repeat(16), 0));
    }

    @Test
    void aPairOfSurrogatesStaysWhole() {
        assertEquals(new Run("😀", 24), Run.at("😀".repeat(24), 0));
        String text = "\uDE00a\uD83D".repeat(30);
        assertEquals(new Run("\uDE00", 1), Run.at(text, 0));
        assertEquals(new Run("a\uD83D\uDE00", 29), Run.at(text, 1));
    }
}
