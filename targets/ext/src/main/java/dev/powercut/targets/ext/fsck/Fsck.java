package dev.powercut.targets.ext.fsck;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.check.target.CheckResult.Severity;
import dev.powercut.check.target.Checker;
import dev.powercut.check.target.ImageTool.CheckMode;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.journal.RecoveryRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * fsck for ext2 and ext3. An object is scratch memory: it is used again and again, by one thread at a time, on any images.
 *
 * <p>{@code -p} is one scan, then the repair that follows from it (of trifles first, and another scan); with damage, nothing is
 * written. {@code -y} goes round: scan, mend the earliest stage, until nothing is left or nothing changes. Exit codes are those of
 * e2fsck.
 */
public final class Fsck implements Checker {

    /** Rounds of {@code -y}; damage seldom takes more than five. */
    private static final int MOST_ROUNDS = 24;

    private final Scan scan;
    private final @Nullable JournalCheck journal;
    private final BenignRepair benignRepair;
    private final Mending mending;

    /** Whether the image said of itself that it was clean, before anything was mended. */
    private boolean wasMarkedClean;

    /** Of ext2. Makes scratch memory, which grows to what the images need. */
    public Fsck() {
        this(null);
    }

    private Fsck(@Nullable RecoveryRules rules) {
        this.scan = new Scan(rules != null);
        this.journal = rules == null ? null : new JournalCheck(scan, rules);
        this.benignRepair = new BenignRepair(scan);
        this.mending = new Mending(scan, journal);
    }

    /**
     * Of ext3, and of what has no journal yet or any more. An image whose log is not empty is recovered first; a check that changes
     * nothing looks at what that would give.
     *
     * @param rules of recovery: all, unless a defect is planted
     */
    public static Fsck ofExt3(RecoveryRules rules) {
        return new Fsck(rules);
    }

    @Override
    public FsckReport check(BlockDevice device) {
        return run(device, FsckOptions.CHECK);
    }

    @Override
    public FsckReport recover(BlockDevice device) {
        return run(device, FsckOptions.PREEN);
    }

    @Override
    public long[] leftovers() {
        return journal == null ? new long[0] : journal.leftovers();
    }

    @Override
    public FsckReport repair(BlockDevice device) {
        return run(device, FsckOptions.REPAIR);
    }

    /** Checks an image, and mends what the mode says. Whatever the bytes are, it ends, and fails with nothing. */
    public FsckReport run(BlockDevice device, FsckOptions options) {
        scan.edits.restart();
        scan.keepsEmpty = options.mode() == CheckMode.YES;
        if (journal != null) {
            journal.begin();
        }
        if (!open(device, options)) {
            return report(scan.problems(), FsckReport.EXIT_OPERATIONAL);
        } else if (!options.force() && !isDue(options) && scan.problems().isEmpty()) {
            return report(List.of(), FsckReport.EXIT_CLEAN, true);
        }
        wasMarkedClean = scan.volume.markedClean();
        scan.run();
        return switch (options.mode()) {
            case READ_ONLY ->
                report(
                        shown(options),
                        Trifles.onlyIn(scan) && !hasLost() ? FsckReport.EXIT_CLEAN : FsckReport.EXIT_UNCORRECTED);
            case PREEN -> preen(device, options);
            case YES -> repairAll(device, options);
        };
    }

    /** The problems of the last scan as they are to be told. */
    private List<Problem> shown(FsckOptions options) {
        List<Problem> problems = scan.problems();
        return options.paths() && !problems.isEmpty()
                ? new PathFinder(scan).withPaths(new Claimants(scan).named(problems))
                : problems;
    }

    private FsckReport report(List<Problem> problems, int exitCode) {
        return report(problems, exitCode, false);
    }

    private FsckReport report(List<Problem> problems, int exitCode, boolean skipped) {
        int recovered = journal == null ? 0 : journal.sectorsWritten();
        return new FsckReport(
                problems,
                exitCode,
                skipped,
                scan.edits.sectorsWritten() + recovered,
                journal == null ? null : journal.report());
    }

    /** Opens an image; recovers it first if that is due, and goes on with what that gives. */
    private boolean open(BlockDevice device, FsckOptions options) {
        try {
            scan.firstMissingBlock = Integer.MAX_VALUE;
            openVolume(device, options);
            takeTime(options);
            if (journal != null && journal.look()) {
                BlockDevice target =
                        options.mode() == CheckMode.READ_ONLY ? new OverlayDevice(scan.volume.device) : device;
                journal.recover(target);
                scan.open(target, options);
                noteTruncation();
                takeTime(options);
                journal.look();
            }
            return !isUnsupported();
        } catch (ImageFormatException e) {
            scan.problems()
                    .add(new Problem(
                            ProblemKind.NO_VOLUME,
                            0,
                            0,
                            0,
                            0,
                            0,
                            e.what() + " (at byte " + e.offsetBytes() + "); " + e.remedy()));
            return false;
        }
    }

    /**
     * Opens an image. Of one that is truncated, {@code -n} looks at what there is; nothing is to be mended in it, and mending would take
     * away what may be there in the whole one.
     */
    private void openVolume(BlockDevice device, FsckOptions options) throws ImageFormatException {
        try {
            scan.open(device, options);
        } catch (ImageFormatException e) {
            boolean look = options.mode() == CheckMode.READ_ONLY && e.remedy().equals(Superblock.TRUNCATED);
            BlockDevice whole = look ? PaddedDevice.of(device) : null;
            if (whole == null) {
                throw e;
            }
            scan.open(whole, options);
            scan.firstMissingBlock = (int) (device.sectorCount() / scan.volume.sectorsPerBlock);
            noteTruncation();
        }
    }

