package dev.powercut.check.tree;

import dev.powercut.kernel.vfs.Errno;
import org.jspecify.annotations.Nullable;

/** A tree that cannot be read to its end: a system call failed, or a limit was passed. */
public final class UnreadableTreeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final @Nullable Errno errno;

    UnreadableTreeException(String path, @Nullable Errno errno, String reason) {
        super(path + ": " + reason);
        this.path = path;
        this.errno = errno;
    }

    public String path() {
        return path;
    }

    /** What the call failed with, or null when it was a limit. */
    public @Nullable Errno errno() {
        return errno;
    }
}
