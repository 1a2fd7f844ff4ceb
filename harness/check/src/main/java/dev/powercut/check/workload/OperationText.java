package dev.powercut.check.workload;

import java.util.List;

/** The text form of operations. */
final class OperationText {

    private OperationText() {}

    static String write(Operation operation) {
        throw new UnsupportedOperationException();
    }

    static String quote(String word) {
        throw new UnsupportedOperationException();
    }

    static void readLine(String script, int lineNumber, String line, List<Step> steps) {
        throw new UnsupportedOperationException();
    }
}
