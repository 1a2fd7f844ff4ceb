package dev.powercut.check.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WrittenDataTest {

    @Test
    void unitIsPrintable() {
        byte[] bytes = new byte[16];
        WrittenData.fill(42, 0x1000, bytes, 0, 16);
        assertEquals("0002a@000000100\n", new String(bytes, StandardCharsets.US_ASCII));
    }

    @Property(tries = 300, seed = "1")
    void eachUnitTellsItsStepAndPlace(
            @ForAll @IntRange(max = WrittenData.MAX_STEP) int step,
            @ForAll @LongRange(max = (1L << 40) - 4096) long offset,
            @ForAll @IntRange(max = 100) int length) {
        byte[] bytes = new byte[length + 7];
        WrittenData.fill(step, offset, bytes, 7, length);
        for (int at = 7; at + 16 <= bytes.length; at++) {
            boolean aligned = (offset + at - 7) % 16 == 0;
            assertEquals(aligned ? step : -1, WrittenData.stepOf(bytes, at));
            assertEquals(aligned ? offset + at - 7 : -1, WrittenData.offsetOf(bytes, at));
        }
        for (int at = 7; at < bytes.length; at++) {
            assertTrue(bytes[at] != 0);
        }
    }

    @Property(tries = 100, seed = "2")
    void piecesAreThoseOfTheWhole(@ForAll @IntRange(max = 500) int from, @ForAll @IntRange(max = 500) int length) {
        byte[] whole = new byte[1000];
        WrittenData.fill(7, 3, whole, 0, 1000);
        byte[] piece = new byte[length];
        WrittenData.fill(7, 3 + from, piece, 0, length);
        assertArrayEquals(Arrays.copyOfRange(whole, from, from + length), piece);
    }

    @Test
    void placesBeyondTheLargestHaveNoData() {
        assertThrows(IllegalArgumentException.class, () -> WrittenData.fill(1, 1L << 40, new byte[1], 0, 1));
        assertEquals(-1, WrittenData.stepOf(new byte[15], 0));
    }
}
