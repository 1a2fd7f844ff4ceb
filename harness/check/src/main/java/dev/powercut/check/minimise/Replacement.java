package dev.powercut.check.minimise;

import dev.powercut.check.ace.AceSpace;
import dev.powercut.check.ace.AceWorkload;
import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.OperationWords;
import dev.powercut.check.workload.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where leaving out has come to an end early, tries what is not a part of the scenario: writes that do more, so that other steps may
 * go, then all workloads of one core operation, with as much before it as it needs.
 */
final class Replacement {

    /** A scenario with no more steps than this is as small as those that would be tried. */
    private static final int SMALL = 5;

    /** So many steps at most, for pairs of them to be left out. */
    private static final int FEW = 12;

    /** Over the direct blocks of a file whose blocks are small. */
    private static final long LARGE_WRITE = 16_384;

    private final Search search;

    Replacement(Search search) {
        this.search = search;
    }

    void reduce() {
        Scenario best = search.best();
        if (best.steps().size() <= SMALL
                && best.isDullBase()
                && best.overrides().isEmpty()) {
            return;
        }
        enlargeWrites();
        tryAll(workloadsOfOneOperation());
    }

    /** A write that reaches further, or fills the hole before it, may do what took several. */
    private void enlargeWrites() {
        for (int i = 0;
                i < search.best().steps().size() && search.best().steps().size() <= FEW;
                i++) {
            List<String> words = OperationWords.of(search.best().steps().get(i).operation());
            if (words.getFirst().equals("write")) {
                long end = Long.parseLong(words.get(2)) + Long.parseLong(words.get(3));
                if (!enlarge(i, words, Math.max(end, LARGE_WRITE))) {
                    enlarge(i, words, end);
                }
            }
        }
    }

    private boolean enlarge(int index, List<String> words, long end) {
        List<Step> larger = new ArrayList<>(search.best().steps());
        Step step = Words.step(larger.get(index).number(), List.of("write", words.get(1), "0", Long.toString(end)));
        if (step == null) {
            return false;
        }
        larger.set(index, step);
        for (int second = larger.size() - 1; second >= 0; second--) {
            for (int first = second; first >= 0; first--) {
                if (first != index && second != index && search.takes(scenario(larger, first, second))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Without two of the steps, or one. */
    private Scenario scenario(List<Step> steps, int first, int second) {
        List<Step> kept = new ArrayList<>(steps);
        kept.remove(second);
        if (first != second) {
            kept.remove(first);
        }
        return search.best().withSteps(kept);
    }

    private void tryAll(List<List<Step>> workloads) {
        for (List<Step> steps : workloads) {
            search.takes(Scenario.dull(steps));
        }
    }

    /** Those whose core operation is of a sort that the scenario has as well, the shortest first. */
    private List<List<Step>> workloadsOfOneOperation() {
        Set<String> sorts = new TreeSet<>();
        for (Step step : search.best().steps()) {
            if (!isPersistencePoint(step)) {
                sorts.add(sort(step));
            }
        }
        if (sorts.contains("mmap-write")) {
            // There must be data to store over.
            sorts.add("write");
        }
        List<List<Step>> workloads = new ArrayList<>();
        AceSpace space = new AceSpace(1);
        for (long index = 0; index < space.count(); index++) {
            AceWorkload workload = space.workload(index);
            if (sorts.contains(sort(workload.steps().getFirst()))) {
                workloads.add(written(workload, sorts));
            }
        }
        workloads.sort(Comparator.comparingInt(List::size));
        return workloads;
    }

    private static boolean isPersistencePoint(Step step) {
        return step.operation() instanceof Operation.Sync
                || step.operation() instanceof Operation.Unmount
                || step.operation() instanceof Operation.Fsync
                || step.operation() instanceof Operation.Fdatasync;
    }

    /** An append is a write, and so on. */
    private static String sort(Step step) {
        String verb = Words.verb(step);
        String plain = verb.endsWith("-open") ? verb.substring(0, verb.length() - "-open".length()) : verb;
        return plain.equals("append") ? "write" : plain;
    }

    /** What it needs, with content where the scenario writes at all, made durable; then the operation, durable in the end. */
    private static List<Step> written(AceWorkload workload, Set<String> sorts) {
        List<Operation> operations = new ArrayList<>();
        for (Step step : workload.setUp()) {
            if (!sort(step).equals("write") || sorts.contains("write")) {
                operations.add(step.operation());
            }
        }
        if (!operations.isEmpty()) {
            operations.add(new Operation.Sync());
        }
        for (Step step : workload.steps()) {
            operations.add(step.operation() instanceof Operation.Unmount ? new Operation.Sync() : step.operation());
        }
        List<Step> steps = new ArrayList<>();
        for (Operation operation : operations) {
            steps.add(new Step(steps.size(), operation));
        }
        return steps;
    }
}
