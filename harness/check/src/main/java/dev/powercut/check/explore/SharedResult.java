package dev.powercut.check.explore;

import dev.powercut.check.target.CheckResult;
import java.util.List;
import java.util.function.Supplier;

/** The result of a recovery or check that was not done since another one did the same; for its words it is done after all. */
final class SharedResult implements CheckResult {

    private final Severity severity;
    private final Supplier<CheckResult> again;

    /** @param again does it after all */
    SharedResult(Severity severity, Supplier<CheckResult> again) {
        this.severity = severity;
        this.again = again;
    }

    @Override
    public Severity severity() {
        return severity;
    }

    @Override
    public boolean recovered() {
        return true;
    }

    @Override
    public List<String> lines() {
        return again.get().lines();
    }

    @Override
    public String worstLine() {
        return again.get().worstLine();
    }

    @Override
    public String kind() {
        return again.get().kind();
    }
}
