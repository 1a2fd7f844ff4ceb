package dev.powercut.sim.schedule;

import org.jspecify.annotations.Nullable;

/** A run that should repeat another one takes another step. */
public final class DivergenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int step;

    /**
     * @param expected what the other run did, or null when it had ended
     * @param actual what this one would do, or null when it ends
     */
    DivergenceException(int step, @Nullable Step expected, @Nullable Step actual) {
        super("step " + step + " should be " + (expected == null ? "none, the run ends" : "'" + expected + "'")
                + ", but now " + (actual == null ? "the run ends" : "it would be '" + actual + "'"));
        this.step = step;
    }

    /** The first step that differs, from 0 on. */
    public int step() {
        return step;
    }
}
