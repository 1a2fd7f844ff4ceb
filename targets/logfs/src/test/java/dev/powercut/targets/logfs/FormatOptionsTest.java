package dev.powercut.targets.logfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.target.FormatRequest;
import dev.powercut.targets.logfs.mkfs.MkfsOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What mkfs is asked for by {@code key=value}, and what it says to what it cannot take. */
class FormatOptionsTest {

    private static FormatRequest request(String options) {
        return new FormatRequest(8 << 20, 4096, options);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | a segment cannot have 0 bytes; without the option segment",
                "0K | a segment cannot have 0 bytes; without the option segment",
                "abc | takes a whole number, such as 4096 or 64K, not 'abc'",
                "'' | takes a whole number, such as 4096 or 64K, not ''",
                "-65536 | which -65536 bytes are not",
                "-64K | which -65536 bytes are not",
                "4096M | takes a whole number, such as 4096 or 64K, not '4096M'",
                "99999999999 | takes a whole number, such as 4096 or 64K, not '99999999999'",
                "2047M | which 2146435072 bytes are not",
                "5000 | which 5000 bytes are not"
            })
    void aSegmentThatCannotBeIsRefusedWithTheReason(String segment, String reason) {
        FormatRequest request = request("segment=" + segment);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> FormatOptions.parse(request));
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new LogfsTarget().format(request));
    }

    @Test
    void withoutTheOptionASegmentIsAsLongAsSuitsTheVolume() {
        assertEquals(
                MkfsOptions.SEGMENT_BY_SIZE,
                FormatOptions.parse(request("label=x")).segmentBytes());
        assertEquals(64 << 10, FormatOptions.parse(request("segment=64K")).segmentBytes());
    }
}
