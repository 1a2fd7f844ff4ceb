package dev.powercut.check.oracle;

/** Violations by a target that threw what it should not, or did not come to an end. */
final class StageFailures {

    private StageFailures() {}

    static Violation violation(Grade grade, Evidence.Failed failed, String promise) {
        Failure failure = failed.failure();
        String stage = failed.stage().words();
        String sentence = failure.kind().equals(Failure.HANG)
                ? stage + " does not come to an end: " + failure.summary()
                : stage + " fails: " + failure.summary();
        return new Violation(grade, failure.kind(), sentence, promise, failure.stack());
    }
}
