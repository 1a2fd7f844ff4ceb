package dev.powercut.sim;

/**
 * One value of one stream, replaced.
 *
 * @param path the stream's {@link Choices#path()}
 * @param index position within that stream, from 0
 * @param value the value to give, at least 0
 */
public record ChoiceOverride(String path, int index, int value) {
    public ChoiceOverride {
        if (index < 0 || value < 0) {
            throw new IllegalArgumentException("override of " + path + ": index and value must not be negative");
        }
    }
}
