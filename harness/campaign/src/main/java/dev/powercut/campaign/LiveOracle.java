package dev.powercut.campaign;

import dev.powercut.campaign.RunReport.OracleLine;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Timeline;
import dev.powercut.check.oracle.Difference;
import dev.powercut.check.oracle.Failure;
import dev.powercut.check.oracle.Violation;
import dev.powercut.check.workload.History;
import dev.powercut.check.workload.Mismatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the filesystem while it runs, before any cut: every call gives what the model gives, and nothing fails or hangs. */
final class LiveOracle {

    static final String NAME = "follows-model";
    private static final String CLAIM = "While the filesystem runs, every call gives what the model gives.";

    private final Recording recording;
    private final List<Violation> violations = new ArrayList<>();

    LiveOracle(Recording recording) {
        this.recording = recording;
        Failure failure = recording.failure();
        if (failure != null) {
            violations.add(new Violation(
                    failure.kind(),
                    (failure.kind().equals(Failure.HANG) ? "the workload does not come to an end: " : "the workload fails: ")
                            + failure.summary(),
                    "the filesystem serves every call",
                    failure.stack()));
        }
        History history = recording.history();
        Mismatch mismatch = history == null ? null : history.mismatch();
        if (mismatch != null) {
            violations.add(violation(mismatch));
        }
    }

    private static Violation violation(Mismatch mismatch) {
        return new Violation(
                mismatch.kind(),
                "operation " + mismatch.step() + " gave " + mismatch.found() + " where the model gives "
                        + mismatch.expected() + ", without any power cut",
                "calls do what POSIX says",
                List.of(),
                List.of(new Difference(
                        mismatch.step().toString(), List.of(mismatch.expected()), mismatch.found(), true, null)),
                List.of(mismatch.step().number()));
    }

    List<Violation> violations() {
        return violations;
    }

    /** The last part of a violation's fingerprint: what was going on. */
    String course(Violation violation) {
        History history = recording.history();
        @Nullable Mismatch mismatch = history == null ? null : history.mismatch();
        return mismatch == null ? violation.kind() : violation.kind() + "/" + Timeline.word(mismatch.step());
    }

    OracleLine line() {
        History history = recording.history();
        return new OracleLine(
                NAME, CLAIM, history == null ? 0 : history.entries().size(), violations.size());
    }
}
