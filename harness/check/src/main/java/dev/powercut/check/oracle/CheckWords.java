package dev.powercut.check.oracle;

import dev.powercut.check.target.CheckResult;
import java.util.List;

/** A check result as a clause of a sentence. */
final class CheckWords {

    private CheckWords() {}

    /** The stable word for the worst problem, and how many problems there are besides. */
    static String worst(CheckResult result) {
        List<String> lines = result.lines();
        return switch (lines.size()) {
            case 0 -> result.kind();
            case 1 -> lines.getFirst();
            default -> result.kind() + " (" + lines.getFirst() + "; " + (lines.size() - 1) + " more)";
        };
    }
}
