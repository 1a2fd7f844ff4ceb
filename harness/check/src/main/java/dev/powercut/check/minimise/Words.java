package dev.powercut.check.minimise;

import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.OperationWords;
import dev.powercut.check.workload.ScriptException;
import dev.powercut.check.workload.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the words of a step are, so that steps can be simplified without a case for each operation. */
final class Words {

    private Words() {}

    static boolean isPath(String word) {
        return word.startsWith("/");
    }

    static boolean isMode(String word) {
        return word.length() == 4 && word.charAt(0) == '0' && word.matches("[0-7]{4}");
    }

    static boolean isNumber(String word) {
        return !isMode(word) && word.matches("[0-9]{1,18}");
    }

    static String verb(Step step) {
        return OperationWords.of(step.operation()).getFirst();
    }

    /** The mode that says nothing. */
    static String usualMode(String verb) {
        return verb.equals("mkdir") ? "0755" : "0644";
    }

    /** A step with other words, or null when they are no operation. */
    static @Nullable Step step(int number, List<String> words) {
        try {
            Operation operation = OperationWords.parse(words);
            return new Step(number, operation);
        } catch (ScriptException e) {
            return null;
        }
    }

    static List<String> with(List<String> words, int index, String word) {
        List<String> others = new ArrayList<>(words);
        others.set(index, word);
        return others;
    }
}
