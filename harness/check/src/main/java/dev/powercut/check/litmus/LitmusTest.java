package dev.powercut.check.litmus;

import dev.powercut.check.tree.Node;
import dev.powercut.check.workload.ScriptWorkload;
import java.util.List;
import java.util.function.Predicate;

/**
 * One litmus test.
 *
 * @param name as on the command line, lower case with hyphens
 * @param question what it asks, in one sentence
 * @param whenDone whether only cuts after the last step had returned count; else cuts at any time
 * @param outcomes the first that fits is the outcome of a tree; the last fits all
 */
public record LitmusTest(
        String name, String question, ScriptWorkload script, boolean whenDone, List<Outcome> outcomes) {

    public LitmusTest {
        outcomes = List.copyOf(outcomes);
    }

    /** What may be found after a crash, in a few words. */
    public record Outcome(String words, Predicate<RecoveredTree> fits) {}

    /** The number of the outcome that a tree is. */
    public int outcomeOf(Node.Directory root) {
        RecoveredTree tree = new RecoveredTree(root);
        for (int i = 0; i < outcomes.size() - 1; i++) {
            if (outcomes.get(i).fits().test(tree)) {
                return i;
            }
        }
        return outcomes.size() - 1;
    }
}
