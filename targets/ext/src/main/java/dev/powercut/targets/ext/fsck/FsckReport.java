package dev.powercut.targets.ext.fsck;

import dev.powercut.check.target.CheckResult;
import dev.powercut.targets.ext.journal.RecoveryReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run of fsck found and did. The problems are those of the image as it was before anything was changed, except that
 * {@code -y} appends what came to light only after a repair.
 */
public final class FsckReport implements CheckResult {

    /** No errors. */
    public static final int EXIT_CLEAN = 0;
    /** Errors, all corrected. */
    public static final int EXIT_CORRECTED = 1;
    /** Errors left. */
    public static final int EXIT_UNCORRECTED = 4;
    /** The image could not be worked on at all. */
    public static final int EXIT_OPERATIONAL = 8;

    private final List<Problem> problems;
    private final Severity severity;
    private final int exitCode;
    private final boolean skipped;
    private final int sectorsWritten;
    private final @Nullable RecoveryReport recovery;

    FsckReport(
            List<Problem> problems,
            int exitCode,
            boolean skipped,
            int sectorsWritten,
            @Nullable RecoveryReport recovery) {
        this.recovery = recovery;
        this.problems = problems;
        this.exitCode = exitCode;
        this.skipped = skipped;
        this.sectorsWritten = sectorsWritten;
        Severity worst = Severity.CLEAN;
        for (int i = 0; i < problems.size(); i++) {
            Severity each = problems.get(i).kind().severity();
            worst = each.compareTo(worst) > 0 ? each : worst;
        }
        this.severity = worst;
    }

    /** All problems, in the order of the passes. */
    public List<Problem> problems() {
        return problems;
    }

    /** As e2fsck: 0 no errors, 1 corrected, 4 left uncorrected, 8 operational error. */
    public int exitCode() {
        return exitCode;
    }

    /** True when the image was marked clean and nothing was looked at. */
    public boolean skipped() {
        return skipped;
    }

    /** Sectors that the repair wrote. */
    public int sectorsWritten() {
        return sectorsWritten;
    }

    /** What recovery from the journal did before; null when none was due. */
    public @Nullable RecoveryReport recovery() {
        return recovery;
    }

    public int count(Severity wanted) {
        int count = 0;
        for (Problem problem : problems) {
            count += problem.kind().severity() == wanted ? 1 : 0;
        }
        return count;
    }

    @Override
    public Severity severity() {
        return severity;
    }

    @Override
    public boolean recovered() {
        return exitCode == EXIT_CLEAN || exitCode == EXIT_CORRECTED;
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>(problems.size());
        for (Problem problem : problems) {
            lines.add(problem.text());
        }
        return lines;
    }

    @Override
    public String worstLine() {
        Problem worst = worst();
        return worst == null ? "" : worst.text();
    }

    @Override
    public String kind() {
        Problem worst = worst();
        return worst == null ? "" : worst.kind().slug();
    }

    /** The first problem of the worst severity, or null when there is none. */
    private @Nullable Problem worst() {
        for (Problem problem : problems) {
            if (problem.kind().severity() == severity) {
                return problem;
            }
        }
        return null;
    }
}
