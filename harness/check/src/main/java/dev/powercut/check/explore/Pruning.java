package dev.powercut.check.explore;

import dev.powercut.check.target.CheckResult.Severity;
import dev.powercut.check.tree.Node;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.WriteLog;
import org.jspecify.annotations.Nullable;

/**
 * What came of images before, for images that agree with them in every sector that was read: of recovering them, and of all that is
 * done with what recovery left (a second recovery, mounting and reading, working on it).
 *
 * <p>Only what went well is shared; whatever ends in an exception, in damage or in a complaint is worked through each time. And only
 * what came of the image is shared: what is to be held against the tree depends on what had been promised, and is asked for each image.
 */
final class Pruning {

    private static final int RECOVERIES_KEPT = 4096;

    /** Each holds a tree with all contents. */
    private static final int WORKS_KEPT = 32;

    /**
     * A recovery that had success.
     *
     * @param severity of what was found before anything was mended
     * @param patch what it wrote
     * @param leftovers what nobody reads any more
     * @param log what it wrote, in order, when that was noted
     * @param readSet what it read
     */
    record Recovery(
            Severity severity,
            Patch patch,
            long[] leftovers,
            @Nullable WriteLog log,
            ReadSet readSet) {}

    /**
     * All that is done with what recovery left, without anything to complain of.
     *
     * @param again what the second recovery wrote
     * @param root what was found when all of it was read
     * @param followUp what working on it wrote
     */
    record Work(Patch again, Node.Directory root, Patch followUp) {}

    /** How many recoveries were shared, and how often all that comes after. */
    record Counts(long recoveries, long works) {}

    private final boolean isOn;
    private final Footprint footprint;
    private final SharedResults<Recovery> recoveries = new SharedResults<>(RECOVERIES_KEPT);
    private final SharedResults<Work> works = new SharedResults<>(WORKS_KEPT);

    /** Whether the recovery under way is watched. */
    private boolean watchesRecovery;

    /** The image that is being worked on, as long as it went well; and what came of an earlier one like it. */
    private @Nullable DiskImage workImage;

    private @Nullable Work work;

    /** What the second recovery wrote; null when the work is not watched. */
    private @Nullable Patch again;

    private boolean watchesWork;
    private long recoveriesShared;
    private long worksShared;

    Pruning(long sectorCount, boolean isOn) {
        this.isOn = isOn;
        this.footprint = new Footprint(isOn ? sectorCount : 0);
    }

    Counts counts() {
        return new Counts(recoveriesShared, worksShared);
    }

    /** A recovery that this image has in common with an earlier one; null when it must be done. */
    @Nullable
    Recovery recovery(DiskImage image, boolean logged) {
        watchesRecovery = isOn && recoveries.pays();
        Recovery known = watchesRecovery ? recoveries.find(image) : null;
        if (known == null || logged && known.log() == null) {
            return null;
        }
        recoveriesShared++;
        return known;
    }

    /** What is to note what the recovery reads and writes that {@link #recovery} did not know. */
    @Nullable
    Footprint watchRecovery() {
        footprint.forgetAll();
        return watchesRecovery || watchesWork ? footprint : null;
    }

    /** Takes in the recovery that was watched. */
    void enterRecovery(Severity severity, long[] leftovers, ScratchDisk disk) {
        if (watchesRecovery && severity != Severity.DAMAGE && footprint.isPatchable()) {
            ReadSet readSet = footprint.readSet();
            recoveries.enter(
                    readSet,
                    new Recovery(severity, footprint.patch(disk.image()), leftovers, disk.logOrNull(), readSet));
        }
    }

    /** Begins to work on what recovery left; null when it must be done, from {@link #recovery} on. */
    @Nullable
    Work beginWork(DiskImage image) {
        watchesWork = isOn && works.pays();
        workImage = image;
        work = watchesWork ? works.find(image) : null;
        again = null;
        worksShared += work != null ? 1 : 0;
        return work;
    }

    /** The second recovery was one that was known. */
    void recoveredAgain(Recovery known) {
        if (watchesWork && known.severity() == Severity.CLEAN) {
            footprint.forgetAll();
            footprint.noteRead(known.readSet());
            again = known.patch();
        }
    }

    /** The second recovery was done. */
    void recoveredAgain(Severity severity, DiskImage after) {
        if (watchesWork && severity == Severity.CLEAN && footprint.isPatchable()) {
            again = footprint.patch(after);
        }
    }

    /** What came of an image like this one; null when it must be worked through. */
    @Nullable
    Work workOn(DiskImage image) {
        return image == workImage ? work : null;
    }

    /** What is to note what is read and written from the mount on. */
    @Nullable
    Footprint watchMount(DiskImage image) {
        if (again == null || image != workImage) {
            again = null;
            return null;
        }
        footprint.forgetWrites();
        return footprint;
    }

    /** Takes in all that was done since {@link #beginWork}. */
    void enterWork(Node.Directory root, ScratchDisk disk) {
        Patch recoveredAgain = again;
        if (recoveredAgain != null && footprint.isPatchable()) {
            works.enter(footprint.readSet(), new Work(recoveredAgain, root, footprint.patch(disk.image())));
        }
        again = null;
    }
}
