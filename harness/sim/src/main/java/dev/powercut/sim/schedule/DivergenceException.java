package dev.powercut.sim.schedule;

import org.jspecify.annotations.Nullable;

/** A run that should repeat another one takes another step. */
public final class DivergenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int step;

    /** @param expected what the other run did, or null when it had ended */
    DivergenceException(int step, @Nullable Step expected, Step actual) {
        super("step " + step + " should be " + (expected == null ? "none, the run ends" : "'" + expected + "'")
                + ", but now it would be '" + actual + "'");
        this.step = step;
    }

    /** The first step that differs, from 0 on. */
    public int step() {
        return step;
    }
}
