package dev.powercut.check.workload;

import dev.powercut.check.model.Effect;
import dev.powercut.check.model.Model;
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

    /** The end position of a step that never returned. */
    public static final int NEVER = Integer.MAX_VALUE;

    public History {
        entries = List.copyOf(entries);
    }

    /**
     * One step that was run.
     *
     * @param beginPosition index in the log of its begin mark: after a cut at a position above it, the step may have had effect
     * @param endPosition index in the log of its end mark: after a cut at a position above it, the step's promises hold; or
     *     {@link #NEVER}
     * @param after the model after it
     * @param effects what it changed and promised, and what was observed of it
     */
    public record Entry(
            Step step, Result result, int beginPosition, int endPosition, Model after, List<Effect> effects) {
        public Entry {
            effects = List.copyOf(effects);
        }
    }

    /** The model after the last step. */
    public Model last() {
        return entries.isEmpty() ? initial : entries.getLast().after();
    }
}
