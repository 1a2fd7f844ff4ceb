package dev.powercut.check.model;

import dev.powercut.check.tree.Node;
import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.Result;

/** One version of a filesystem's contents, seen by one process. Immutable. */
public final class Model {

    /** Model id of the root directory. */
    public static final int ROOT = 0;

    /** An empty filesystem, whose root belongs to root with mode 0755, used by root with umask 022. */
    public static Model empty() {
        throw new UnsupportedOperationException();
    }

    /** What a tree holds, used by root with umask 022; contents are not copied. */
    public static Model of(Node.Directory tree) {
        throw new UnsupportedOperationException();
    }

    private Model() {}

    /** The same contents, used by another user. */
    public Model as(int uid, int gid, int umask) {
        throw new UnsupportedOperationException();
    }

    /** Applies an operation as POSIX has it; {@code step} is the number that its data carry. */
    public Transition apply(int step, Operation operation) {
        throw new UnsupportedOperationException();
    }

    /** Applies an operation that came back with {@code actual}, following it where a filesystem may do so. */
    public Transition apply(int step, Operation operation, Result actual) {
        throw new UnsupportedOperationException();
    }
}
