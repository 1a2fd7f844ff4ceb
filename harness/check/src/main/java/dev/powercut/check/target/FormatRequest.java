package dev.powercut.check.target;

/**
 * How to format.
 *
 * @param sizeBytes size of the device
 * @param blockSizeBytes block size, or 0 for the target's own choice
 * @param options further options of the target's own, {@code key=value} separated by commas, empty for none
 */
public record FormatRequest(long sizeBytes, int blockSizeBytes, String options) {}
