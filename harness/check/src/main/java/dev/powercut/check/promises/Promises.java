package dev.powercut.check.promises;

import dev.powercut.check.target.Guarantees;
import dev.powercut.check.workload.History;

/** The versions and promises of a whole run. Immutable; many judges may share it. */
public final class Promises {

    private Promises() {}

    /** What a workload's history promises on a filesystem with these guarantees. */
    public static Promises of(History history, Guarantees guarantees) {
        throw new UnsupportedOperationException();
    }

    /**
     * The epoch of a position of the log: positions of one epoch have the same legal versions, so that a tree needs to be
     * judged once for each epoch only.
     *
     * @param position number of log entries before the cut
     */
    public int epoch(int position) {
        throw new UnsupportedOperationException();
    }

    /** A judge with scratch memory of its own, for one thread. */
    public PromiseJudge newJudge() {
        throw new UnsupportedOperationException();
    }
}
