package dev.powercut.app;

import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/**
 * Where a command prints.
 *
 * @param out results
 * @param err what went wrong, and progress
 * @param interactive whether a person looks at it now: colour and progress only then
 * @param unicode whether marks beyond ASCII can be shown
 */
record Terminal(PrintWriter out, PrintWriter err, boolean interactive, boolean colour, boolean unicode) {

    private static final String GREEN = "32";
    private static final String RED = "31";
    private static final String YELLOW = "33";
    private static final String BOLD = "1";
    private static final String FAINT = "2";

    /** The process's own standard output and error. */
    static Terminal ofProcess() {
        Console console = System.console();
        boolean interactive = console != null && console.isTerminal();
        String noColour = System.getenv("NO_COLOR");
        boolean colour =
                interactive && (noColour == null || noColour.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
        Charset charset = System.out.charset();
        return new Terminal(
                writer(System.out),
                writer(System.err),
                interactive,
                colour,
                charset.newEncoder().canEncode('✓'));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    String good(String text) {
        return styled(GREEN, text);
    }

    String bad(String text) {
        return styled(RED, text);
    }

    String warning(String text) {
        return styled(YELLOW, text);
    }

    String strong(String text) {
        return styled(BOLD, text);
    }

    String faint(String text) {
        return styled(FAINT, text);
    }

    /** A mark in front of something that holds. */
    String tick() {
        return good(unicode ? "✓" : "ok");
    }

    /** A mark in front of something that does not hold. */
    String cross() {
        return bad(unicode ? "✗" : "NO");
    }

    /** A mark in front of something that was not looked at. */
    String dash() {
        return faint(unicode ? "–" : "--");
    }

    private String styled(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
