package dev.powercut.kernel.signal;

/** Sets of signals, as sigset_t: bit {@code n - 1} of a long is signal n. */
public final class SignalSet {

    public static final long EMPTY = 0;
    public static final long FULL = -1L;

    /** What no mask can block. */
    public static final long ABSOLUTE = bit(Signal.SIGKILL) | bit(Signal.SIGSTOP);

    private SignalSet() {}

    private static long bit(int signal) {
        return 1L << signal - 1;
    }

    public static long of(int... signals) {
        long set = EMPTY;
        for (int signal : signals) {
            set |= bit(signal);
        }
        return set;
    }

    public static boolean contains(long set, int signal) {
        return (set & bit(signal)) != 0;
    }
}
