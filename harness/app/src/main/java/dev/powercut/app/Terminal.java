package dev.powercut.app;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a command prints.
 *
 * @param out results
 * @param err what went wrong, and progress
 * @param piped whether {@code out} is a pipe or socket: when that cannot be written, its reader has gone
 * @param interactive whether a person looks at it now: colour and progress only then
 * @param unicode whether marks beyond ASCII can be shown
 */
record Terminal(PrintWriter out, PrintWriter err, boolean piped, boolean interactive, boolean colour, boolean unicode) {

    /** POSIX's bits of a mode that are a file's type, and the types of pipes and sockets. */
    private static final int S_IFMT = 0170000;

    private static final int S_IFIFO = 0010000;
    private static final int S_IFSOCK = 0140000;

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
                isPipe(Path.of("/dev/stdout")),
                interactive,
                colour,
                charset.newEncoder().canEncode('✓'));
    }

    private static boolean isPipe(Path file) {
        try {
            int type = (int) Files.getAttribute(file, "unix:mode") & S_IFMT;
            return type == S_IFIFO || type == S_IFSOCK;
        } catch (IOException | UnsupportedOperationException e) {
            // Closed from the beginning, or a system that has no such file.
            return false;
        }
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
