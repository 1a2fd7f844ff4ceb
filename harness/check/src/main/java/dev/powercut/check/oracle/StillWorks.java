package dev.powercut.check.oracle;

import dev.powercut.check.target.CheckResult;

/** The recovered filesystem is as good as any: it mounts, everything in it can be read, and work on it goes as it should. */
public final class StillWorks implements Oracle {

    private static final String PROMISE = "the recovered filesystem mounts, and works as the model says";

    public StillWorks() {}

    @Override
    public String name() {
        return "still-works";
    }

    @Override
    public String claim() {
        return "The recovered filesystem mounts, and a follow-up workload gives what the model gives.";
    }

    @Override
    public boolean judges(Evidence.Stage stage) {
        return stage == Evidence.Stage.MOUNT || stage == Evidence.Stage.FOLLOW_UP;
    }

    @Override
    public void judge(Evidence evidence, ViolationSink violations) {
        switch (evidence) {
            case Evidence.FollowedUp followed -> {
                if (!followed.deviations().isEmpty()) {
                    violations.violation(new Violation(
                            Grade.POSIX,
                            "follow-up-deviates",
                            "on the recovered filesystem, "
                                    + followed.deviations().getFirst(),
                            PROMISE,
                            followed.deviations()));
                }
                CheckResult result = followed.result();
                if (result.severity() != CheckResult.Severity.CLEAN) {
                    violations.violation(new Violation(
                            Grade.POSIX,
                            "follow-up-left-" + result.kind(),
                            "after a follow-up workload and a clean unmount, a check finds " + CheckWords.worst(result),
                            PROMISE,
                            result.lines()));
                }
            }
            case Evidence.Failed failed -> violations.violation(StageFailures.violation(Grade.POSIX, failed, PROMISE));
            default -> {}
        }
    }
}
