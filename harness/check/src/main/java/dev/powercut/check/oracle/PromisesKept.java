package dev.powercut.check.oracle;

/** What was promised before the cut is there after it, and operations are whole where that was declared. */
public final class PromisesKept implements Oracle {

    public PromisesKept() {}

    @Override
    public String name() {
        return "promises-kept";
    }

    @Override
    public String claim() {
        return "What fsync, sync and the declared guarantees promised is there.";
    }

    @Override
    public boolean judges(Evidence.Stage stage) {
        return stage == Evidence.Stage.COMPARISON;
    }

    @Override
    public void judge(Evidence evidence, ViolationSink violations) {
        if (evidence instanceof Evidence.Compared compared) {
            for (dev.powercut.check.promises.Violation broken : compared.broken()) {
                if (!PromiseViolations.isInvented(broken.kind())) {
                    violations.violation(PromiseViolations.of(broken));
                }
            }
        }
    }
}
