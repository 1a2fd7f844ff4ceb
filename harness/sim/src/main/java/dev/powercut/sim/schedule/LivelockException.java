package dev.powercut.sim.schedule;

/** The tasks go on and on: the bound on steps is used up. The message names what the last steps were. */
public final class LivelockException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LivelockException(String message) {
        super(message);
    }
}
