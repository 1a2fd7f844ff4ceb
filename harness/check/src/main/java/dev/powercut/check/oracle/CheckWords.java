package dev.powercut.check.oracle;

import dev.powercut.check.target.CheckResult;

/** A check result as a clause of a sentence. */
final class CheckWords {

    private CheckWords() {}

    /** The worst problem, and how many there are besides. */
    static String worst(CheckResult result) {
        int more = result.lines().size() - 1;
        return result.kind() + ": " + result.worstLine() + (more > 0 ? "; and " + more + " more" : "");
    }
}
