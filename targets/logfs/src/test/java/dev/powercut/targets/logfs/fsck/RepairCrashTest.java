package dev.powercut.targets.logfs.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.explore.CrashStates;
import dev.powercut.check.tree.Node;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.targets.logfs.ImageBuilder;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.reader.SecondReader;
import dev.powercut.targets.logfs.reader.Trees;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A repair that is cut short anywhere leaves an image that another repair brings to where the first would have. */
class RepairCrashTest {

    private static DiskImage image(boolean damaged) {
        ImageBuilder b = ImageBuilder.populated(2 << 20, FsckCleanTest.options(1024, 64));
        int directory = b.directory(1, "behind");
        b.operation(Format.OP_CREATE, 4, directory, 2, 0, "", 1, "behind", 0, 0);
        int file = b.file(directory, "file", 3, 1);
        b.group();
        b.link(1, "again", file);
        b.operation(Format.OP_LINK, 8, file, 2, 0, "", 1, "again", 0, 0);
        b.clean(1);
        b.clean(file);
        b.group();
        if (damaged) {
            b.bytes()[b.recordAt(2) + Format.INO_LINKS] ^= 8;
            b.bytes()[b.blockOf(22, 1) * 1024 + 300] ^= 1;
        }
        return b.image();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRepairCutAnywhereCanBeDoneAgain(boolean damaged) {
        DiskImage before = image(damaged);
        WriteLog log = new WriteLog(before);
        SimulatedDisk disk = SimulatedDisk.logged(World.withOneTask(Choices.zero()), log);
        assertEquals(1, new Fsck().repair(disk).exitCode());
        Node.Directory whole = SecondReader.read(disk.image());
        for (CrashModel model : List.of(CrashModel.PREFIX, CrashModel.REORDER, CrashModel.TORN)) {
            CrashStates states = CrashStates.of(log, model);
            assertTrue(states.imageCount() > 3);
            for (int i = 0; i < states.imageCount(); i += Math.max(1, states.imageCount() / 40)) {
                SimulatedDisk again = ImageBuilder.disk(states.image(i));
                assertTrue(new Fsck().repair(again).recovered());
                assertEquals(List.of(), new Fsck().check(again).lines());
                String difference = Trees.difference(whole, SecondReader.read(again.image()));
                assertNull(difference, () -> model.name() + ": " + difference);
            }
        }
    }
}
