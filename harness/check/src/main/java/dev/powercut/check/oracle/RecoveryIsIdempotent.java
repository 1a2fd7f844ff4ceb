package dev.powercut.check.oracle;

import dev.powercut.check.target.CheckResult;
import dev.powercut.sim.disk.DiskImage;
import java.util.ArrayList;
import java.util.List;

/** Recovering what has been recovered changes no byte. */
public final class RecoveryIsIdempotent implements Oracle {

    private static final int SECTORS_NAMED = 8;

    public RecoveryIsIdempotent() {}

    @Override
    public String name() {
        return "recovery-is-idempotent";
    }

    @Override
    public String claim() {
        return "A second recovery changes no byte.";
    }

    @Override
    public boolean judges(Evidence.Stage stage) {
        return stage == Evidence.Stage.SECOND_RECOVERY;
    }

    @Override
    public void judge(Evidence evidence, ViolationSink violations) {
        // A second recovery that finds something to mend is the business of RecoveryCompletes.
        if (evidence instanceof Evidence.RecoveredAgain again
                && again.result().severity() == CheckResult.Severity.CLEAN
                && !again.before().equals(again.after())) {
            List<Long> sectors = differing(again.before(), again.after());
            violations.violation(new Violation(
                    "second-recovery-writes",
                    "a second recovery finds nothing, yet changes " + sectors.size() + " sectors, the first of them "
                            + sectors.getFirst(),
                    "recovery is idempotent",
                    sectors.stream()
                            .limit(SECTORS_NAMED)
                            .map(sector -> "sector " + sector + " differs")
                            .toList()));
        }
    }

    private static List<Long> differing(DiskImage before, DiskImage after) {
        List<Long> sectors = new ArrayList<>();
        after.forEachDifference(before, (number, contents) -> sectors.add(number));
        return sectors;
    }
}
