package dev.powercut.check.workload;

import dev.powercut.sim.Choices;
import java.util.ArrayList;
import java.util.List;

/**
 * A workload that is written down: one step a line, {@code #} begins a comment, empty lines are skipped. A line may begin with
 * its step number and a colon, as in {@code 17: rename /a /b}; otherwise it gets the number after that of the line before.
 */
public final class ScriptWorkload implements Workload {

    private final String name;
    private final List<Step> steps;

    private ScriptWorkload(String name, List<Step> steps) {
        this.name = name;
        this.steps = List.copyOf(steps);
    }

    /** @throws IllegalArgumentException when the numbers do not ascend */
    public static ScriptWorkload of(String name, List<Step> steps) {
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).number() <= steps.get(i - 1).number()) {
                throw new IllegalArgumentException("step " + steps.get(i) + " does not ascend");
            }
        }
        return new ScriptWorkload(name, steps);
    }

    /**
     * Reads a script.
     *
     * @param name for messages, such as a file name
     * @throws ScriptException naming line and reason
     */
    public static ScriptWorkload parse(String name, String text) {
        List<Step> steps = new ArrayList<>();
        int lineNumber = 0;
        for (String line : text.split("\\R", -1)) {
            lineNumber++;
            OperationText.readLine(name, lineNumber, line, steps);
        }
        return new ScriptWorkload(name, steps);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Step> steps(Choices choices) {
        return steps;
    }

    public List<Step> steps() {
        return steps;
    }

    /** The script, numbers included, as {@link #parse} reads it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            text.append(step).append('\n');
        }
        return text.toString();
    }
}
