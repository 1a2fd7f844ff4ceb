package dev.powercut.check.ace;

import dev.powercut.check.workload.Operation;

/**
 * What is asked to be durable after a core operation.
 *
 * @param path of the file or directory; empty where it is about none or all
 */
record PersistencePoint(Kind kind, String path) {

    enum Kind {
        NOTHING,
        EVERYTHING,
        FSYNC,
        FDATASYNC
    }

    static final PersistencePoint NOTHING = new PersistencePoint(Kind.NOTHING, "");
    static final PersistencePoint EVERYTHING = new PersistencePoint(Kind.EVERYTHING, "");

    /** The operation that asks for it; after the last core operation an unmount takes the place of asking for nothing. */
    Operation operation() {
        return switch (kind) {
            case NOTHING -> new Operation.Unmount();
            case EVERYTHING -> new Operation.Sync();
            case FSYNC -> new Operation.Fsync(path);
            case FDATASYNC -> new Operation.Fdatasync(path);
        };
    }
}
