package dev.powercut.reports.html;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.FindingReport.DifferenceLine;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One finding as the page shows it.
 *
 * @param number from 1, in the order of the report
 * @param legal the lines of the comparison that are as they should be, when there are too many to stand between the wrong ones;
 *     else empty
 * @param reproduce the command line that shows the finding again
 */
record FindingView(
        int number,
        FindingReport finding,
        Timeline timeline,
        LogTable log,
        List<DifferenceLine> differences,
        List<DifferenceLine> legal,
        String reproduce) {

    /** So many lines of the comparison are read at a glance. */
    private static final int MOST_DIFFERENCES = 30;

    /** So many findings are shown in full; of those after them, the rest is folded away. */
    private static final int SHOWN_IN_FULL = 3;

    static FindingView of(int number, FindingReport finding, String reproduceRun) {
        List<DifferenceLine> all = finding.differences();
        boolean split = all.size() > MOST_DIFFERENCES && all.stream().anyMatch(DifferenceLine::wrong);
        return new FindingView(
                number,
                finding,
                Timeline.of(finding),
                LogTable.of(finding.log()),
                split ? all.stream().filter(DifferenceLine::wrong).toList() : all,
                split ? all.stream().filter(line -> !line.wrong()).toList() : List.of(),
                Objects.requireNonNullElse(finding.reproduce(), reproduceRun));
    }

    /** Whether the order in which tasks ran is all there is to it: no writes, no crash state. */
    boolean isOfScheduleAlone() {
        return finding.interleaving() != null && !log.hasCut();
    }

    /** The id of the finding's section; others are built on it. */
    String id() {
        return "f" + number;
    }

    /** Whether the operations, writes and comparisons are shown from the start. */
    boolean open() {
        return number <= SHOWN_IN_FULL;
    }

    /** Sequence number of the missing write, when it is known and among what is shown. */
    @Nullable
    Long missing() {
        Long sequence = finding.log().missingSequence();
        boolean shown = finding.log().lines().stream().anyMatch(line -> Objects.equals(line.sequence(), sequence));
        return shown ? sequence : null;
    }

    /** Whether an operation is in the list, so that a link to it leads somewhere. */
    boolean hasOperation(int operation) {
        return finding.operations().stream().anyMatch(line -> line.number() == operation);
    }

    String operationId(int operation) {
        return id() + "-op-" + operation;
    }

    String logId(long sequence) {
        return id() + "-log-" + sequence;
    }
}
