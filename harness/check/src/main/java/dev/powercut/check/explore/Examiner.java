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
import org.jspecify.annotations.Nullable;

/**
 * The machine on which crash states are examined, one after the other: it recovers, recovers again, mounts and reads, and works
 * on. Whatever the target throws comes back as evidence. The same image gives the same evidence, whatever was examined before:
 * each mount has a world of its own, whose choices are all dull; only scratch memory is used again.
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

    private @Nullable Kernel kernel;
    private @Nullable Process process;

    /** @param blank an image of the size of those to be examined */
    Examiner(FileSystemTarget target, @Nullable String defect, String mountOptions, DiskImage blank) {
        this.type = target.fileSystem(defect);
        this.mountOptions = mountOptions;
        this.checker = target.newChecker(defect);
        this.disk = new ScratchDisk(blank, ScratchDisk.stepLimit(blank));
    }

    /** Recovers a crash image: {@link Evidence.Recovered}, or {@link Evidence.Failed}. */
    Evidence recover(DiskImage crash) {
        try {
            CheckResult result = checker.recover(disk.load(crash));
            return new Evidence.Recovered(crash, result, disk.image());
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            return new Evidence.Failed(Evidence.Stage.RECOVERY, Failures.of(e));
        }
    }

    /** By what to recognise what the last recovery left, which had success. */
    ContentHash identity(DiskImage recovered) {
        return checker.identity(recovered);
    }

    /** As {@link #recover}, with a log of what recovery writes: {@link #recoveryLog}. */
    Evidence recoverLogged(DiskImage crash) {
        try {
            CheckResult result = checker.recover(disk.loadLogged(crash));
            return new Evidence.Recovered(crash, result, disk.image());
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            return new Evidence.Failed(Evidence.Stage.RECOVERY, Failures.of(e));
        }
    }

    /** What the recovery wrote that was done last by {@link #recoverLogged}, when it has not failed. */
    WriteLog recoveryLog() {
        return disk.log();
    }

    /** Recovers what recovery left: {@link Evidence.RecoveredAgain}, or {@link Evidence.Failed}. */
    Evidence recoverAgain(DiskImage recovered) {
        try {
            CheckResult result = checker.recover(disk.load(recovered));
            return new Evidence.RecoveredAgain(recovered, result, disk.image());
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            return new Evidence.Failed(Evidence.Stage.SECOND_RECOVERY, Failures.of(e));
        }
    }

    /** Mounts a recovered image and reads all of it: {@link Evidence.Mounted}, or {@link Evidence.Failed}. */
    Evidence mount(DiskImage recovered) {
        try {
            disk.load(recovered);
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
            return new Evidence.FollowedUp(mounted.recovered(), followUp.deviations(), after, result);
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            return new Evidence.Failed(Evidence.Stage.FOLLOW_UP, Failures.of(e));
        }
    }
}
