package dev.powercut.check.oracle;

import dev.powercut.sim.OperationId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Expected against found, for one path or one property of it.
 *
 * @param path path, with the property after it where the difference is about one
 * @param expected every version that is legal here, oldest first, in words
 * @param found what was found
 * @param wrong whether it is none of the legal ones; others stand around it for comparison
 * @param promisedBy the operation that promised the oldest legal version, or null
 */
public record Difference(
        String path,
        List<String> expected,
        String found,
        boolean wrong,
        @Nullable OperationId promisedBy) {
    public Difference {
        expected = List.copyOf(expected);
    }
}
