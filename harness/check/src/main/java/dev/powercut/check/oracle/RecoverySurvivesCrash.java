package dev.powercut.check.oracle;

import dev.powercut.check.target.CheckResult;

/** When the power fails again during recovery, the next recovery mends what is left, and the promises hold as before. */
public final class RecoverySurvivesCrash implements Oracle {

    private static final String PROMISE = "recovery may itself be cut by a crash, and then be done again";

    public RecoverySurvivesCrash() {}

    @Override
    public String name() {
        return "recovery-survives-crash";
    }

    @Override
    public String claim() {
        return "When the power fails again during recovery, the next recovery does all that was promised.";
    }

    @Override
    public boolean judges(Evidence.Stage stage) {
        return stage == Evidence.Stage.INTERRUPTED_RECOVERY;
    }

    @Override
    public void judge(Evidence evidence, ViolationSink violations) {
        switch (evidence) {
            case Evidence.Interrupted interrupted -> judge(interrupted, violations);
            case Evidence.Failed failed ->
                violations.violation(StageFailures.violation(Grade.BROKEN_PROMISE, failed, PROMISE));
            default -> {}
        }
    }

    private static void judge(Evidence.Interrupted interrupted, ViolationSink violations) {
        CheckResult result = interrupted.result();
        String again = "the power failed again " + interrupted.writesBefore() + " writes into recovery, and ";
        if (result.severity() == CheckResult.Severity.DAMAGE) {
            violations.violation(new Violation(
                    result.kind(), again + "left damage: " + CheckWords.worst(result), PROMISE, result.lines()));
        } else if (!result.recovered()) {
            violations.violation(new Violation(
                    "gave-up-on-" + result.kind(),
                    again + "the next recovery gave up: " + CheckWords.worst(result),
                    PROMISE,
                    result.lines()));
        }
        for (dev.powercut.check.promises.Violation broken : interrupted.broken()) {
            Violation plain = PromiseViolations.of(broken);
            violations.violation(new Violation(
                    plain.grade(),
                    plain.kind(),
                    again + "then " + plain.sentence(),
                    plain.promise(),
                    plain.lines(),
                    plain.differences(),
                    plain.operations()));
        }
    }
}
