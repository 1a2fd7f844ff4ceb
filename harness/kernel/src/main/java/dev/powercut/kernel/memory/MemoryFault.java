package dev.powercut.kernel.memory;

/** A load or a store that cannot be done: the process gets a signal, a system call gives EFAULT. */
public final class MemoryFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** Nothing is mapped there: SIGSEGV, SEGV_MAPERR. */
        NOT_MAPPED,
        /** The protection forbids it: SIGSEGV, SEGV_ACCERR. */
        NOT_PERMITTED,
        /** The mapped file has no such page, or no space for it: SIGBUS, BUS_ADRERR. */
        NO_PAGE
    }

    private final Kind kind;
    private final long address;

    MemoryFault(Kind kind, long address) {
        super(null, null, false, false);
        this.kind = kind;
        this.address = address;
    }

    @Override
    public String toString() {
        return kind + " at 0x" + Long.toHexString(address);
    }

    public Kind kind() {
        return kind;
    }

    public long address() {
        return address;
    }
}
