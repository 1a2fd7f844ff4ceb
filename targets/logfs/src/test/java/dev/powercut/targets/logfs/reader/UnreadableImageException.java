package dev.powercut.targets.logfs.reader;

/** An image is not what the format says. */
public final class UnreadableImageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableImageException(String message) {
        super(message);
    }
}
