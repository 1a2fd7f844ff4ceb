package dev.powercut.kernel.process;

import org.jspecify.annotations.Nullable;

/**
 * What a process does when a signal comes, as struct sigaction.
 *
 * @param catcher what to call; null when nothing is
 * @param ignores whether the signal is ignored rather than acted upon by default, when there is nothing to call: SIG_IGN, SIG_DFL
 * @param mask signals that are blocked while the handler runs, besides this one
 * @param flags a sum of those named here
 */
public record SignalAction(@Nullable SignalHandler catcher, boolean ignores, long mask, int flags) {

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

    /** SIG_DFL. */
    public static SignalAction byDefault() {
        return new SignalAction(null, false, 0, 0);
    }

    /** SIG_IGN. */
    public static SignalAction ignore() {
        return new SignalAction(null, true, 0, 0);
    }

    /** Calls a handler; calls that wait give EINTR. */
    public static SignalAction handler(SignalHandler handler) {
        return new SignalAction(handler, false, 0, 0);
    }

    /** Calls a handler; calls that wait begin again. */
    public static SignalAction restarting(SignalHandler handler) {
        return handler(handler).with(SA_RESTART);
    }

    /** The same with further flags. */
    public SignalAction with(int more) {
        return new SignalAction(catcher, ignores, mask, flags | more);
    }

    /** The same with further signals blocked meanwhile. */
    public SignalAction blocking(long more) {
        return new SignalAction(catcher, ignores, mask | more, flags);
    }

    boolean isDefault() {
        return catcher == null && !ignores;
    }

    boolean isIgnore() {
        return catcher == null && ignores;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
