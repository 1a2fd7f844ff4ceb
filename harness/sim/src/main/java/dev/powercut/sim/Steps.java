package dev.powercut.sim;

/**
 * Counts what simulated code does between its requests to devices (system calls, accesses to cached buffers and pages), so that
 * code which loops without asking for anything from outside is stopped at the same step each time, whatever the machine's
 * speed.
 */
public final class Steps {

    private long limit = Long.MAX_VALUE;
    private long left = Long.MAX_VALUE;

    Steps() {}

    /** From now on so many steps may be taken. */
    public void limit(long steps) {
        limit = steps;
        left = steps;
    }

    /**
     * Takes one step.
     *
     * @throws StepLimitException when there is none left
     */
    public void take() {
        if (--left < 0) {
            throw new StepLimitException(limit);
        }
    }
}
