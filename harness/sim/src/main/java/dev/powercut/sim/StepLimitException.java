package dev.powercut.sim;

/** Simulated code has taken more steps than any honest piece of work needs: it hangs. */
public final class StepLimitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StepLimitException(long stepLimit) {
        super("no end after " + stepLimit + " steps of its own (a step is a system call, or an access to a cache)");
    }
}
