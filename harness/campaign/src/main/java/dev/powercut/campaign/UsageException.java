package dev.powercut.campaign;

/** A user asked for something that cannot be done. The message says what, why, and what would do; exit code 2. */
public class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message, null, false, false);
    }

    public UsageException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
