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
    private final boolean outOfSpace;

    /**
     * @param path the image file
     * @param problem what is wrong, with the sizes found and expected
     * @param mend what the user can do about it
     */
    public ImageException(Path path, String problem, String mend) {
        super(path + ": " + problem + "; " + mend);
        this.path = path;
        this.mend = mend;
        this.outOfSpace = false;
    }

    private ImageException(Path path, String problem, String mend, boolean outOfSpace, IOException cause) {
        super(path + ": " + problem + "; " + mend, cause);
        this.path = path;
        this.mend = mend;
        this.outOfSpace = outOfSpace;
    }

    /** An open image could not be written: its disk is full, or broken. */
    static ImageException ofWriting(Path path, String doing, IOException cause) {
        return failed(path, doing, true, cause);
    }

    /** The operating system refused to read, write or open the file. */
    static ImageException of(Path path, String doing, IOException cause) {
        return switch (cause) {
            case NoSuchFileException missing ->
                new ImageException(path, "there is no such file", "check the path", false, cause);
            case AccessDeniedException denied ->
                new ImageException(
                        path, "no permission for " + doing, "check the owner and mode of the file", false, cause);
            default -> failed(path, doing, false, cause);
        };
    }

    private static ImageException failed(Path path, String doing, boolean outOfSpace, IOException cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new ImageException(
                path, doing + " failed: " + reason, "check the disk and the free space on it", outOfSpace, cause);
    }

    /** Whether it is no fault of the image, but what is to be written finds no room. */
    public boolean isOutOfSpace() {
        return outOfSpace;
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
