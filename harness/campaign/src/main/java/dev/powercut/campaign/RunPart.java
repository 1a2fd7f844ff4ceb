package dev.powercut.campaign;

import dev.powercut.campaign.RunReport.Exploration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of several explorations of a run, or a check of another kind that passes or fails.
 *
 * @param name short, unique in the run and the same in each run, for example {@code ext2-4k}
 * @param title what it did, for people
 * @param incomplete why it ended before it had done all that it was asked for, or null
 * @param reproduce the command line that repeats it
 * @param exploration what was explored and judged
 * @param findings those of the report's findings that it gave, by their index there
 */
public record RunPart(
        String name,
        String title,
        @Nullable String incomplete,
        String reproduce,
        Exploration exploration,
        List<Integer> findings) {
    public RunPart {
        findings = List.copyOf(findings);
    }

    RunPart withFindings(List<Integer> others) {
        return new RunPart(name, title, incomplete, reproduce, exploration, others);
    }
}
