package dev.powercut.kernel.vfs;

/** An image that cannot be mounted; the message says what is wrong, where, and how to mend it. */
public final class MountException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Errno errno;

    public MountException(Errno errno, String message) {
        super(message);
        this.errno = errno;
    }

    public Errno errno() {
        return errno;
    }
}
