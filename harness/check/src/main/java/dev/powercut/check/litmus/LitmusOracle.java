package dev.powercut.check.litmus;

import dev.powercut.check.explore.Recording;
import dev.powercut.check.oracle.Evidence;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.oracle.Violation;
import dev.powercut.check.oracle.ViolationSink;
import dev.powercut.check.promises.Promises;
import dev.powercut.check.workload.History;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes which outcomes of a litmus test are seen in one recording, and is against those that are forbidden. */
public final class LitmusOracle implements Oracle {

    private final LitmusTest test;
    private final boolean[] allowed;
    private final int firstPosition;
    private final long[] seen;

    /**
     * @param allowed for each outcome of the test whether the promises allow it
     * @param firstPosition cuts before it do not count
     */
    public LitmusOracle(LitmusTest test, boolean[] allowed, int firstPosition) {
        this.test = test;
        this.allowed = allowed.clone();
        this.firstPosition = firstPosition;
        this.seen = new long[allowed.length];
    }

    /** The oracle for one recording of a test; null when the test failed before any power cut. */
    public static @Nullable LitmusOracle of(LitmusTest test, Recording recording) {
        History history = recording.history();
        Promises promises = recording.promises();
        return history == null || promises == null || history.mismatch() != null
                ? null
                : new LitmusOracle(
                        test,
                        AllowedOutcomes.of(test, history, promises),
                        test.whenDone() ? AllowedOutcomes.done(history) : 0);
    }

    @Override
    public String name() {
        return "litmus";
    }

    @Override
    public String claim() {
        return "Only those outcomes of the litmus tests are seen that the declared guarantees allow.";
    }

    @Override
    public boolean judges(Evidence.Stage stage) {
        return stage == Evidence.Stage.COMPARISON;
    }

    @Override
    public void judge(Evidence evidence, ViolationSink violations) {
        if (evidence instanceof Evidence.Compared compared && compared.position() >= firstPosition) {
            int outcome = test.outcomeOf(compared.root());
            seen[outcome]++;
            if (!allowed[outcome]) {
                String words = test.outcomes().get(outcome).words();
                violations.violation(new Violation(
                        test.name() + "/" + words.replace(' ', '-').replace(",", ""),
                        "litmus test " + test.name() + ": after the crash the outcome is '" + words
                                + "', which the declared guarantees forbid",
                        test.question(),
                        List.of(test.script().text().strip().split("\n", -1))));
            }
        }
    }

    /** How often each outcome was seen. */
    public long[] seen() {
        return seen.clone();
    }
}
