package dev.powercut.sim;

/** Told of every draw, in order; what a minimiser needs to know which choices a run made. */
@FunctionalInterface
public interface ChoiceRecorder {

    /**
     * @param stream the stream that was asked; {@link Choices#path()} names it
     * @param index position within the stream, from 0
     * @param kind what was chosen
     * @param bound the exclusive upper bound
     * @param value what was drawn
     */
    void drawn(Choices stream, int index, String kind, int bound, int value);
}
