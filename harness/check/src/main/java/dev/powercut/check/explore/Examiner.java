package dev.powercut.check.explore;

import dev.powercut.check.oracle.Evidence;
import dev.powercut.check.target.CheckResult;
import dev.powercut.check.target.Checker;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.tree.Node;
import dev.powercut.check.tree.TreeReader;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.ContentHash;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.WriteLog;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The machine on which crash states are examined, one after the other: it recovers, recovers again, mounts and reads, and works
 * on. Whatever the target throws comes back as evidence. The same image gives the same evidence, whatever was examined before:
 * each mount has a world of its own, whose choices are all dull; only scratch memory is used again.
 *
 * <p>So an image that agrees with an earlier one in every sector that was read of that need not be worked through: the evidence is that
 * of the earlier one, with what was written to it written to this one. {@link Pruning} knows the earlier ones.
 */
final class Examiner {

    /** Steps that a mounted filesystem may take by itself, without its device: more than any honest reading and working takes. */
    static final long OWN_STEPS = 20_000_000;

    private final FileSystemType type;
    private final String mountOptions;
    private final Checker checker;
    private final TreeReader reader = new TreeReader(TreeReader.Limits.DEFAULT);
    private final FollowUp followUp = new FollowUp();
    private final ScratchDisk disk;
    private final Pruning pruning;

    private long[] leftovers = {};
    private @Nullable WriteLog recoveryLog;
    private @Nullable Kernel kernel;
    private @Nullable Process process;

    /**
     * @param blank an image of the size of those to be examined
     * @param prunes whether images share what comes of them
     */
    Examiner(FileSystemTarget target, @Nullable String defect, String mountOptions, DiskImage blank, boolean prunes) {
        this.type = target.fileSystem(defect);
        this.mountOptions = mountOptions;
        this.checker = target.newChecker(defect);
        this.disk = new ScratchDisk(blank, ScratchDisk.stepLimit(blank));
        this.pruning = new Pruning(blank.sectorCount(), prunes);
    }

    /** Recovers a crash image: {@link Evidence.Recovered}, or {@link Evidence.Failed}. */
    Evidence recover(DiskImage crash) {
        return recover(crash, false);
    }

    /** As {@link #recover}, with a log of what recovery writes: {@link #recoveryLog}. */
    Evidence recoverLogged(DiskImage crash) {
        return recover(crash, true);
    }

    private Evidence recover(DiskImage crash, boolean logged) {
        recoveryLog = null;
        Pruning.Recovery known = pruning.recovery(crash, logged);
        if (known != null) {
            leftovers = known.leftovers();
            recoveryLog = known.log();
            return new Evidence.Recovered(
                    crash, recoveredLike(known.severity(), crash), known.patch().appliedTo(crash));
        }
        try {
            if (logged) {
                disk.loadLogged(crash);
            } else {
                disk.load(crash);
            }
            CheckResult result = recover();
            recoveryLog = logged ? disk.log() : null;
            return new Evidence.Recovered(crash, result, disk.image());
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            return new Evidence.Failed(Evidence.Stage.RECOVERY, Failures.of(e));
        }
    }

    /** Recovers what is in the disk, and lets others share it. */
    private CheckResult recover() {
        disk.watchedBy(pruning.watchRecovery());
        CheckResult result = checker.recover(disk);
        if (result.recovered()) {
            leftovers = checker.leftovers();
            pruning.enterRecovery(result.severity(), leftovers, disk);
        }
        return result;
    }

    private CheckResult recoveredLike(CheckResult.Severity severity, DiskImage image) {
        return new SharedResult(severity, () -> checker.recover(new ScratchDisk(image, ScratchDisk.stepLimit(image))));
    }

    /** By what to recognise what the last recovery left, which had success. */
    ContentHash identity(DiskImage recovered) {
        return leftovers.length == 0 ? recovered.hash() : recovered.hashWithout(leftovers);
    }

