package dev.powercut.bridge.logwrites;

import java.util.Objects;

/** A log that cannot be read; the message names the place, what is wrong there, and how to mend it. */
public final class LogFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long offsetBytes;
    private final String mend;

    /**
     * @param log the log's name
     * @param offsetBytes where in the (unpacked) log the trouble is
     * @param problem what is wrong there
     * @param mend what the user can do about it
     */
    public LogFormatException(String log, long offsetBytes, String problem, String mend) {
        super(log + ": at byte " + offsetBytes + ": " + problem + "; " + mend);
        this.offsetBytes = offsetBytes;
        this.mend = mend;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** Where in the log, unpacked when it is packed. */
    public long offsetBytes() {
        return offsetBytes;
    }

    /** What the user can do about it. */
    public String mend() {
        return mend;
    }
}
