package dev.powercut.sim;

/** Where the values of {@link Choices} come from before single ones are overridden. */
public sealed interface ChoiceBase {

    /** Pseudo-random values, a pure function of seed, path and position. */
    record Seed(long seed) implements ChoiceBase {}

    /** Every choice is the dull one. */
    record Zero() implements ChoiceBase {}

    /**
     * Values read off bytes, in the order of asking over all streams (one byte for a bound up to 256, two up to 65,536, else
     * four); dull when they are used up. This is the base for fuzzers, which mutate bytes.
     */
    record Bytes(byte[] bytes) implements ChoiceBase {}
}
