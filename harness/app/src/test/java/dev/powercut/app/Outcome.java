package dev.powercut.app;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command line said, and how it ended. */
final class Outcome {

    final int exitCode;
    final String out;
    final String err;

    private Outcome(int exitCode, String out, String err) {
        this.exitCode = exitCode;
        this.out = out;
        this.err = err;
    }

    /** Runs a command in this JVM; nobody looks at its terminal. */
    static Outcome powercut(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Powercut.execute(terminal(new PrintWriter(out, true), new PrintWriter(err, true)), arguments);
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    /** The same, for arguments without blanks. */
    static Outcome powercut(String line) {
        return powercut(line.split(" "));
    }

    static Terminal terminal(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, false, false, false, true);
    }

    String lastLine() {
        return lastLine(out);
    }

    static String lastLine(String out) {
        return out.lines().reduce("", (before, line) -> line.isBlank() ? before : line);
    }
}
