package dev.powercut.campaign.config;

import dev.powercut.campaign.UsageException;

/** A file of ours that cannot be read: a case, a plan. The message begins with the file and, where it is known, the line. */
public final class FileFormatException extends UsageException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final String reason;

    public FileFormatException(String file, int line, String reason) {
        super(file + (line > 0 ? ":" + line : "") + ": " + reason);
        this.file = file;
        this.line = line;
        this.reason = reason;
    }

    public String file() {
        return file;
    }

    /** Line number from 1, or 0 when the file as a whole is wrong. */
    public int line() {
        return line;
    }

    public String reason() {
        return reason;
    }
}
