package dev.powercut.targets.logfs.fs;

import dev.powercut.check.target.CheckResult;
import dev.powercut.check.target.Checker;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.targets.logfs.format.ImageFormatException;
import java.util.ArrayList;
import java.util.List;

/**
 * What runs on each crash image: rolls forward in memory, checks that all of it fits together, and writes it when it does. What does not fit is
 * damage: a crash must not leave it, so it is not mended here.
 */
public final class LogfsChecker implements Checker {

    private static final LogfsOptions OPTIONS = LogfsOptions.parse("");

    private final World world = World.withOneTask(Choices.zero());
    private final LogfsType type = new LogfsType();
    private final ImageCheck check = new ImageCheck();

    public LogfsChecker() {}

    private record Result(Severity severity, boolean recovered, List<Problem> problems, String note)
            implements CheckResult {

        @Override
        public List<String> lines() {
            List<String> lines = new ArrayList<>();
            for (Problem problem : problems) {
                lines.add(problem.line());
            }
            if (!note.isEmpty()) {
                lines.add(note);
            }
            return lines;
        }

        @Override
        public String worstLine() {
            return problems.isEmpty() ? note : problems.getFirst().line();
        }

        @Override
        public String kind() {
            return problems.isEmpty()
                    ? note.isEmpty() ? "" : "log-behind-checkpoint"
                    : problems.getFirst().kind();
        }
    }

    @Override
    public CheckResult check(BlockDevice device) {
        return run(device, false);
    }

    @Override
    public CheckResult recover(BlockDevice device) {
        return run(device, true);
    }

    /** All that can be done without guessing is what {@link #recover} does. */
    @Override
    public CheckResult repair(BlockDevice device) {
        return run(device, true);
    }

    private CheckResult run(BlockDevice device, boolean writes) {
        try {
            Volume volume =
                    Volume.open(new MountRequest(world, 0, device, !writes, "", 0), Discipline.correct(), OPTIONS);
            Parts parts = new LogFileSystem(type, volume, !writes).parts();
            RollForward rolled = parts.rollForward();
            List<Problem> problems = check.run(parts);
            if (!problems.isEmpty()) {
                return new Result(CheckResult.Severity.DAMAGE, false, List.copyOf(problems), "");
            } else if (rolled.groups() == 0) {
                return new Result(CheckResult.Severity.CLEAN, true, List.of(), "");
            }
            if (writes) {
                parts.completeRecovery();
            }
            return new Result(CheckResult.Severity.BENIGN, writes, List.of(), note(rolled));
        } catch (ImageFormatException e) {
            return damage("not-mountable", String.valueOf(e.getMessage()));
        } catch (ErrnoException e) {
            return damage("unreadable", String.valueOf(e.getMessage()));
        }
    }

    private static String note(RollForward rolled) {
        return "the log has " + rolled.groups() + " groups in " + rolled.writes()
                + " partial writes behind the newest checkpoint";
    }

    private static CheckResult damage(String kind, String line) {
        return new Result(CheckResult.Severity.DAMAGE, false, List.of(new Problem(kind, line)), "");
    }
}
