package dev.powercut.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class TraceTest {

    @Test
    void sameStepsGiveTheSameHashInEveryRelease() {
        // Printed in verdict lines, and compared with those of saved cases.
        Trace trace = new Trace();
        trace.step("write", 17, -3);
        trace.step("open", "/a/b", 2);
        assertEquals("bd066c2dba19825d", trace.hex());
        assertEquals(2, trace.steps());
    }

    @Test
    void everyFactOfAStepAndTheOrderOfStepsMatter() {
        Trace base = trace("a", 1, 2, "b", 3, 4);
        assertEquals(base.hash(), trace("a", 1, 2, "b", 3, 4).hash());
        assertNotEquals(base.hash(), trace("x", 1, 2, "b", 3, 4).hash());
        assertNotEquals(base.hash(), trace("a", 9, 2, "b", 3, 4).hash());
        assertNotEquals(base.hash(), trace("a", 1, 9, "b", 3, 4).hash());
        assertNotEquals(base.hash(), trace("a", 2, 1, "b", 3, 4).hash());
        assertNotEquals(base.hash(), trace("b", 3, 4, "a", 1, 2).hash());
        assertNotEquals(new Trace().hash(), base.hash());
    }

    private static Trace trace(String kind, long first, long second, String kind2, long first2, long second2) {
        Trace trace = new Trace();
        trace.step(kind, first, second);
        trace.step(kind2, first2, second2);
        return trace;
    }
}
