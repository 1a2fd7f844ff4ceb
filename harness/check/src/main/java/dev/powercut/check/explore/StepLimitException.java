package dev.powercut.check.explore;

/** A target has asked its device for more than any honest piece of work needs: it hangs. */
public final class StepLimitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StepLimitException(long stepLimit) {
        super("no end after " + stepLimit + " steps of its device (a step is a request, or a sector of one)");
    }
}
