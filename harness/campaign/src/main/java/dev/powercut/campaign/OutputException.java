package dev.powercut.campaign;

import java.nio.file.Path;
import java.util.List;

/** Results could not be written, for example because the disk is full. The message says what was saved all the same; exit code 3. */
public final class OutputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Path> saved;

    public OutputException(String message, List<Path> saved, Throwable cause) {
        super(message, cause, false, false);
        this.saved = List.copyOf(saved);
    }

    /** What could be written, whole. */
    public List<Path> saved() {
        return saved;
    }
}
