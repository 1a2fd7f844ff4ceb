package dev.powercut.targets.ext.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.fsck.FsckReport;
import java.util.List;

/** What must hold of recovery whatever a journal holds. Keeps scratch memory, as whoever recovers many images does. */
final class JournalTrial {

    private final Recovery recovery = new Recovery();
    private final Fsck fsck = Fsck.ofExt3(RecoveryRules.ALL);

    private static SimulatedDisk disk(DiskImage image) {
        return SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
    }

    /** Recovery ends; it refuses and writes nothing, or it is done with for good; -n writes nothing, and -y makes all sound. */
    void run(DiskImage image) {
        DiskImage once = recovered(recovery, image);
        assertEquals(once, recovered(recovery, once), "a second run");
        // Scratch memory of earlier images changes nothing.
        assertEquals(once, recovered(new Recovery(), image), "with other scratch memory");
        check(image);
    }

    /** What recovery makes of an image: the same when it refuses. */
    private static DiskImage recovered(Recovery recovery, DiskImage image) {
        SimulatedDisk disk = disk(image);
        try {
            RecoveryReport report = recovery.recover(disk, 0);
            assertEquals(report.wasDue(), report.sectorsWritten() > 0);
        } catch (ImageFormatException refused) {
            assertEquals(image, disk.image());
        }
        return disk.image();
    }

    private void check(DiskImage image) {
        SimulatedDisk disk = disk(image);
        fsck.check(disk);
        assertEquals(image, disk.image());
        FsckReport report = fsck.repair(disk);
        if (report.recovered()) {
            assertEquals(List.of(), fsck.check(disk).lines(), report.lines()::toString);
        } else {
            assertTrue(report.exitCode() == 4 || report.exitCode() == 8);
        }
    }
}
