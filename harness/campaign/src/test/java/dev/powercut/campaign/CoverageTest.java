package dev.powercut.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageTest {

    private static Coverage reorder(long examined, long epochs, long sampled, double bits, String largest) {
        return new Coverage(
                "reorder",
                false,
                1,
                500,
                examined,
                epochs,
                sampled,
                bits,
                largest,
                0,
                7,
                2,
                4_000,
                told(largest, bits));
    }

    private static List<Coverage.Told> told(String text, double bits) {
        return text.isEmpty() ? List.of() : List.of(new Coverage.Told(text, bits, text.endsWith("sampled")));
    }

    @Test
    void theLargestEpochsAreToldTheSampledOnesFirst() {
        List<Coverage> all = List.of();
        for (Coverage one : List.of(
                reorder(500, 12, 0, 12, "epoch 14: 4,096 of 4,096"),
                reorder(500, 3, 0, 2, "epoch 1: 4 of 4"),
                reorder(500, 3, 1, 31, "epoch 15: 10,000 of 2^31, sampled"),
                reorder(500, 3, 1, 20, "epoch 2: 10,000 of 2^20, sampled"))) {
            all = Coverage.sum(all, List.of(one));
        }
        assertEquals(
                "epoch 15: 10,000 of 2^31, sampled; epoch 2: 10,000 of 2^20, sampled; epoch 14: 4,096 of 4,096;"
                        + " 18 smaller",
                all.getFirst().epochsTold());
        assertEquals(16_000, all.getFirst().states());
    }

    @Test
    void logsThatAreAllCompleteAreCompleteTogether() {
        Coverage one = reorder(500, 12, 0, 0, "");
        List<Coverage> both = Coverage.sum(List.of(one), List.of(one));
        assertEquals("all states of 24 epochs", Coverage.words(both));
        assertEquals(
                "14 recoveries and 4 mounts shared by states alike in all that these read", Coverage.sharing(both));
    }

    @Test
    void theLargestSampledEpochOfAllLogsIsTold() {
        List<Coverage> both = Coverage.sum(
                List.of(reorder(500, 12, 1, 20, "epoch 3: 10,000 of 2^20, sampled")),
                List.of(reorder(500, 9, 2, 31, "epoch 7: 10,000 of 2^31, sampled")));
        assertEquals(
                "all states of 18 epochs, 3 more sampled (the largest: epoch 7: 10,000 of 2^31, sampled)",
                Coverage.words(both));
    }

    @Test
    void imagesLeftOutAreTold() {
        List<Coverage> both = Coverage.sum(List.of(reorder(500, 12, 0, 0, "")), List.of(reorder(100, 12, 0, 0, "")));
        assertEquals(
                "600 of the 1,000 distinct images that all states of 24 epochs gives, evenly spread",
                Coverage.words(both));
    }

    @Test
    void eachCrashModelIsToldByItself() {
        Coverage prefix = new Coverage("prefix", true, 1, 500, 500, 0, 0, 0, "", 0, 0, 0, 900, List.of());
        Coverage reorder = reorder(500, 1, 0, 0, "");
        assertEquals(
                "prefix: every prefix of each log; reorder: all states of 2 epochs",
                Coverage.words(Coverage.sum(List.of(prefix, reorder), List.of(prefix, reorder))));
    }
}
