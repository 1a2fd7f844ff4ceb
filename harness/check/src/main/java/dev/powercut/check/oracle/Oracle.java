package dev.powercut.check.oracle;

/** One way of being wrong, found through {@code ServiceLoader}. */
public interface Oracle {

    /** Name as in findings and on the command line, lower case with hyphens. */
    String name();

    /** What it holds to be true of every crash state, in one sentence for people. */
    String claim();

    /** Whether this kind of evidence is what it judges; only such is shown to it. */
    boolean judges(Evidence.Stage stage);

    /** Says what is wrong with the evidence, if anything is. */
    void judge(Evidence evidence, ViolationSink violations);
}
