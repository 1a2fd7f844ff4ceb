package dev.powercut.campaign.cases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.powercut.campaign.config.FileFormatException;

/** Whatever the bytes of a case file are: it is a case, or it is refused with a reason. */
class CaseFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void anyBytesAreACaseOrRefused(byte[] bytes) {
        Case read;
        try {
            read = CaseFile.parse("fuzzed", bytes);
        } catch (FileFormatException refused) {
            assertTrue(refused.line() >= 0 && !refused.reason().isBlank(), refused.getMessage());
            return;
        }
        byte[] written = CaseFile.bytes(read);
        assertArrayEquals(written, CaseFile.bytes(CaseFile.parse("again", written)));
    }
}
