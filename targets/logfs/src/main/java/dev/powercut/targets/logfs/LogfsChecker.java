package dev.powercut.targets.logfs;

import dev.powercut.check.target.CheckResult;
import dev.powercut.check.target.Checker;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.targets.logfs.format.ImageFormatException;
import dev.powercut.targets.logfs.fs.Discipline;
import dev.powercut.targets.logfs.fs.Recovery;
import dev.powercut.targets.logfs.fsck.Fsck;
import dev.powercut.targets.logfs.fsck.FsckReport;
import java.util.List;

/**
 * What runs on each crash image: the quick check of fsck, which rolls the log forward by itself, in memory; then, when nothing is damaged, the
 * filesystem's own recovery, which is what is under test. Damage is not mended here: a crash must not leave any.
 */
final class LogfsChecker implements Checker {

    private final Recovery recovery;
    private final Fsck quick = Fsck.quick();
    private final Fsck full = new Fsck();

    /** @param rules of recovery */
    LogfsChecker(Discipline rules) {
        this.recovery = new Recovery(rules);
    }

    /** Nothing is wrong, but the log goes on behind the checkpoint; or the filesystem refuses what fsck finds sound. */
    private record Noted(Severity severity, boolean recovered, String kind, String worstLine) implements CheckResult {
        @Override
        public List<String> lines() {
            return List.of(worstLine);
        }
    }

    @Override
    public CheckResult check(BlockDevice device) {
        FsckReport report = quick.check(device);
        return hasOnlyLog(report) ? behindCheckpoint(report, false) : report;
    }

    @Override
    public CheckResult recover(BlockDevice device) {
        FsckReport report = quick.check(device);
        if (hasOnlyLog(report)) {
            return recovered(device, report);
        }
        return report.severity() == CheckResult.Severity.BENIGN ? full.recover(device) : report;
    }

    @Override
    public CheckResult repair(BlockDevice device) {
        return full.repair(device);
    }

    private static boolean hasOnlyLog(FsckReport report) {
        return report.severity() == CheckResult.Severity.CLEAN && report.rolledGroups() > 0;
    }

    private CheckResult recovered(BlockDevice device, FsckReport report) {
        try {
            recovery.run(device);
            return behindCheckpoint(report, true);
        } catch (ImageFormatException e) {
            return new Noted(
                    CheckResult.Severity.DAMAGE,
                    false,
                    "not-mountable",
                    e.what() + " (at byte " + e.offsetBytes() + ")");
        } catch (ErrnoException e) {
            return new Noted(CheckResult.Severity.DAMAGE, false, "unreadable", String.valueOf(e.getMessage()));
        }
    }

    private static CheckResult behindCheckpoint(FsckReport report, boolean recovered) {
        return new Noted(
                CheckResult.Severity.BENIGN,
                recovered,
                "log-behind-checkpoint",
                "the log has " + report.rolledGroups() + " groups behind the newest checkpoint");
    }
}
