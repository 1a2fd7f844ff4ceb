package dev.powercut.sim.disk;

/** A request for sectors that the disk does not have. */
public final class OutOfRangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OutOfRangeException(long first, long count, long sectorCount) {
        super("sectors " + first + " to " + (first + count - 1) + " of a disk with " + sectorCount + " sectors");
    }
}
