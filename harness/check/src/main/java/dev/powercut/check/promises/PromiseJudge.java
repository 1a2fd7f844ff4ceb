package dev.powercut.check.promises;

import dev.powercut.check.tree.Node;
import java.util.List;

/** Judges recovered trees against {@link Promises}. Keeps scratch memory; for one thread. */
public final class PromiseJudge {

    PromiseJudge() {}

    /**
     * Judges what was found after a cut.
     *
     * @param position number of log entries before the cut
     * @return all violations; the empty list when everything is legal
     */
    public List<Violation> judge(Node.Directory root, int position) {
        throw new UnsupportedOperationException();
    }
}
