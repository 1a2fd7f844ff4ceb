package dev.powercut.bridge.image;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** An image file cannot be used; the message says which file, what is wrong, and how to mend it. */
public final class ImageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Path path;
    private final String mend;

    /**
     * @param path the image file
     * @param problem what is wrong, with the sizes found and expected
     * @param mend what the user can do about it
     */
    public ImageException(Path path, String problem, String mend) {
        super(path + ": " + problem + "; " + mend);
        this.path = path;
        this.mend = mend;
    }

    private ImageException(Path path, String problem, String mend, IOException cause) {
        this(path, problem, mend);
        initCause(cause);
    }

    /** The operating system refused to read, write or open the file. */
    static ImageException of(Path path, String doing, IOException cause) {
        return switch (cause) {
            case NoSuchFileException missing ->
                new ImageException(path, "there is no such file", "check the path", cause);
            case AccessDeniedException denied ->
                new ImageException(path, "no permission for " + doing, "check the owner and mode of the file", cause);
            default -> {
                String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
                yield new ImageException(
                        path, doing + " failed: " + reason, "check the disk and the free space on it", cause);
            }
        };
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public Path path() {
        return path;
    }

    /** What the user can do about it. */
    public String mend() {
        return mend;
    }
}
