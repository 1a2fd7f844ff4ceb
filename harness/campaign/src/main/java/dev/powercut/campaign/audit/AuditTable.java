package dev.powercut.campaign.audit;

import dev.powercut.campaign.FindingReport;
import dev.powercut.check.target.Barrier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An audit as text to keep beside the code: three lines for each barrier, in the order of the target's list. It has no counts, so that it only
 * changes when what is known of a barrier does.
 *
 * <pre>
 * needed ext2.fsync.flush: what it keeps
 *     found without it: ORACLE/KIND
 *     powercut run …
 *
 * not shown to be needed ext2.superblock.clean-after-all: what it keeps
 *     because: …
 * </pre>
 */
public final class AuditTable {

    public static final String NEEDED = "needed ";
    public static final String NOT_SHOWN = "not shown to be needed ";
    public static final String FOUND = "    found without it: ";
    public static final String BECAUSE = "    because: ";

    /** In the place of an explanation. */
    public static final String NOTHING_FOUND = "nothing was found within the budget";

    private AuditTable() {}

    public static List<String> lines(AuditOutcome outcome) {
        List<String> lines = new ArrayList<>();
        for (AuditRow row : outcome.rows()) {
            Barrier barrier = row.barrier();
            if (barrier != null) {
                lines.addAll(lines(barrier, row.proof()));
                lines.add("");
            }
        }
        lines.add(outcome.needed().size() + " needed, " + outcome.notShown().size() + " not shown to be needed, "
                + outcome.unexplained() + " of them unexplained");
        return lines;
    }

    private static List<String> lines(Barrier barrier, @Nullable FindingReport proof) {
        String heading = barrier.name() + ": " + barrier.why();
        if (proof == null) {
            String why = barrier.explanation().isEmpty() ? NOTHING_FOUND : barrier.explanation();
            return List.of(NOT_SHOWN + heading, BECAUSE + why);
        }
        return List.of(
                NEEDED + heading,
                FOUND + proof.oracle() + "/" + proof.kind(),
                "    " + Objects.requireNonNullElse(proof.reproduce(), ""));
    }
}
