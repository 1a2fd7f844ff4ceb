package dev.powercut.kernel.signal;

/** Signal numbers of Linux on x86-64, and what they do when nobody has said otherwise (signal(7)). */
public final class Signal {

    public static final int SIGHUP = 1;
    public static final int SIGINT = 2;
    public static final int SIGQUIT = 3;
    public static final int SIGILL = 4;
    public static final int SIGABRT = 6;
    public static final int SIGBUS = 7;
    public static final int SIGFPE = 8;
    public static final int SIGKILL = 9;
    public static final int SIGUSR1 = 10;
    public static final int SIGSEGV = 11;
    public static final int SIGUSR2 = 12;
    public static final int SIGPIPE = 13;
    public static final int SIGALRM = 14;
    public static final int SIGTERM = 15;
    public static final int SIGCHLD = 17;
    public static final int SIGCONT = 18;
    public static final int SIGSTOP = 19;
    public static final int SIGTSTP = 20;
    public static final int SIGTTIN = 21;
    public static final int SIGTTOU = 22;
    public static final int SIGURG = 23;
    public static final int SIGXCPU = 24;
    public static final int SIGXFSZ = 25;
    public static final int SIGWINCH = 28;
    public static final int SIGIO = 29;

    /** The first real-time signal that the C library leaves to programs. */
    public static final int SIGRTMIN = 34;

    public static final int SIGRTMAX = 64;

    /** What a signal does by default. */
    public enum Default {
        TERMINATE,
        IGNORE,
        STOP,
        CONTINUE
    }

    private Signal() {}

    public static Default defaultOf(int signal) {
        return switch (signal) {
            case SIGCHLD, SIGURG, SIGWINCH -> Default.IGNORE;
            case SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU -> Default.STOP;
            case SIGCONT -> Default.CONTINUE;
            default -> Default.TERMINATE;
        };
    }

    public static boolean isReal(int signal) {
        return signal >= 1 && signal <= SIGRTMAX;
    }

    /** Real-time signals queue; Linux's first two of them are the C library's own. */
    public static boolean isRealTime(int signal) {
        return signal >= 32 && signal <= SIGRTMAX;
    }

    /** Those that cannot be caught, blocked or ignored. */
    public static boolean isAbsolute(int signal) {
        return signal == SIGKILL || signal == SIGSTOP;
    }

    public static String name(int signal) {
        return switch (signal) {
            case SIGHUP -> "SIGHUP";
            case SIGINT -> "SIGINT";
            case SIGQUIT -> "SIGQUIT";
            case SIGABRT -> "SIGABRT";
            case SIGBUS -> "SIGBUS";
            case SIGKILL -> "SIGKILL";
            case SIGUSR1 -> "SIGUSR1";
            case SIGSEGV -> "SIGSEGV";
            case SIGUSR2 -> "SIGUSR2";
            case SIGPIPE -> "SIGPIPE";
            case SIGALRM -> "SIGALRM";
            case SIGTERM -> "SIGTERM";
            case SIGCHLD -> "SIGCHLD";
            case SIGCONT -> "SIGCONT";
            case SIGSTOP -> "SIGSTOP";
            case SIGIO -> "SIGIO";
            default -> "signal " + signal;
        };
    }
}
