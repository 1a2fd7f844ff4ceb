package dev.powercut.check.oracle;

import dev.powercut.check.target.CheckResult;
import java.util.List;

/** What a crash leaves is at most what recovery mends without loss: leaked space, wrong counts. */
public final class BenignDamageOnly implements Oracle {

    public BenignDamageOnly() {}

    @Override
    public String name() {
        return "benign-damage-only";
    }

    @Override
    public String claim() {
        return "Before recovery there is only damage that it mends without loss.";
    }

    @Override
    public boolean judges(Evidence.Stage stage) {
        return stage == Evidence.Stage.RECOVERY;
    }

    @Override
    public void judge(Evidence evidence, ViolationSink violations) {
        if (evidence instanceof Evidence.Recovered recovered
                && recovered.result().severity() == CheckResult.Severity.DAMAGE) {
            CheckResult result = recovered.result();
            List<String> lines = result.lines();
            violations.violation(new Violation(
                    result.kind(),
                    "the crash left damage: " + CheckWords.worst(result),
                    "a crash leaves only what recovery mends without loss",
                    lines));
        }
    }
}
