package dev.powercut.check.minimise;

import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.Step;
import java.util.ArrayList;
import java.util.List;

/** Leaves out steps: first all after the one that was under way, then stretches, shorter and shorter, from the end on. */
final class StepReduction {

    /** So few steps that pairs of them, or even triples, can be tried. */
    private static final int FEW = 16;

    private static final int VERY_FEW = 9;

    private final Search search;

    StepReduction(Search search) {
        this.search = search;
    }

    void reduce() {
        dropEnd();
        for (int length = Math.max(1, search.best().steps().size() / 2); length >= 1; length /= 2) {
            dropStretches(length);
        }
        replaceDrawnByDull();
        dropTogether();
    }

    private void dropEnd() {
        List<Step> kept = new ArrayList<>();
        for (Step step : search.best().steps()) {
            if (step.number() <= search.lastStep()) {
                kept.add(step);
            }
        }
        search.takes(search.best().withSteps(kept));
    }

    private void dropStretches(int length) {
        int end = search.best().steps().size();
        while (end > 0 && !search.isSpent()) {
            int from = Math.max(0, end - length);
            search.takes(without(from, end));
            end = from;
        }
    }

    private Scenario without(int from, int end) {
        List<Step> steps = new ArrayList<>(search.best().steps());
        steps.subList(from, end).clear();
        return search.best().withSteps(steps);
    }

    /** Steps that undo or need each other can often only go together. */
    private void dropTogether() {
        int count = search.best().steps().size();
        if (count > FEW) {
            return;
        }
        for (int third = count - 1; third > 0; third--) {
            for (int second = third - 1; second >= 0; second--) {
                drop(second, third);
                for (int first = second - 1; first >= 0 && count <= VERY_FEW; first--) {
                    drop(first, second, third);
                }
            }
        }
    }

    private void drop(int... indices) {
        List<Step> steps = new ArrayList<>(search.best().steps());
        if (indices[indices.length - 1] < steps.size()) {
            for (int i = indices.length - 1; i >= 0; i--) {
                steps.remove(indices[i]);
            }
            search.takes(search.best().withSteps(steps));
        }
    }

    /** Write-back at drawn moments may do no more than a sync at the end would do. */
    private void replaceDrawnByDull() {
        Scenario best = search.best();
        if (best.isDullBase() && best.overrides().isEmpty() || best.steps().isEmpty()) {
            return;
        }
        Step last = best.steps().getLast();
        List<Step> steps = new ArrayList<>(best.steps());
        if (last.number() < Step.MAX_NUMBER && !(last.operation() instanceof Operation.Unmount)) {
            steps.add(new Step(last.number() + 1, new Operation.Sync()));
            search.takes(Scenario.dull(steps));
        }
    }
}
