package dev.powercut.targets.logfs.mkfs;

/** The device cannot hold the volume that was asked for. */
public final class DeviceTooSmallException extends Exception {

    private static final long serialVersionUID = 1L;

    DeviceTooSmallException(long deviceBytes, MkfsOptions options) {
        super("a device of " + deviceBytes + " bytes is too small for a logfs with blocks of "
                + options.blockSizeBytes() + " and segments of " + options.segmentBytes()
                + " bytes, of which half must be left for files; give a larger one, or smaller segments");
    }
}