    /** What the recovery of an image wrote that was done last by {@link #recoverLogged}, when it has not failed. */
    WriteLog recoveryLog(DiskImage crash) {
        WriteLog log = Objects.requireNonNull(recoveryLog);
        return log.base().equals(crash) ? log : log.on(crash);
    }

    /** Recovers what recovery left: {@link Evidence.RecoveredAgain}, or {@link Evidence.Failed}. */
    Evidence recoverAgain(DiskImage recovered) {
        Pruning.Work done = pruning.beginWork(recovered);
        if (done != null) {
            return new Evidence.RecoveredAgain(
                    recovered,
                    recoveredLike(CheckResult.Severity.CLEAN, recovered),
                    done.again().appliedTo(recovered));
        }
        Pruning.Recovery known = pruning.recovery(recovered, false);
        if (known != null) {
            pruning.recoveredAgain(known);
            return new Evidence.RecoveredAgain(
                    recovered,
                    recoveredLike(known.severity(), recovered),
                    known.patch().appliedTo(recovered));
        }
        try {
            disk.load(recovered);
            CheckResult result = recover();
            pruning.recoveredAgain(result.severity(), disk.image());
            return new Evidence.RecoveredAgain(recovered, result, disk.image());
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            return new Evidence.Failed(Evidence.Stage.SECOND_RECOVERY, Failures.of(e));
        }
    }

    /** Mounts a recovered image and reads all of it: {@link Evidence.Mounted}, or {@link Evidence.Failed}. */
    Evidence mount(DiskImage recovered) {
        Pruning.Work done = pruning.workOn(recovered);
        if (done != null) {
            return new Evidence.Mounted(recovered, done.root());
        }
        try {
            disk.load(recovered);
            disk.watchedBy(pruning.watchMount(recovered));
            Kernel fresh = freshKernel(false);
            Process user = fresh.process(0, 0);
            Node.Directory root = reader.read(user, "/");
            kernel = fresh;
            process = user;
            return new Evidence.Mounted(recovered, root);
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            return new Evidence.Failed(Evidence.Stage.MOUNT, Failures.of(e));
        }
    }

    private Kernel freshKernel(boolean readOnly) {
        World world = World.withOneTask(Choices.zero());
        world.steps().limit(OWN_STEPS);
        Kernel fresh = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        fresh.mountRoot(type, disk, readOnly, mountOptions);
        return fresh;
    }

    /**
     * Works on what the last successful {@link #mount} mounted, unmounts and checks: {@link Evidence.FollowedUp}, or {@link
     * Evidence.Failed}.
     */
    Evidence followUp(Evidence.Mounted mounted) {
        DiskImage recovered = mounted.recovered();
        Pruning.Work done = pruning.workOn(recovered);
        if (done != null) {
            DiskImage after = done.followUp().appliedTo(recovered);
            CheckResult clean = new SharedResult(
                    CheckResult.Severity.CLEAN,
                    () -> checker.check(new ScratchDisk(after, ScratchDisk.stepLimit(after))));
            return new Evidence.FollowedUp(recovered, List.of(), after, clean);
        }
        Kernel running = kernel;
        Process user = process;
        if (running == null || user == null) {
            throw new IllegalStateException("nothing is mounted");
        }
        kernel = null;
        process = null;
        try {
            followUp.work(user, mounted.root());
            running.unmount("/");
            DiskImage after = disk.image();
            CheckResult result = checker.check(disk);
            followUp.look(freshKernel(true).process(0, 0));
            List<String> deviations = followUp.deviations();
            if (deviations.isEmpty() && result.severity() == CheckResult.Severity.CLEAN) {
                pruning.enterWork(mounted.root(), disk);
            }
            return new Evidence.FollowedUp(recovered, deviations, after, result);
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            return new Evidence.Failed(Evidence.Stage.FOLLOW_UP, Failures.of(e));
        }
    }

    /** How many images shared their recovery, and how many all that comes after it, with an earlier one. */
    Pruning.Counts shared() {
        return pruning.counts();
    }
}
