package dev.powercut.targets.ext.mkfs;

/** The device cannot hold the volume that was asked for. */
public final class DeviceTooSmallException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long minimumBytes;

    DeviceTooSmallException(long deviceBytes, long minimumBytes) {
        super("a device of " + deviceBytes + " bytes is too small for this volume; it needs at least " + minimumBytes
                + " bytes");
        this.minimumBytes = minimumBytes;
    }

    /** Smallest device, in bytes, that holds a volume with the same options. */
    public long minimumBytes() {
        return minimumBytes;
    }
}
