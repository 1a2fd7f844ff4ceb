package dev.powercut.campaign.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.powercut.check.workload.ScriptException;
import dev.powercut.check.workload.ScriptWorkload;
import java.nio.charset.StandardCharsets;

/** Whatever a script says: it is a workload that is written as it was read, or it is refused with line and reason. */
class ScriptFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void anyTextIsAScriptOrRefused(byte[] bytes) {
        ScriptWorkload read;
        try {
            read = ScriptWorkload.parse("fuzzed", new String(bytes, StandardCharsets.UTF_8));
        } catch (ScriptException refused) {
            assertTrue(refused.line() >= 0, refused.getMessage());
            assertFalse(refused.reason().isBlank(), refused.getMessage());
            return;
        }
        ScriptWorkload again = ScriptWorkload.parse("again", read.text());
        assertEquals(read.steps(), again.steps());
        assertEquals(read.setUp(), again.setUp());
    }
}
