package dev.powercut.check.explore;

import dev.powercut.check.workload.History;
import dev.powercut.check.workload.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which step of a workload was in flight at which position of the log. Steps run one after the other; where several processes
 * run some at once, the one that took effect last counts.
 */
public final class Timeline {

    private static final int NONE = -1;

    private final List<History.Entry> entries;
    private final List<Step> byNumber = new ArrayList<>();

    /** For each position the index of the entry in flight, or {@link #NONE}. */
    private final int[] inFlight;

    /** @param positionCount one more than the log has entries */
    public Timeline(@Nullable History history, int positionCount) {
        this.entries = history == null ? List.of() : history.entries();
        this.inFlight = new int[positionCount];
        Arrays.fill(inFlight, NONE);
        for (int i = 0; i < entries.size(); i++) {
            History.Entry entry = entries.get(i);
            int last = Math.min(entry.endPosition(), positionCount - 1);
            for (int position = entry.beginPosition() + 1; position <= last; position++) {
                inFlight[position] = i;
            }
            byNumber.add(entry.step());
        }
        byNumber.sort(Comparator.comparingInt(Step::number));
    }

    /** The step that had begun and had not returned when the power was cut, or null. */
    public @Nullable Step inFlightAt(int position) {
        return inFlight[position] == NONE
                ? null
                : entries.get(inFlight[position]).step();
    }

    /** The step with a number, or null when it was not run. */
    public @Nullable Step step(int number) {
        int low = 0;
        int high = byNumber.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Step step = byNumber.get(middle);
            if (step.number() == number) {
                return step;
            }
            if (step.number() < number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    /** The kind of a step's operation, the first word of its text, such as {@code rename}. */
    public static String word(Step step) {
        String text = step.operation().text();
        int space = text.indexOf(' ');
        return space < 0 ? text : text.substring(0, space);
    }
}
