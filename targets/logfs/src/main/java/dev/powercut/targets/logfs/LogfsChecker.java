package dev.powercut.targets.logfs;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.check.target.CheckResult;
import dev.powercut.check.target.Checker;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.targets.logfs.fs.Discipline;
import dev.powercut.targets.logfs.fs.Recovery;
import dev.powercut.targets.logfs.fsck.Fsck;
import dev.powercut.targets.logfs.fsck.FsckReport;
import java.util.List;

/**
 * What runs on each crash image: the quick check of fsck, which rolls the log forward by itself, in memory; then, when nothing is damaged, the
 * filesystem's own recovery, which is what is under test. A crash must leave nothing but a log that goes on: what fsck could mend without loss,
 * such as a segment that counts too much, a mount would not, so here that is damage too.
 */
final class LogfsChecker implements Checker {

    private final Recovery recovery;
    private final Fsck quick = Fsck.quick();
    private final Fsck full = new Fsck();

    private record Verdict(Severity severity, boolean recovered, String kind, String worstLine, List<String> lines)
            implements CheckResult {

        Verdict(Severity severity, boolean recovered, String kind, String line) {
            this(severity, recovered, kind, line, List.of(line));
        }
    }

    /** @param rules of recovery */
    LogfsChecker(Discipline rules) {
        this.recovery = new Recovery(rules);
    }

    @Override
    public CheckResult check(BlockDevice device) {
        FsckReport report = quick.check(device);
        if (report.severity() != CheckResult.Severity.CLEAN) {
            return new Verdict(CheckResult.Severity.DAMAGE, false, report.kind(), report.worstLine(), report.lines());
        }
        return report.rolledGroups() == 0 ? report : behindCheckpoint(report);
    }

    @Override
    public CheckResult recover(BlockDevice device) {
        CheckResult found = check(device);
        return found.severity() == CheckResult.Severity.BENIGN ? rolledForward(device, found) : found;
    }

    @Override
    public CheckResult repair(BlockDevice device) {
        return full.repair(device);
    }

    private CheckResult rolledForward(BlockDevice device, CheckResult found) {
        try {
            recovery.run(device);
            return new Verdict(found.severity(), true, found.kind(), found.worstLine());
        } catch (ImageFormatException e) {
            return damage("not-mountable", e.what() + " (at byte " + e.offsetBytes() + ")");
        } catch (ErrnoException e) {
            return damage("unreadable", String.valueOf(e.getMessage()));
        }
    }

    private static CheckResult damage(String kind, String line) {
        return new Verdict(CheckResult.Severity.DAMAGE, false, kind, line);
    }

    private static CheckResult behindCheckpoint(FsckReport report) {
        String line = "the log has " + report.rolledGroups() + " groups behind the newest checkpoint";
        return new Verdict(CheckResult.Severity.BENIGN, false, "log-behind-checkpoint", line);
    }
}
