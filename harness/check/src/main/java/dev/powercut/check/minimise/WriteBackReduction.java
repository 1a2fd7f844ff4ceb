package dev.powercut.check.minimise;

import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.OperationWords;
import dev.powercut.check.workload.Step;
import dev.powercut.sim.ChoiceOverride;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts something plainer in place of choices that hang off an operation: a sync or fsync after it, or, when the operation serves for
 * nothing but its choices, the same choices at the operation before.
 */
final class WriteBackReduction {

    /** No operation makes more system calls that matter. */
    private static final int CALLS = 5;

    private final Search search;

    WriteBackReduction(Search search) {
        this.search = search;
    }

    void reduce() {
        if (!search.best().isDullBase()) {
            return;
        }
        for (int number : numbersOf(search.best())) {
            persistAfter(number);
        }
        for (int number : numbersOf(search.best())) {
            handOver(number);
        }
    }

    /** The steps that choices hang off, the last first. */
    private static List<Integer> numbersOf(Scenario scenario) {
        List<Integer> numbers = new ArrayList<>();
        for (Step step : scenario.steps()) {
            for (ChoiceOverride override : scenario.overrides()) {
                if (Renumbering.hangsOff(override, step.number()) && !numbers.contains(step.number())) {
                    numbers.addFirst(step.number());
                }
            }
        }
        return numbers;
    }

    /** A sync, or an fsync of what the step names: for filesystems that write another thing then. */
    private void persistAfter(int number) {
        if (addAfter(number, new Operation.Sync())) {
            return;
        }
        for (Step step : search.best().steps()) {
            if (step.number() == number) {
                for (String word : OperationWords.of(step.operation())) {
                    if (Words.isPath(word) && addAfter(number, new Operation.Fsync(word))) {
                        return;
                    }
                }
            }
        }
    }

    private boolean addAfter(int number, Operation operation) {
        Scenario best = search.best();
        List<Step> steps = new ArrayList<>();
        int at = -1;
        for (Step step : best.steps()) {
            // Twice their numbers leave room between any two steps.
            steps.add(new Step(Math.min(Step.MAX_NUMBER, 2 * step.number()), step.operation()));
            if (step.number() == number) {
                at = steps.size();
            }
        }
        if (at < 0
                || 2L * best.steps().getLast().number() >= Step.MAX_NUMBER
                || best.steps().get(at - 1).operation() instanceof Operation.Unmount) {
            return false;
        }
        Map<Integer, Integer> doubled = new TreeMap<>();
        best.steps().forEach(step -> doubled.put(step.number(), 2 * step.number()));
        List<ChoiceOverride> overrides = new ArrayList<>();
        for (ChoiceOverride override : best.overrides()) {
            if (!Renumbering.hangsOff(override, number)) {
                overrides.add(Renumbering.renumbered(override, doubled));
            }
        }
        steps.add(at, new Step(2 * number + 1, operation));
        return search.takes(new Scenario(steps, best.base(), overrides));
    }

    private void handOver(int number) {
        for (int i = 1; i < search.best().steps().size(); i++) {
            if (search.best().steps().get(i).number() == number) {
                int before = search.best().steps().get(i - 1).number();
                for (int call = 0; call < CALLS; call++) {
                    if (search.takes(handedOver(search.best(), i, before, call))) {
                        return;
                    }
                }
            }
        }
    }

    private static Scenario handedOver(Scenario scenario, int index, int before, int call) {
        int number = scenario.steps().get(index).number();
        List<Step> steps = new ArrayList<>(scenario.steps());
        steps.remove(index);
        List<ChoiceOverride> overrides = new ArrayList<>();
        for (ChoiceOverride override : scenario.overrides()) {
            if (Renumbering.hangsOff(override, number)) {
                String path = override.path()
                        .replace("op[" + number + "]", "op[" + before + "]")
                        .replaceFirst("\\[\\d+]$", "[" + call + "]");
                overrides.add(new ChoiceOverride(path, override.index(), override.value()));
            } else {
                overrides.add(override);
            }
        }
        return new Scenario(steps, scenario.base(), overrides);
    }
}
