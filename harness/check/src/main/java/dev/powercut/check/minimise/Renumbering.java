package dev.powercut.check.minimise;

import dev.powercut.check.workload.Step;
import dev.powercut.sim.ChoiceOverride;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives steps the numbers from 0 on, and has the choices follow. */
final class Renumbering {

    private static final Pattern OPERATION = Pattern.compile("(^|/)op\\[(\\d{1,9})]");

    private Renumbering() {}

    static Scenario of(Scenario scenario) {
        Map<Integer, Integer> numbers = new TreeMap<>();
        List<Step> steps = new ArrayList<>();
        for (Step step : scenario.steps()) {
            numbers.put(step.number(), steps.size());
            steps.add(new Step(steps.size(), step.operation()));
        }
        List<ChoiceOverride> overrides = new ArrayList<>();
        for (ChoiceOverride override : scenario.overrides()) {
            overrides.add(renumbered(override, numbers));
        }
        return new Scenario(steps, scenario.base(), overrides);
    }

    /** Whether a choice is one of a step. */
    static boolean hangsOff(ChoiceOverride override, int number) {
        Matcher matcher = OPERATION.matcher(override.path());
        return matcher.find() && Integer.parseInt(matcher.group(2)) == number;
    }

    /** A choice of a step that has another number now. */
    static ChoiceOverride renumbered(ChoiceOverride override, Map<Integer, Integer> numbers) {
        return new ChoiceOverride(path(override.path(), numbers), override.index(), override.value());
    }

    private static String path(String path, Map<Integer, Integer> numbers) {
        Matcher matcher = OPERATION.matcher(path);
        StringBuilder renamed = new StringBuilder();
        while (matcher.find()) {
            Integer number = numbers.get(Integer.valueOf(matcher.group(2)));
            String operation = matcher.group(1) + "op[" + (number == null ? matcher.group(2) : number) + "]";
            matcher.appendReplacement(renamed, Matcher.quoteReplacement(operation));
        }
        return matcher.appendTail(renamed).toString();
    }
}
