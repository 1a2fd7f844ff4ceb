package dev.powercut.reports.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepWordsTest {

    @Test
    void whatIsDoneSeveralTimesInARowStandsOnce() {
        assertEquals(
                List.of("start", "lock ext2 ×3", "lock inode 2", "lock ext2"),
                StepWords.of(List.of("start", "lock ext2", "lock ext2", "lock ext2", "lock inode 2", "lock ext2")));
    }

    @Test
    void theMiddleOfALongTurnIsCounted() {
        List<String> steps =
                IntStream.range(0, 13).mapToObj(i -> "lock inode " + i).toList();
        List<String> words = StepWords.of(steps);
        assertEquals(11, words.size());
        assertEquals("lock inode 4", words.get(4));
        assertEquals("… 3 more …", words.get(5));
        assertEquals("lock inode 8", words.get(6));
    }
}
