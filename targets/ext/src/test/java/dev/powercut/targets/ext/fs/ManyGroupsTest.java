package dev.powercut.targets.ext.fs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.fsck.FsckReport;
import dev.powercut.targets.ext.journal.RecoveryRules;
import dev.powercut.targets.ext.redo.Ext3Type;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A volume of many groups with the smallest journal: a transaction has not room for all group descriptors, and need not. */
class ManyGroupsTest {

    /** 7,680 groups, whose descriptors take 240 blocks; a transaction has 245. */
    private static final DiskImage VOLUME =
            Rig.format(60L << 30, options -> options.withInodeCount(80_000).withJournal(1024));

    @ParameterizedTest
    @ValueSource(strings = {"data=ordered", "data=journal", "data=writeback"})
    void smallestJournalServesIt(String mode) {
        Rig rig = new Rig(VOLUME, KernelOptions.QUIET, Choices.zero(), new Ext3Type(), mode);
        for (int i = 0; i < 60; i++) {
            rig.process.mkdir("/d" + i, 0755);
            rig.write("/d" + i + "/file", Rig.pattern(i, 40_000));
        }
        rig.write("/large", Rig.pattern(7, 20 * Rig.MIB));
        rig.process.truncate("/large", 5_000_000);
        for (int i = 0; i < 60; i += 2) {
            rig.process.unlink("/d" + i + "/file");
        }
        rig.process.sync();
        assertSound(rig.disk.image(), true);
        DiskImage unmounted = rig.unmount();
        assertSound(unmounted, false);
        Rig again = new Rig(unmounted, KernelOptions.QUIET, Choices.zero(), new Ext3Type(), mode);
        assertArrayEquals(Rig.pattern(59, 40_000), again.read("/d59/file"));
    }

    private static void assertSound(DiskImage image, boolean isDirty) {
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
        FsckReport report = Fsck.ofExt3(RecoveryRules.ALL).repair(disk);
        assertEquals(FsckReport.EXIT_CLEAN, report.exitCode(), report.lines()::toString);
        assertEquals(isDirty, report.recovery() != null);
        assertTrue(!isDirty || Objects.requireNonNull(report.recovery()).transactions() > 0);
    }
}
