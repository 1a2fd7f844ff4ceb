package dev.powercut.kernel.signal;

/**
 * What comes with a signal, as siginfo_t.
 *
 * @param code why it was sent: one of those named here
 * @param processId who sent it, or for SIGCHLD which child
 * @param uid the real user of that process
 * @param value the data of sigqueue(3); for SIGCHLD the exit status, or the signal that ended, stopped or continued the child; for a
 *     signal chosen by F_SETSIG the descriptor
 * @param address where a load or store failed
 */
public record SignalInfo(int signal, int code, int processId, int uid, long value, long address) {

    /** SI_USER: kill(2). */
    public static final int USER = 0;

    /** SI_QUEUE: sigqueue(3). */
    public static final int QUEUE = -1;

    /** SI_TKILL: to one thread, by raise(3) or pthread_kill(3). */
    public static final int THREAD = -6;

    /** SI_KERNEL. */
    public static final int KERNEL = 0x80;

    /** SEGV_MAPERR, BUS_ADRERR is 2, SEGV_ACCERR is 2. */
    public static final int SEGV_MAPERR = 1;

    public static final int SEGV_ACCERR = 2;
    public static final int BUS_ADRERR = 2;

    /** Of SIGCHLD: CLD_EXITED, CLD_KILLED, CLD_STOPPED, CLD_CONTINUED. */
    public static final int CLD_EXITED = 1;

    public static final int CLD_KILLED = 2;
    public static final int CLD_STOPPED = 5;
    public static final int CLD_CONTINUED = 6;

    /** Of a signal chosen by F_SETSIG: there is something to read, or room to write. */
    public static final int POLL_IN = 1;

    public static final int POLL_OUT = 2;

    public static SignalInfo kernel(int signal) {
        return new SignalInfo(signal, KERNEL, 0, 0, 0, 0);
    }
}
