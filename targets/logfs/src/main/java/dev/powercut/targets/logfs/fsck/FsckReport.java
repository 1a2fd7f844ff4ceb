package dev.powercut.targets.logfs.fsck;

import dev.powercut.check.target.CheckResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run of fsck found and did. The problems are those of the image, its log rolled forward, as it was before anything was changed;
 * {@code -y} appends what came to light only after a repair.
 */
public final class FsckReport implements CheckResult {

    /** No errors. */
    public static final int EXIT_CLEAN = 0;
    /** Errors, all corrected; or the log was rolled forward. */
    public static final int EXIT_CORRECTED = 1;
    /** Errors left. */
    public static final int EXIT_UNCORRECTED = 4;
    /** The image could not be worked on at all. */
    public static final int EXIT_OPERATIONAL = 8;

    private final List<Problem> problems;
    private final Severity severity;
    private final int exitCode;
    private final int rolledGroups;
    private final int blocksWritten;

    FsckReport(List<Problem> problems, int exitCode, int rolledGroups, int blocksWritten) {
        this.problems = problems;
        this.exitCode = exitCode;
        this.rolledGroups = rolledGroups;
        this.blocksWritten = blocksWritten;
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

    /** Groups of partial writes behind the checkpoint that take effect: what a mount, or a repair, rolls forward. */
    public int rolledGroups() {
        return rolledGroups;
    }

    /** Blocks that the repair wrote. */
    public int blocksWritten() {
        return blocksWritten;
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

    private @Nullable Problem worst() {
        for (Problem problem : problems) {
            if (problem.kind().severity() == severity) {
                return problem;
            }
        }
        return null;
    }
}
