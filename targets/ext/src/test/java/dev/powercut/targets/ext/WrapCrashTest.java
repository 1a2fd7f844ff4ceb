package dev.powercut.targets.ext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.contract.Oracles;
import dev.powercut.check.explore.ExplorationMonitor;
import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.image.ImageFormatException;
import dev.powercut.check.tree.Node;
import dev.powercut.check.tree.TreeReader;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.check.workload.Workload;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.bytes.BigEndian;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.journal.JournalSuperblock;
import dev.powercut.targets.ext.journal.Recovery;
import dev.powercut.targets.ext.redo.Ext3Type;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes round: sequences of 32 bits, and the log. The power fails at every write. */
final class WrapCrashTest {

    /** Each takes a transaction of eleven blocks, and 93 of those go once round the ring of 1,023. */
    private static final int REWRITES = 120;

    private final Ext3Target target = new Ext3Target();

    /** An image whose journal has come to a sequence. */
    private DiskImage image(int sequence) throws ImageFormatException {
        SimulatedDisk disk =
                SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), target.format(target.defaultFormat()));
        byte[] record = new byte[Format.SUPERBLOCK_BYTES];
        disk.read(2, 2, record, 0);
        Geometry geometry = Geometry.ofExt3(record, 0, disk.sectorCount() * Sector.BYTES);
        byte[] descriptors = new byte[geometry.descriptorBlocks() * geometry.blockSizeBytes()];
        disk.read(
                geometry.sectorOf(geometry.firstDescriptorBlock()), descriptors.length / Sector.BYTES, descriptors, 0);
        long journal = geometry.sectorOf(new Recovery()
                .map(disk, record, GroupTable.of(geometry, descriptors, 0))
                .homeOf(0));
        byte[] superblock = new byte[1024];
        disk.read(journal, 2, superblock, 0);
        JournalSuperblock.setSequence(superblock, 0, sequence);
        disk.write(journal, 2, superblock, 0, new Cause(BlockRole.JOURNAL_SUPERBLOCK.kind(), new Trigger.Recorded()));
        return disk.image();
    }

    /** Transactions of one size, one after the other, so that those of the next round of the log begin where old ones do. */
    private static Workload rewrites() {
        StringBuilder script = new StringBuilder("creat /f 644\nwrite /f 0 8K\nstart\n");
        for (int i = 0; i < REWRITES; i++) {
            script.append("write /f 0 8K\nfsync /f\n");
        }
        return ScriptWorkload.parse("rewrites", script.toString());
    }

    private Recording record(DiskImage image, Workload workload, String options, KernelOptions kernel) {
        return new Recorder(target, null, target.defaultFormat(), options, kernel)
                .record(image, workload, Choices.seeded(3));
    }

    private Verdict explore(
            Recording recording, @Nullable String defect, String options, CrashModel model, int states) {
        return new Explorer(target, defect, options, Oracles.all())
                .explore(recording, model, Choices.seeded(3), states, 1, ExplorationMonitor.NONE);
    }

    private static List<LogEntry.Write> writes(WriteLog log, BlockRole role) {
        List<LogEntry.Write> found = new ArrayList<>();
        for (LogEntry entry : log.entries()) {
            if (entry instanceof LogEntry.Write write && write.cause().kind().equals(role.kind())) {
                found.add(write);
            }
        }
        return found;
    }

    private static List<Integer> sequences(WriteLog log) {
        List<Integer> sequences = new ArrayList<>();
        for (LogEntry.Write write : writes(log, BlockRole.JOURNAL_COMMIT)) {
            byte[] b = new byte[Sector.BYTES];
            write.contents()[0].copyTo(b, 0);
            sequences.add(BigEndian.s32(b, 8));
        }
        return sequences;
    }

    @ParameterizedTest
    @CsvSource({
        "prefix,  ''",
        "reorder, 'data=journal,journal_checksum'",
        "torn,    'data=writeback,journal_async_commit'"
    })
    void sequencesThatWrapAreRecoveredAsAnyOthers(String model, String options) throws ImageFormatException {
        Recording recording = record(image(-4), new RandomWorkload(150), options, KernelOptions.DEFAULT);
        List<Integer> sequences = sequences(recording.log());
        assertTrue(sequences.containsAll(List.of(-1, 0, 1, 2)), sequences::toString);
        CrashModel crash = CrashModel.PRESETS.stream()
                .filter(preset -> preset.name().equals(model))
                .findFirst()
                .orElseThrow();
        assertEquals(List.of(), explore(recording, null, options, crash, 3_000).findings());
    }

    @Test
    void theRealE2fsckFindsTheSameTreeAcrossTheWrapOfSequences() throws ImageFormatException {
        Recording recording = record(image(-3), new RandomWorkload(60), "", KernelOptions.DEFAULT);
        WriteLog log = recording.log();
        DiskImage image = log.base();
        TreeSet<Integer> judged = new TreeSet<>();
        for (LogEntry entry : log.entries()) {
            image = WriteLog.apply(image, entry);
            boolean isCommit = entry instanceof LogEntry.Write write
                    && write.cause().kind().equals(BlockRole.JOURNAL_COMMIT.kind());
            if (isCommit && judged.size() < 8) {
                judged.add(judged.size());
                assertEquals(tree(image, false), tree(E2fsprogs.repairedByE2fsck(image, "-fy"), true));
            }
        }
        assertTrue(judged.size() >= 6, judged::toString);
    }

    private static Node.Directory tree(DiskImage image, boolean readOnly) {
        World world = World.withOneTask(Choices.zero());
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(new Ext3Type(), SimulatedDisk.unlogged(world, image), readOnly, "");
        return new TreeReader(TreeReader.Limits.DEFAULT).read(kernel.process(0, 0), "/");
    }

    @Test
    void aLogThatGoesRoundIsRecoveredWhereverThePowerFails() throws ImageFormatException {
        Recording recording = record(image(7), rewrites(), "data=journal", KernelOptions.QUIET);
        TreeSet<Long> places = new TreeSet<>();
        List<LogEntry.Write> descriptors = writes(recording.log(), BlockRole.JOURNAL_DESCRIPTOR);
        descriptors.forEach(write -> places.add(write.sector()));
        assertTrue(places.size() < descriptors.size(), "no descriptor lies where an earlier one did");
        assertEquals(
                List.of(),
                explore(recording, null, "data=journal", CrashModel.PREFIX, Integer.MAX_VALUE)
                        .findings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stale-transaction-accepted", "replays-past-bad-sequence"})
    void recoveryThatDoesNotLookAtSequencesIsFoundInALogThatGoesRound(String defect) throws ImageFormatException {
        Recording recording = record(image(7), rewrites(), "data=journal", KernelOptions.QUIET);
        assertFalse(explore(recording, defect, "data=journal", CrashModel.PREFIX, Integer.MAX_VALUE)
                .findings()
                .isEmpty());
    }
}
