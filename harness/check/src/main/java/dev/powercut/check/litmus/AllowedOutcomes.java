package dev.powercut.check.litmus;

import dev.powercut.check.promises.Promises;
import dev.powercut.check.workload.History;

/** Which outcomes of a litmus test the promises of a filesystem allow. */
public final class AllowedOutcomes {

    private AllowedOutcomes() {}

    /**
     * The outcomes that some legal tree shows at some cut that counts.
     *
     * @param history of the test's script, run to its end
     * @return for each outcome of the test
     */
    public static boolean[] of(LitmusTest test, History history, Promises promises) {
        boolean[] allowed = new boolean[test.outcomes().size()];
        for (History.Entry entry : history.entries()) {
            if (!test.whenDone()) {
                mark(test, history, promises, entry.beginPosition() + 1, allowed);
            }
        }
        mark(test, history, promises, done(history), allowed);
        return allowed;
    }

    /** The first position after the last step has returned. */
    public static int done(History history) {
        return history.entries().getLast().endPosition() + 1;
    }

    private static void mark(LitmusTest test, History history, Promises promises, int position, boolean[] allowed) {
        LegalTrees.forEach(history, promises, position, tree -> allowed[test.outcomeOf(tree)] = true);
    }
}
