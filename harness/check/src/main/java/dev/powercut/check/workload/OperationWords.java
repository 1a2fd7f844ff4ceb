package dev.powercut.check.workload;

import java.util.ArrayList;
import java.util.List;

/** Operations as the words of their text form, the operation's name first: for what changes operations without knowing each. */
public final class OperationWords {

    private OperationWords() {}

    /** The words of an operation, without quotes. */
    public static List<String> of(Operation operation) {
        return new ScriptLine("operation", 1, operation.text()).all();
    }

    /** @throws ScriptException when the words are no operation */
    public static Operation parse(List<String> words) {
        List<String> quoted = new ArrayList<>();
        words.forEach(word -> quoted.add(OperationText.quote(word)));
        List<Step> steps = new ArrayList<>();
        OperationText.readLine("operation", 1, "0: " + String.join(" ", quoted), steps);
        return steps.getFirst().operation();
    }
}
