package dev.powercut.campaign;

import dev.powercut.campaign.RunReport.OracleLine;
import dev.powercut.check.explore.Failures;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Timeline;
import dev.powercut.check.oracle.Difference;
import dev.powercut.check.oracle.Failure;
import dev.powercut.check.oracle.Grade;
import dev.powercut.check.oracle.Violation;
import dev.powercut.check.workload.History;
import dev.powercut.check.workload.Mismatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the filesystem while it runs, before any cut: every call gives what the model gives, and nothing fails or hangs. */
public final class LiveOracle {

    public static final String NAME = "follows-model";
    private static final String CLAIM = "While the filesystem runs, every call gives what the model gives.";

    private final Recording recording;
    private final List<Violation> violations = new ArrayList<>();

    public LiveOracle(Recording recording) {
        this.recording = recording;
        History history = recording.history();
        Mismatch mismatch = history == null ? null : history.mismatch();
        Failure failure = recording.failure();
        if (failure != null) {
            violations.add(violation(failure, "the workload", List.of()));
        } else if (mismatch != null) {
            violations.add(violation(mismatch));
        }
    }

    private static Violation violation(Failure failure, String subject, List<Integer> operations) {
        String verb = failure.kind().equals(Failure.HANG) ? " does not come to an end: " : " fails: ";
        return new Violation(
                Grade.POSIX,
                failure.kind(),
                subject + verb + failure.summary(),
                "the filesystem serves every call",
                failure.stack(),
                List.of(),
                operations);
    }

    private static Violation violation(Mismatch mismatch) {
        List<Integer> operations = List.of(mismatch.step().number());
        if (mismatch.exception() != null) {
            return violation(Failures.of(mismatch.exception()), "operation " + mismatch.step(), operations);
        }
        return new Violation(
                Grade.POSIX,
                mismatch.kind().word(),
                "operation " + mismatch.step() + " gave " + mismatch.found() + " where the model gives "
                        + mismatch.expected() + ", without any power cut",
                "calls do what POSIX says",
                List.of(),
                List.of(new Difference(
                        mismatch.step().toString(), List.of(mismatch.expected()), mismatch.found(), true, null)),
                operations);
    }

    public List<Violation> violations() {
        return violations;
    }

    /** A violation's fingerprint: what is wrong, and what was going on. */
    public String fingerprint(Violation violation) {
        return NAME + "/" + course(violation);
    }

    private String course(Violation violation) {
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
