package dev.powercut.reports.html;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.FindingReport.CauseLine;
import dev.powercut.campaign.FindingReport.DifferenceLine;
import dev.powercut.campaign.FindingReport.LogLine;
import dev.powercut.campaign.FindingReport.OperationLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The operations of a finding with the cut among them. Long stretches that neither stand near the cut nor have to do with what
 * the page shows of the log are folded away.
 *
 * @param actors whether operations of more than one actor are among them
 */
record Timeline(List<Item> items, boolean actors) {
    private static final int SHOWN_BEFORE_CUT = 6;
    private static final int SHOWN_AFTER_CUT = 2;
    private static final int SHORTEST_FOLD = 3;

    /** What stands in the list. */
    sealed interface Item {}

    /**
     * An operation.
     *
     * @param missing the writes of the excerpt that it caused and that are lost or torn
     * @param given how many entries of the log the device had been given when the power failed
     */
    record Operation(OperationLine line, List<LogLine> missing, long given) implements Item {
        /** The writes that the device had been given, and that are missing altogether. */
        List<LogLine> lost() {
            return missing.stream()
                    .filter(write -> write.fate() == LogLine.Fate.LOST && write.sequence() < given)
                    .toList();
        }

        /** The writes that the device was never given. */
        List<LogLine> later() {
            return missing.stream()
                    .filter(write -> write.fate() == LogLine.Fate.LOST && write.sequence() >= given)
                    .toList();
        }

        /** The writes that are there in part. */
        List<LogLine> torn() {
            return missing.stream()
                    .filter(write -> write.fate() == LogLine.Fate.TORN)
                    .toList();
        }

        /** The state as a word for people. */
        String stateWord() {
            return switch (line.state()) {
                case DONE -> "done";
                case IN_FLIGHT -> "in flight at the cut";
                case NOT_STARTED -> "not started";
            };
        }

        /** The state as a word for the style sheet. */
        String style() {
            return switch (line.state()) {
                case DONE -> "done";
                case IN_FLIGHT -> "in-flight";
                case NOT_STARTED -> "not-started";
            };
        }
    }

    /** Operations that are folded away. */
    record Folded(List<Operation> operations) implements Item {
        String words() {
            int first = operations.getFirst().line().number();
            int last = operations.getLast().line().number();
            return Numbers.count(operations.size(), "operation") + " folded away (#" + first + " to #" + last + ")";
        }
    }

    /** The power fails here. */
    record Cut() implements Item {}

    static Timeline of(FindingReport finding) {
        List<OperationLine> lines = finding.operations();
        long given = finding.log().cutSequence() == null
                ? Long.MAX_VALUE
                : finding.log().cutSequence();
        int cut = startedCount(lines);
        Set<Integer> mentioned = mentionedOperations(finding);
        Map<Integer, List<LogLine>> missing = missingWrites(finding);
        List<Item> items = new ArrayList<>();
        List<Operation> hidden = new ArrayList<>();
        for (int i = 0; i <= lines.size(); i++) {
            if (i == cut && finding.log().cutSequence() != null) {
                fold(hidden, items);
                items.add(new Cut());
            }
            if (i < lines.size()) {
                OperationLine line = lines.get(i);
                List<LogLine> writes = i < cut ? missing.getOrDefault(line.number(), List.of()) : List.of();
                Operation operation = new Operation(line, writes, given);
                boolean near = i >= cut - SHOWN_BEFORE_CUT && i < cut + SHOWN_AFTER_CUT;
                if (near || mentioned.contains(line.number()) || line.state() == OperationLine.State.IN_FLIGHT) {
                    fold(hidden, items);
                    items.add(operation);
                } else {
                    hidden.add(operation);
                }
            }
        }
        fold(hidden, items);
        return new Timeline(
                items, lines.stream().map(OperationLine::actor).distinct().count() > 1);
    }

    private static int startedCount(List<OperationLine> lines) {
        int count = lines.size();
        while (count > 0 && lines.get(count - 1).state() == OperationLine.State.NOT_STARTED) {
            count--;
        }
        return count;
    }

    private static void fold(List<Operation> hidden, List<Item> items) {
        if (hidden.size() < SHORTEST_FOLD) {
            items.addAll(hidden);
        } else {
            items.add(new Folded(List.copyOf(hidden)));
        }
        hidden.clear();
    }

    /** Those that caused or triggered what the excerpt shows, and those that promised what is broken. */
    private static Set<Integer> mentionedOperations(FindingReport finding) {
        Set<Integer> numbers = new TreeSet<>();
        for (LogLine line : finding.log().lines()) {
            if (line.triggerOperation() != null) {
                numbers.add(line.triggerOperation());
            }
            line.causes().stream().map(CauseLine::operation).forEach(number -> {
                if (number != null) {
                    numbers.add(number);
                }
            });
        }
        for (DifferenceLine line : finding.differences()) {
            if (line.wrong() && line.promisedBy() != null) {
                numbers.add(line.promisedBy());
            }
        }
        return numbers;
    }

    private static Map<Integer, List<LogLine>> missingWrites(FindingReport finding) {
        Map<Integer, List<LogLine>> missing = new TreeMap<>();
        for (LogLine line : finding.log().lines()) {
            if (line.entry() == LogLine.Entry.WRITE && line.fate() != LogLine.Fate.KEPT) {
                Set<Integer> operations = new TreeSet<>();
                for (CauseLine cause : line.causes()) {
                    if (cause.operation() != null && operations.add(cause.operation())) {
                        missing.computeIfAbsent(cause.operation(), _ -> new ArrayList<>())
                                .add(line);
                    }
                }
            }
        }
        return missing;
    }
}
