package dev.powercut.check.target;

import java.util.List;

/** What a check found. */
public interface CheckResult {

    /** How bad an image is. */
    enum Severity {
        /** Nothing to say. */
        CLEAN,
        /** What a crash may leave and recovery mends without loss: leaked space, wrong counts … */
        BENIGN,
        /** What must not happen: something points to the wrong thing, or is lost. */
        DAMAGE
    }

    /** The worst of all problems found. */
    Severity severity();

    /** True when recovery did its work: what remains is clean. Always true for a clean image. */
    boolean recovered();

    /** All problems, one line each; made when asked for. */
    List<String> lines();

    /** The line of the problem that {@link #kind} names; empty when clean. */
    String worstLine();

    /** A stable word for the first problem of the worst severity, such as {@code block-claimed-twice}; empty when clean. */
    String kind();
}
