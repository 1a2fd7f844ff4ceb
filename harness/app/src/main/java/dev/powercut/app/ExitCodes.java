package dev.powercut.app;

/** Exit codes of all commands but fsck, which has those of e2fsck. */
final class ExitCodes {

    static final int NOTHING_FOUND = 0;
    static final int FINDINGS = 1;

    /** Wrong usage or input; the message says which and how to mend it. */
    static final int USAGE = 2;

    /** The harness itself failed, nondeterminism included. */
    static final int HARNESS_FAILED = 3;

    /** 128 and the number of SIGINT. */
    static final int INTERRUPTED = 130;

    /**
     * 128 and the number of SIGPIPE: who read what a command shows has gone, as {@code head} does. A command whose verdict counts ends
     * with {@link #HARNESS_FAILED} then.
     */
    static final int READER_GONE = 141;

    /** fsck(8): operational error. */
    static final int FSCK_OPERATIONAL_ERROR = 8;

    /** fsck(8): usage or syntax error. */
    static final int FSCK_USAGE = 16;

    private ExitCodes() {}
}
