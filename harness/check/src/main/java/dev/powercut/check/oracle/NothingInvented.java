package dev.powercut.check.oracle;

/** Nothing shows that no version of it ever had: no garbage, no stale data of others. */
public final class NothingInvented implements Oracle {

    public NothingInvented() {}

    @Override
    public String name() {
        return "nothing-invented";
    }

    @Override
    public String claim() {
        return "Nothing shows that no version had: no garbage, no data of others.";
    }

    @Override
    public boolean judges(Evidence.Stage stage) {
        return stage == Evidence.Stage.COMPARISON;
    }

    @Override
    public void judge(Evidence evidence, ViolationSink violations) {
        if (evidence instanceof Evidence.Compared compared) {
            for (dev.powercut.check.promises.Violation broken : compared.broken()) {
                if (PromiseViolations.isInvented(broken.kind())) {
                    violations.violation(PromiseViolations.of(broken));
                }
            }
        }
    }
}
