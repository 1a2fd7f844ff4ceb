package dev.powercut.check.oracle;

import dev.powercut.check.target.CheckResult;

/** Recovery mends everything that a crash may leave: a second look finds nothing. */
public final class RecoveryCompletes implements Oracle {

    private static final String PROMISE = "recovery succeeds, and a second check finds nothing";

    public RecoveryCompletes() {}

    @Override
    public String name() {
        return "recovery-completes";
    }

    @Override
    public String claim() {
        return "Recovery succeeds, and a second check finds nothing.";
    }

    @Override
    public boolean judges(Evidence.Stage stage) {
        return stage == Evidence.Stage.RECOVERY || stage == Evidence.Stage.SECOND_RECOVERY;
    }

    @Override
    public void judge(Evidence evidence, ViolationSink violations) {
        switch (evidence) {
            case Evidence.Recovered recovered -> {
                CheckResult result = recovered.result();
                if (result.severity() != CheckResult.Severity.DAMAGE && !result.recovered()) {
                    violations.violation(new Violation(
                            "gave-up-on-" + result.kind(),
                            "recovery gave up on damage that it calls benign: " + CheckWords.worst(result),
                            PROMISE,
                            result.lines()));
                }
            }
            case Evidence.RecoveredAgain again -> {
                CheckResult result = again.result();
                if (result.severity() != CheckResult.Severity.CLEAN) {
                    violations.violation(new Violation(
                            "left-" + result.kind(),
                            "after recovery a second check still finds " + CheckWords.worst(result),
                            PROMISE,
                            result.lines()));
                }
            }
            case Evidence.Failed failed ->
                violations.violation(StageFailures.violation(Grade.BROKEN_PROMISE, failed, PROMISE));
            default -> {}
        }
    }
}
