package dev.powercut.check.workload;

import dev.powercut.check.model.Model;
import dev.powercut.check.model.Transition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a workload did: its steps as far as they were run, with their results, their places in the log, and what they changed
 * in the model.
 *
 * @param initial the filesystem before the first step
 * @param entries in the order of beginning
 * @param mismatch where the live filesystem first differed from the model, or null; nothing was run after it
 */
public record History(
        Model initial, List<Entry> entries, @Nullable Mismatch mismatch) {

    public History {
        entries = List.copyOf(entries);
    }

    /**
     * One step that was run.
     *
     * @param beginPosition index in the log of its begin mark: after a cut at a position above it, the step may have had effect
     * @param endPosition index in the log of its end mark: after a cut at a position above it, the step's promises hold;
     *     {@link Integer#MAX_VALUE} when it never returned
     */
    public record Entry(Step step, Result result, int beginPosition, int endPosition, Transition transition) {}

    /** The model after the last step. */
    public Model last() {
        return entries.isEmpty() ? initial : entries.getLast().transition().next();
    }
}