    private void noteTruncation() {
        if (scan.firstMissingBlock != Integer.MAX_VALUE) {
            int whole = scan.volume.geometry.blockCount();
            scan.report(ProblemKind.DEVICE_TOO_SMALL, 0, 0, scan.firstMissingBlock, whole);
        }
    }

    /** A superblock that was replayed may be later than the one that was there. */
    private void takeTime(FsckOptions options) {
        scan.knowsNow = options.nowSeconds() > 0;
        scan.nowSeconds = options.nowSeconds() > 0 ? options.nowSeconds() : scan.volume.latestSeconds();
    }

    /** A journal that we cannot replay holds what all else depends on. */
    private boolean isUnsupported() {
        List<Problem> problems = scan.problems();
        return !problems.isEmpty() && problems.getLast().kind() == ProblemKind.JOURNAL_UNSUPPORTED;
    }

    /** An image that is not clean is due, and one that was mounted often enough or long enough ago. */
    private boolean isDue(FsckOptions options) {
        byte[] b = scan.volume.superblock;
        int mostMounts = Superblock.maxMountCount(b, 0);
        long interval = Superblock.checkIntervalSeconds(b, 0);
        return !scan.volume.markedClean()
                || mostMounts > 0 && Superblock.mountCount(b, 0) >= mostMounts
                || interval > 0 && options.nowSeconds() >= Superblock.lastCheckSeconds(b, 0) + interval;
    }

    private FsckReport preen(BlockDevice device, FsckOptions options) {
        List<Problem> shown = shown(options);
        List<Problem> trifles = new ArrayList<>(0);
        for (Problem problem : scan.problems()) {
            if (Trifles.isPreened(scan, problem)) {
                trifles.add(problem);
            }
        }
        if (isRefusedByPreen()) {
            return report(shown, FsckReport.EXIT_UNCORRECTED);
        } else if (!trifles.isEmpty()) {
            mending.run(ProblemKind.Stage.VOLUME, trifles);
            mending.run(ProblemKind.Stage.DIRECTORIES, trifles);
            if (!open(device, options)) {
                return report(shown, FsckReport.EXIT_UNCORRECTED);
            }
            scan.run();
        }
        List<Problem> problems = scan.problems();
        List<Problem> unmended = new ArrayList<>(0);
        if (isRefusedByPreen() || !benignRepair.run(problems, unmended)) {
            shown.addAll(unmended);
            return report(shown, FsckReport.EXIT_UNCORRECTED);
        }
        boolean mended = !trifles.isEmpty();
        for (int i = 0; i < problems.size(); i++) {
            mended |= !Trifles.isIgnored(problems.get(i).kind());
        }
        return report(shown, correctedOrClean(mended));
    }

    private boolean isRefusedByPreen() {
        List<Problem> problems = scan.problems();
        for (int i = 0; i < problems.size(); i++) {
            Problem problem = problems.get(i);
            if (problem.kind().severity() == Severity.DAMAGE
                    && !Trifles.isPreened(scan, problem)
                    && !Trifles.isIgnored(problem.kind())) {
                return true;
            }
        }
        return false;
    }

    /** As e2fsck: to note when a clean image was checked is no correction, to mark one clean is. */
    private int correctedOrClean(boolean hadProblems) {
        return hadProblems || !wasMarkedClean || hasLost() ? FsckReport.EXIT_CORRECTED : FsckReport.EXIT_CLEAN;
    }

    /** Whether transactions in the log were dropped that were damaged. Not so one that a cut has left incomplete: that is no error. */
    private boolean hasLost() {
        return journal != null
                && journal.report() != null
                && Objects.requireNonNull(journal.report()).lost();
    }

    private FsckReport repairAll(BlockDevice device, FsckOptions options) {
        // By what they are; a path may change on the way.
        LinkedHashMap<Problem, Problem> seen = new LinkedHashMap<>();
        List<Problem> before = List.of();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<Problem> problems = scan.problems();
            List<Problem> shown = shown(options);
            for (int i = 0; i < problems.size(); i++) {
                seen.putIfAbsent(problems.get(i), shown.get(i));
            }
            ProblemKind.Stage stage = earliestStage(problems);
            if (stage == ProblemKind.Stage.NEVER || !problems.isEmpty() && problems.equals(before)) {
                break;
            } else if (stage.compareTo(ProblemKind.Stage.COUNTS) < 0) {
                mending.run(stage, problems);
            } else {
                List<Problem> unmended = new ArrayList<>(0);
                if (!benignRepair.run(problems, unmended)) {
                    unmended.forEach(problem -> seen.put(problem, problem));
                    break;
                } else if (problems.isEmpty() && journal != null && journal.isDropped()) {
                    journal.make(new Allocation(scan));
                } else if (problems.isEmpty()) {
                    return report(List.copyOf(seen.values()), correctedOrClean(!seen.isEmpty()));
                }
            }
            before = problems;
            if (!open(device, options)) {
                scan.problems().forEach(problem -> seen.put(problem, problem));
                break;
            }
            scan.run();
        }
        return report(List.copyOf(seen.values()), FsckReport.EXIT_UNCORRECTED);
    }

    /** The stage that comes first; the benign one when there are no problems. */
    private static ProblemKind.Stage earliestStage(List<Problem> problems) {
        ProblemKind.Stage earliest = problems.isEmpty() ? ProblemKind.Stage.BENIGN : ProblemKind.Stage.NEVER;
        for (Problem problem : problems) {
            ProblemKind.Stage stage = problem.kind().stage();
            earliest = stage.compareTo(earliest) < 0 ? stage : earliest;
        }
        return earliest;
    }
}
