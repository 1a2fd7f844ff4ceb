package dev.powercut.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one source of everything a run does not compute.
 *
 * <p>A stream of small integers. <b>Value 0 is always the dull one</b>: no fault, no preemption, first task, shortest.
 * Streams split by key in O(1) into independent children, so that leaving out operation 17 leaves out its choices, and a
 * new consumer of choices shifts nobody else's. A child is a pure function of the base, the path of keys and the position:
 * splitting the same key twice gives the same child again, from its beginning, so split each key once.
 */
public interface Choices {

    /**
     * Draws the next value of this stream.
     *
     * @param kind what is being chosen, a stable name for traces and minimisation; it does not influence the value
     * @param bound exclusive upper bound, at least 1
     * @return a value from 0 (dull) to {@code bound - 1}
     */
    int choose(String kind, int bound);

    /** The child stream for a key, for example a subsystem's name. */
    Choices split(String key);

    /** The child stream for the {@code index}-th of a family, for example operation 17. */
    Choices split(String key, long index);

    /** The path of keys from the root, for example {@code machine/task/op[17]}; the root is the empty string. */
    String path();

    /** True in about {@code numerator} of {@code denominator} cases; false is the dull answer. */
    default boolean chance(String kind, int numerator, int denominator) {
        return choose(kind, denominator) >= denominator - numerator;
    }

    /** A value from {@code low} (dull) to {@code high}, both inclusive. */
    default int between(String kind, int low, int high) {
        return low + choose(kind, high - low + 1);
    }

    /** An index into {@code weights}, each as likely as its weight; index 0 is the dull one. */
    default int weighted(String kind, int[] weights) {
        int total = 0;
        for (int weight : weights) {
            total += weight;
        }
        int drawn = choose(kind, total);
        for (int i = 0; i < weights.length; i++) {
            drawn -= weights[i];
            if (drawn < 0) {
                return i;
            }
        }
        throw new AssertionError("weights changed while choosing");
    }

    /** Choices drawn from a seed. */
    static Choices seeded(long seed) {
        return of(new ChoiceBase.Seed(seed), List.of(), null);
    }

    /** Choices that are all dull. */
    static Choices zero() {
        return of(new ChoiceBase.Zero(), List.of(), null);
    }

    /** Choices taken from bytes in the order in which they are asked for, dull when the bytes are used up. */
    static Choices fromBytes(byte[] bytes) {
        return of(new ChoiceBase.Bytes(bytes), List.of(), null);
    }

    /**
     * The general form: a base, with single values overridden, and each draw reported to a recorder.
     *
     * @param overrides values that replace the base's; one that is not below the bound asked for is reduced modulo the bound
     * @param recorder told of each draw, or null
     */
    static Choices of(ChoiceBase base, List<ChoiceOverride> overrides, @Nullable ChoiceRecorder recorder) {
        return ChoiceStream.root(base, overrides, recorder);
    }
}
