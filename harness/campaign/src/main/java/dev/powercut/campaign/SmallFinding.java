package dev.powercut.campaign;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finding made small and explained: what is left when nothing more can be taken away.
 *
 * @param workload its operations, one a line, with their numbers
 * @param inFlight number of the operation that was under way when the power failed, or null when none was
 * @param choices the choices that are not the dull ones, one a line
 * @param cut where the power failed, in words
 * @param writes the writes that matter, in the order of the log
 * @param why sentences: which write was missing, why that breaks the promise, what prevents it
 * @param shape what it comes down to, for findings of one cause: oracle, kind and operations
 * @param operations how many operations there are besides those that only ask for durability
 * @param omittedWrites how many writes had been given to the disk and did not reach the medium whole
 * @param candidates how many smaller scenarios were tried
 * @param complete false when the budget of candidates ended the search
 * @param folder name of the folder beside the report that its case is saved in; null when it is not saved
 */
public record SmallFinding(
        List<String> workload,
        @Nullable Integer inFlight,
        List<String> choices,
        String cut,
        List<WriteLine> writes,
        List<String> why,
        String shape,
        int operations,
        int omittedWrites,
        int candidates,
        boolean complete,
        @Nullable String folder) {

    public SmallFinding {
        workload = List.copyOf(workload);
        choices = List.copyOf(choices);
        writes = List.copyOf(writes);
        why = List.copyOf(why);
    }

    /** The same, saved. */
    public SmallFinding savedIn(String name) {
        return new SmallFinding(
                workload,
                inFlight,
                choices,
                cut,
                writes,
                why,
                shape,
                operations,
                omittedWrites,
                candidates,
                complete,
                name);
    }

    /**
     * One write.
     *
     * @param sequence its number in the log
     * @param fate {@code kept}, {@code torn}, {@code lost}, or {@code later} when it came only after the cut
     * @param text what, where, by which operation at which site
     * @param missing whether it is the one that would have kept the finding from happening
     */
    public record WriteLine(long sequence, String fate, String text, boolean missing) {}
}
