package dev.powercut.kernel.wait;

/** A signal has come to a task that waited; what it was about to do has not begun. */
public final class InterruptedWait extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InterruptedWait() {
        super("a signal cut the wait short", null, false, false);
    }
}
