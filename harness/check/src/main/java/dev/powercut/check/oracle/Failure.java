package dev.powercut.check.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * The target threw what it should not, or did not end.
 *
 * @param kind stable: {@code hang}, or the exception's name and the method that threw it, without line numbers
 * @param summary the exception's own words
 * @param stack the stack, for display only
 */
public record Failure(String kind, String summary, List<String> stack) {

    /** The kind of a failure to come to an end. */
    public static final String HANG = "hang";

    private static final int FRAMES_SHOWN = 40;

    public Failure {
        stack = List.copyOf(stack);
    }

    /** An exception that a target's code threw. */
    public static Failure thrown(Throwable thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        List<String> stack = new ArrayList<>();
        for (int i = 0; i < Math.min(frames.length, FRAMES_SHOWN); i++) {
            stack.add("at " + frames[i]);
        }
        String kind = thrown.getClass().getSimpleName() + place(thrown, frames);
        return new Failure(kind, String.valueOf(thrown), stack);
    }

    /** A target that did not come to an end. */
    public static Failure hang(Throwable limit) {
        return new Failure(
                HANG, String.valueOf(limit.getMessage()), thrown(limit).stack());
    }

    /** Where deep recursion ends is chance, so a stack overflow has no place. */
    private static String place(Throwable thrown, StackTraceElement[] frames) {
        if (thrown instanceof StackOverflowError) {
            return "";
        }
        for (StackTraceElement frame : frames) {
            if (!frame.getClassName().startsWith("java.")
                    && !frame.getClassName().startsWith("jdk.")) {
                String name = frame.getClassName();
                return " in " + name.substring(name.lastIndexOf('.') + 1) + "." + frame.getMethodName();
            }
        }
        return "";
    }
}
