package dev.powercut.sim.disk.fault;

/** A device could not read or write: what EIO tells a caller. */
public final class MediumException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long sector;

    public MediumException(String what, long sector) {
        super(what + " sector " + sector);
        this.sector = sector;
    }

    /** A sector that the request was about. */
    public long sector() {
        return sector;
    }
}
