package dev.powercut.campaign.cases;

/** A case file that cannot be read. The message begins with the file and, where it is known, the line. */
public final class CaseFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final String reason;

    CaseFormatException(String file, int line, String reason) {
        super(file + (line > 0 ? ":" + line : "") + ": " + reason, null, false, false);
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
