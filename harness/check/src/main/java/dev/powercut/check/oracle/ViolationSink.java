package dev.powercut.check.oracle;

/** Is told what is wrong. */
@FunctionalInterface
public interface ViolationSink {
    void violation(Violation violation);
}
