package dev.powercut.kernel.memory;

import dev.powercut.kernel.vfs.ErrnoException;
import org.jspecify.annotations.Nullable;

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
        this(kind, address, null);
    }

    /** @param cause why there is no page, where a filesystem or device says so */
    MemoryFault(Kind kind, long address, @Nullable ErrnoException cause) {
        super(null, cause, false, false);
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
