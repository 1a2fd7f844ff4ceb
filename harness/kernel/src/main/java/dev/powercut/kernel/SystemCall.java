package dev.powercut.kernel;

/**
 * The system calls, each with its name in traces and the virtual time that it takes besides what the device takes: of the order
 * that lmbench reports for Linux on a current processor. Copying costs extra, see {@link #COPY_BYTES_PER_NANO}.
 */
public enum SystemCall {
    OPEN("open", 1_500),
    CLOSE("close", 300),
    DUP("dup", 200),
    PIPE("pipe", 2_000),
    FCNTL("fcntl", 200),
    IOCTL("ioctl", 300),
    READ("read", 400),
    WRITE("write", 600),
    LSEEK("lseek", 150),
    TRUNCATE("truncate", 1_500),
    FSYNC("fsync", 1_000),
    SYNC("sync", 1_000),
    MKDIR("mkdir", 3_000),
    MKNOD("mknod", 3_000),
    RMDIR("rmdir", 2_500),
    LINK("link", 2_500),
    UNLINK("unlink", 2_500),
    SYMLINK("symlink", 3_000),
    READLINK("readlink", 700),
    RENAME("rename", 3_500),
    STAT("stat", 700),
    CHMOD("chmod", 900),
    CHOWN("chown", 900),
    UTIMENS("utimens", 900),
    READDIR("readdir", 1_200),
    STATFS("statfs", 800),
    CHDIR("chdir", 700),
    GETCWD("getcwd", 700),
    UMASK("umask", 100),
    FALLOCATE("fallocate", 1_500),
    ACCESS("access", 700),
    PATHCONF("pathconf", 700),
    SETID("setid", 200),
    EXIT("exit", 5_000),
    FORK("fork", 60_000),
    EXEC("exec", 200_000),
    WAIT("wait", 500),
    GETID("getid", 100),
    YIELD("yield", 300),
    KILL("kill", 500),
    SIGACTION("sigaction", 200),
    SIGMASK("sigmask", 200),
    SIGSUSPEND("sigsuspend", 300),
    SIGWAIT("sigwait", 300),
    SLEEP("sleep", 300),
    ALARM("alarm", 300),
    CLOCK("clock", 30),
    CLONE("clone", 10_000),
    FUTEX("futex", 300),
    MMAP("mmap", 1_500),
    MUNMAP("munmap", 1_000),
    MPROTECT("mprotect", 800),
    MREMAP("mremap", 2_000),
    MSYNC("msync", 1_000);

    /** How many bytes a processor copies in a nanosecond. */
    static final int COPY_BYTES_PER_NANO = 8;

    private final String traceKind;
    private final long costNanos;

    SystemCall(String name, long costNanos) {
        this.traceKind = "sys." + name;
        this.costNanos = costNanos;
    }

    /** What its step in the trace is called. */
    public String traceKind() {
        return traceKind;
    }

    /** Whether it begins again after any handler: nobody who waits for a mutex hears of signals. */
    public boolean isAlwaysRestarted() {
        return this == FUTEX;
    }

    /** Whether it begins again after a handler with SA_RESTART (signal(7)). */
    public boolean isRestarted() {
        return this != SIGSUSPEND && this != SIGWAIT && this != SLEEP;
    }

    /** Whether any signal that comes to it ends it, also one that does nothing but let the process go on (signal(7)). */
    public boolean isEndedByAnySignal() {
        return this == SIGWAIT;
    }

    long costNanos() {
        return costNanos;
    }
}
