package dev.powercut.kernel.process;

/**
 * What wait gives: which child, and its status as of waitpid(2) on Linux; process 0 when no child has changed yet.
 *
 * @param status see {@link #exited}, {@link #signaled}, {@link #stopped} and {@link #continued}
 */
public record WaitResult(int processId, int status) {

    private static final int STOPPED = 0x7F;
    private static final int CONTINUED = 0xFFFF;

    static int ofExit(int exitStatus) {
        return (exitStatus & 0xFF) << 8;
    }

    static int ofSignal(int signal) {
        return signal;
    }

    static int ofStop(int signal) {
        return signal << 8 | STOPPED;
    }

    static int ofContinue() {
        return CONTINUED;
    }

    /** Whether it ended by itself: WIFEXITED. */
    public boolean exited() {
        return (status & 0x7F) == 0;
    }

    /** WEXITSTATUS. */
    public int exitStatus() {
        return status >> 8 & 0xFF;
    }

    /** Whether a signal ended it: WIFSIGNALED. */
    public boolean signaled() {
        return (status & 0x7F) != 0 && (status & 0x7F) != STOPPED;
    }

    /** WTERMSIG. */
    public int termSignal() {
        return status & 0x7F;
    }

    /** WIFSTOPPED. */
    public boolean stopped() {
        return (status & 0xFF) == STOPPED && status != CONTINUED;
    }

    /** WSTOPSIG. */
    public int stopSignal() {
        return status >> 8 & 0xFF;
    }

    /** WIFCONTINUED. */
    public boolean continued() {
        return status == CONTINUED;
    }
}
