package dev.powercut.sim;

/** Nothing can run and no timer is set: the message names each task and what it waits for. */
public final class DeadlockException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DeadlockException(String message) {
        super(message);
    }
}
