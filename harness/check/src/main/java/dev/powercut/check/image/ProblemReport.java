package dev.powercut.check.image;

import dev.powercut.check.target.CheckResult;
import dev.powercut.check.target.ImageTool.CheckedProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run of fsck found and did. The problems are those of the image as it was before anything was changed, except that
 * {@code -y} appends what came to light only after a repair. Exit codes are those of e2fsck.
 *
 * @param <P> what the filesystem's problems are
 */
public abstract class ProblemReport<P extends ImageProblem> implements CheckResult {

    /** No errors. */
    public static final int EXIT_CLEAN = 0;
    /** Errors, all corrected; or what the log held was written to where it belongs. */
    public static final int EXIT_CORRECTED = 1;
    /** Errors left. */
    public static final int EXIT_UNCORRECTED = 4;
    /** The image could not be worked on at all. */
    public static final int EXIT_OPERATIONAL = 8;

    private final List<P> problems;
    private final Severity severity;
    private final int exitCode;

    /** @param problems in the order of the passes; taken over as they are */
    protected ProblemReport(List<P> problems, int exitCode) {
        this.problems = problems;
        this.exitCode = exitCode;
        Severity worst = Severity.CLEAN;
        for (int i = 0; i < problems.size(); i++) {
            Severity each = problems.get(i).kind().severity();
            worst = each.compareTo(worst) > 0 ? each : worst;
        }
        this.severity = worst;
    }

    /** All problems, in the order of the passes. */
    public final List<P> problems() {
        return problems;
    }

    /** As e2fsck: 0 no errors, 1 corrected, 4 left uncorrected, 8 operational error. */
    public final int exitCode() {
        return exitCode;
    }

    /** How many problems have this severity. */
    public final int count(Severity wanted) {
        int count = 0;
        for (P problem : problems) {
            count += problem.kind().severity() == wanted ? 1 : 0;
        }
        return count;
    }

    /** How many problems there are, for people: {@code 1 benign problem, 2 of damage}; {@code clean} when there are none. */
    public final String counts() {
        int benign = count(Severity.BENIGN);
        int damage = count(Severity.DAMAGE);
        return benign + damage == 0 ? "clean" : counted(benign, "benign problem") + ", " + damage + " of damage";
    }

    /** So many of something, for people: {@code 1 sector}, {@code 2 sectors}. */
    public static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** All problems as an image tool reports them. */
    public final List<CheckedProblem> checkedProblems() {
        List<CheckedProblem> checked = new ArrayList<>(problems.size());
        for (P problem : problems) {
            checked.add(new CheckedProblem(
                    problem.kind().slug(),
                    Integer.toUnsignedLong(problem.inode()),
                    Integer.toUnsignedLong(problem.block()),
                    problem.path(),
                    problem.fix(),
                    problem.text()));
        }
        return checked;
    }

    @Override
    public final Severity severity() {
        return severity;
    }

    @Override
    public final boolean recovered() {
        return exitCode == EXIT_CLEAN || exitCode == EXIT_CORRECTED;
    }

    @Override
    public final List<String> lines() {
        List<String> lines = new ArrayList<>(problems.size());
        for (P problem : problems) {
            lines.add(problem.text());
        }
        return lines;
    }

    @Override
    public final String worstLine() {
        P worst = worst();
        return worst == null ? "" : worst.text();
    }

    @Override
    public final String kind() {
        P worst = worst();
        return worst == null ? "" : worst.kind().slug();
    }

    /** The first problem of the worst severity, or null when there is none. */
    private @Nullable P worst() {
        for (P problem : problems) {
            if (problem.kind().severity() == severity) {
                return problem;
            }
        }
        return null;
    }
}
