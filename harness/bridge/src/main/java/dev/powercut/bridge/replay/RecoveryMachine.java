package dev.powercut.bridge.replay;

import dev.powercut.check.explore.StepLimitException;
import dev.powercut.check.explore.StepLimitedDevice;
import dev.powercut.check.target.CheckResult;
import dev.powercut.check.target.Checker;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.tree.Node;
import dev.powercut.check.tree.TreeReader;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import java.util.List;

/** Repairs crash images by all means, and reads what is then there. Keeps scratch memory; for one thread. */
final class RecoveryMachine {

    /** No honest work on an image takes more steps: all of it may be read a hundred times over. */
    private static final long STEPS_PER_SECTOR = 100;

    private static final long STEPS_MORE = 1_000_000;

    private final FileSystemType type;
    private final Checker checker;
    private final TreeReader reader = new TreeReader(TreeReader.Limits.DEFAULT);

    RecoveryMachine(FileSystemTarget target) {
        this.type = target.fileSystem(null);
        this.checker = target.newChecker();
    }

    /**
     * What became of a crash image.
     *
     * @param found how bad it was before
     * @param recovered what the repair left
     * @param problem why that is not a sound filesystem, or empty
     * @param lines what the checker said about the problem
     */
    record Recovery(CheckResult.Severity found, DiskImage recovered, String problem, List<String> lines) {}

    /** Something that stops the work on an image; the message says what, in words. */
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        FailedException(String doing, Throwable cause) {
            super(doing + " failed: " + (cause instanceof StepLimitException ? cause.getMessage() : cause), cause);
        }
    }

    /** Repairs an image by all means (fsck -y) and checks what that leaves. */
    Recovery repair(DiskImage crash) throws FailedException {
        SimulatedDisk disk = disk(crash);
        CheckResult.Severity found;
        try {
            CheckResult result = checker.repair(limited(disk));
            found = result.severity();
            if (!result.recovered()) {
                String kind = result.kind();
                return new Recovery(found, disk.image(), "repair gives up on " + kind, result.lines());
            }
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            throw new FailedException("repair", e);
        }
        CheckResult after = check(disk.image());
        return after.severity() == CheckResult.Severity.CLEAN
                ? new Recovery(found, disk.image(), "", List.of())
                : new Recovery(found, disk.image(), "repair leaves " + after.kind(), after.lines());
    }

    /** Looks at an image and changes nothing (fsck -n). The result is valid until the next call. */
    CheckResult check(DiskImage image) throws FailedException {
        try {
            return checker.check(limited(disk(image)));
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            throw new FailedException("check", e);
        }
    }

    /** Mounts an image read-only and reads all of it. */
    Node.Directory read(DiskImage image) throws FailedException {
        try {
            Kernel kernel = new Kernel(World.withOneTask(Choices.zero()), 0, Choices.zero(), KernelOptions.QUIET);
            kernel.mountRoot(type, limited(disk(image)), true, "");
            return reader.read(kernel.process(0, 0), "/");
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            throw new FailedException("mounting and reading", e);
        }
    }

    private static SimulatedDisk disk(DiskImage image) {
        return SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
    }

    private static BlockDevice limited(SimulatedDisk disk) {
        return new StepLimitedDevice(disk, STEPS_PER_SECTOR * disk.sectorCount() + STEPS_MORE);
    }
}
