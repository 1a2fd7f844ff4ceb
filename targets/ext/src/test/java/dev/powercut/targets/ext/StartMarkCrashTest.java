package dev.powercut.targets.ext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.contract.Oracles;
import dev.powercut.check.explore.ExplorationMonitor;
import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.image.ImageFormatException;
import dev.powercut.check.target.Barrier;
import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.check.workload.Workload;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.journal.JournalSuperblock;
import dev.powercut.targets.ext.journal.Recovery;
import dev.powercut.targets.ext.redo.Ext3Type;
import dev.powercut.targets.ext.redo.JournalSites;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What the flush behind the start of the log is for. A mount ignores a log that nobody needs, as that of an image whose flag says so
 * although its journal leads into one. From then on the image says that it needs recovery; so the journal must not lead there any more.
 */
final class StartMarkCrashTest {

    private static final int STATES = 2_000;

    private final Ext3Target target = new Ext3Target();

    /** An image that needs no recovery, whose journal leads into the log of its last mount. */
    private DiskImage withOldLog() throws ImageFormatException {
        DiskImage formatted = target.format(target.defaultFormat());
        World world = World.withOneTask(Choices.zero());
        SimulatedDisk disk = SimulatedDisk.unlogged(world, formatted);
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(new Ext3Type(), disk, false, "");
        Process process = kernel.process(0, 0);
        for (int i = 0; i < 4; i++) {
            process.mkdir("/old" + i, 0755);
            process.sync();
        }
        kernel.unmount("/");
        byte[] before = journalSuperblock(SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), formatted));
        byte[] superblock = journalSuperblock(disk);
        assertEquals(0, JournalSuperblock.start(superblock, 0));
        JournalSuperblock.setStart(superblock, 0, 1);
        JournalSuperblock.setSequence(superblock, 0, JournalSuperblock.sequence(before, 0));
        disk.write(
                place(disk), 2, superblock, 0, new Cause(BlockRole.JOURNAL_SUPERBLOCK.kind(), new Trigger.Recorded()));
        return disk.image();
    }

    private static byte[] journalSuperblock(SimulatedDisk disk) throws ImageFormatException {
        byte[] superblock = new byte[1024];
        disk.read(place(disk), 2, superblock, 0);
        return superblock;
    }

    private static long place(SimulatedDisk disk) throws ImageFormatException {
        byte[] record = new byte[Format.SUPERBLOCK_BYTES];
        disk.read(2, 2, record, 0);
        Geometry geometry = Geometry.ofExt3(record, 0, disk.sectorCount() * Sector.BYTES);
        byte[] descriptors = new byte[geometry.descriptorBlocks() * geometry.blockSizeBytes()];
        disk.read(
                geometry.sectorOf(geometry.firstDescriptorBlock()), descriptors.length / Sector.BYTES, descriptors, 0);
        return geometry.sectorOf(new Recovery()
                .map(disk, record, GroupTable.of(geometry, descriptors, 0))
                .homeOf(0));
    }

    /** What is found, but for what was there when the mount began. */
    private List<String> findings(@Nullable String defect) throws ImageFormatException {
        Workload workload = ScriptWorkload.parse("names", "mkdir /a 0755\nmkdir /b 0755\nsync\nrmdir /old1\nsync\n");
        Recording recording = new Recorder(target, defect, target.defaultFormat(), "", KernelOptions.QUIET)
                .record(withOldLog(), workload, Choices.seeded(3));
        Verdict verdict = new Explorer(target, defect, "", Oracles.all())
                .explore(recording, CrashModel.REORDER, Choices.seeded(3), STATES, 1, ExplorationMonitor.NONE);
        assertTrue(verdict.imagesExamined() > 100, verdict.imagesExamined() + " states");
        return verdict.findings().stream()
                .map(Finding::fingerprint)
                .filter(kind -> !kind.equals("benign-damage-only/journal-not-flagged"))
                .toList();
    }

    @Test
    void anOldLogIsNotReplayedAfterACrashOfTheNextMount() throws ImageFormatException {
        assertEquals(List.of(), findings(null));
    }

    @Test
    void withoutTheFlushACrashReplaysWhatIsLeftOfAnOldLog() throws ImageFormatException {
        assertNotEquals(List.of(), findings(Barrier.WITHOUT + JournalSites.STARTED.name()));
    }
}
