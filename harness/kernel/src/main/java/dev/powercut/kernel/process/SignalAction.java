package dev.powercut.kernel.process;

import dev.powercut.kernel.signal.SignalInfo;

/**
 * What a process does when a signal comes, as struct sigaction.
 *
 * @param handler what to call; {@link #SIG_DFL} and {@link #SIG_IGN} are not called
 * @param mask signals that are blocked meanwhile, besides this one
 * @param flags a sum of those named here
 */
public record SignalAction(SignalHandler handler, long mask, int flags) {

    /** What the signal does by default. */
    public static final SignalHandler SIG_DFL = Standard.DEFAULT;

    /** Nothing. */
    public static final SignalHandler SIG_IGN = Standard.IGNORE;

    /** Of SIGCHLD: not when a child stops or goes on. */
    public static final int SA_NOCLDSTOP = 1;

    /** Of SIGCHLD: children leave no status. */
    public static final int SA_NOCLDWAIT = 2;

    /** Calls that the signal interrupts begin again. */
    public static final int SA_RESTART = 0x1000_0000;

    /** The signal is not blocked while its handler runs. */
    public static final int SA_NODEFER = 0x4000_0000;

    /** The handler is called once. */
    public static final int SA_RESETHAND = 0x8000_0000;

    public static final SignalAction DEFAULT = new SignalAction(SIG_DFL, 0, 0);
    public static final SignalAction IGNORE = new SignalAction(SIG_IGN, 0, 0);

    public static SignalAction handler(SignalHandler handler) {
        return new SignalAction(handler, 0, 0);
    }

    public static SignalAction restarting(SignalHandler handler) {
        return new SignalAction(handler, 0, SA_RESTART);
    }

    /** Never called. */
    private enum Standard implements SignalHandler {
        DEFAULT,
        IGNORE;

        @Override
        public void handle(UserProcess self, SignalInfo info) {
            throw new IllegalStateException("not a handler: " + this);
        }
    }

    boolean isDefault() {
        return handler == SIG_DFL;
    }

    boolean isIgnore() {
        return handler == SIG_IGN;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
