package dev.powercut.targets.logfs.fsck;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.check.target.Checker;
import dev.powercut.check.target.ImageTool.CheckMode;
import dev.powercut.sim.disk.BlockDevice;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * fsck for logfs. An image whose log goes on behind its checkpoint is as the log says: that alone is no problem; {@code -p} and {@code -y}
 * write it down. Exit codes are those of e2fsck.
 */
public final class Fsck implements Checker {

    /** Rounds of {@code -y}: what a repair brings to light is rare, and what a second one does, rarer. */
    private static final int MOST_ROUNDS = 7;

    private final boolean quick;
    private final boolean wantsPaths;

    /** A full check, which reads all that is live. */
    public Fsck() {
        this(false, false);
    }

    private Fsck(boolean quick, boolean wantsPaths) {
        this.quick = quick;
        this.wantsPaths = wantsPaths;
    }

    /**
     * A check for inner loops, which reads metadata only. It does not look at summaries (but those of the log behind the checkpoint) and the
     * backup superblock, and does not mention a torn checkpoint region where the next checkpoint goes. Repairs are full all the same.
     */
    public static Fsck quick() {
        return new Fsck(true, false);
    }

    /** A full check whose problems name paths. */
    public static Fsck withPaths() {
        return new Fsck(false, true);
    }

    @Override
    public FsckReport check(BlockDevice device) {
        return run(device, CheckMode.READ_ONLY, 0);
    }

    @Override
    public FsckReport recover(BlockDevice device) {
        return run(device, CheckMode.PREEN, 0);
    }

    @Override
    public FsckReport repair(BlockDevice device) {
        return run(device, CheckMode.YES, 0);
    }

    /**
     * Checks an image, and mends what the mode says. Whatever the bytes are, it ends, and fails with nothing.
     *
     * @param nowNanos time to stamp on what is written, 0 for that of the checkpoint
     */
    public FsckReport run(BlockDevice device, CheckMode mode, long nowNanos) {
        Problems problems = new Problems();
        Volume volume = open(device, problems);
        if (volume == null) {
            return new FsckReport(problems.list(), FsckReport.EXIT_OPERATIONAL, 0, 0);
        }
        Scan scan = new Scan(volume, quick && mode == CheckMode.READ_ONLY, problems, false);
        scan.run();
        List<Problem> shown = shown(scan, problems);
        return switch (mode) {
            case READ_ONLY ->
                new FsckReport(
                        shown,
                        shown.isEmpty() ? FsckReport.EXIT_CLEAN : FsckReport.EXIT_UNCORRECTED,
                        scan.rolledGroups(),
                        0);
            case PREEN -> preen(scan, problems, shown, nowNanos);
            case YES -> repair(device, scan, problems, shown, nowNanos);
        };
    }

    private List<Problem> shown(Scan scan, Problems problems) {
        return wantsPaths ? scan.withPaths() : List.copyOf(problems.list());
    }

    private static @Nullable Volume open(BlockDevice device, Problems problems) {
        try {
            return Volume.open(device);
        } catch (ImageFormatException e) {
            problems.add(
                    ProblemKind.NO_VOLUME, 0, 0, 0, 0, e.what() + " (at byte " + e.offsetBytes() + "); " + e.remedy());
            return null;
        }
    }

    private FsckReport preen(Scan scan, Problems problems, List<Problem> shown, long nowNanos) {
        int groups = scan.rolledGroups();
        if (problems.hasDamage()) {
            return new FsckReport(shown, FsckReport.EXIT_UNCORRECTED, groups, 0);
        } else if (shown.isEmpty() && groups == 0) {
            return new FsckReport(shown, FsckReport.EXIT_CLEAN, groups, 0);
        }
        int written = scan.write(nowNanos);
        return written < 0
                ? new FsckReport(shown(scan, problems), FsckReport.EXIT_UNCORRECTED, groups, 0)
                : new FsckReport(shown, FsckReport.EXIT_CORRECTED, groups, written);
    }

    private FsckReport repair(
            BlockDevice device, Scan firstScan, Problems firstProblems, List<Problem> firstShown, long nowNanos) {
        int groups = firstScan.rolledGroups();
        int written = 0;
        // By what they are; a path may change on the way.
        LinkedHashMap<Problem, Problem> seen = new LinkedHashMap<>();
        Scan scan = firstScan;
        Problems problems = firstProblems;
        List<Problem> shown = firstShown;
        boolean frugal = false;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            note(seen, shown);
            if (problems.list().isEmpty() && scan.rolledGroups() == 0) {
                return new FsckReport(
                        List.copyOf(seen.values()),
                        written > 0 ? FsckReport.EXIT_CORRECTED : FsckReport.EXIT_CLEAN,
                        groups,
                        written);
            }
            int now = scan.write(nowNanos);
            if (now < 0 && frugal) {
                note(seen, shown(scan, problems));
                break;
            }
            // A wrong tree of extents may claim more blocks that nobody else has than can be copied.
            frugal |= now < 0;
            written += Math.max(0, now);
            problems = new Problems();
            Volume volume = open(device, problems);
            if (volume == null) {
                break;
            }
            scan = new Scan(volume, false, problems, frugal);
            scan.run();
            shown = shown(scan, problems);
        }
        return new FsckReport(List.copyOf(seen.values()), FsckReport.EXIT_UNCORRECTED, groups, written);
    }

    private static void note(LinkedHashMap<Problem, Problem> seen, List<Problem> shown) {
        for (Problem problem : shown) {
            seen.putIfAbsent(problem.withPath(""), problem);
        }
    }
}
