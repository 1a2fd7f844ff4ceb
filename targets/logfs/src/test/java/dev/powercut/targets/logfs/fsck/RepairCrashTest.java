package dev.powercut.targets.logfs.fsck;

import static dev.powercut.sim.bytes.LittleEndian.s32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.explore.CrashStates;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.image.ImageFormatException;
import dev.powercut.check.target.CheckResult;
import dev.powercut.check.target.ImageTool.CheckMode;
import dev.powercut.check.tree.Node;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.targets.logfs.ImageBuilder;
import dev.powercut.targets.logfs.LogfsTarget;
import dev.powercut.targets.logfs.Overwriting;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.reader.SecondReader;
import dev.powercut.targets.logfs.reader.Trees;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A repair that is cut short anywhere leaves an image that another repair brings to where the first would have. */
class RepairCrashTest {

    /** Of each model's crash states about so many are looked at: {@code -Dpowercut.logfs.cuts=N} for more. */
    private static final int STATES = Integer.getInteger("powercut.logfs.cuts", 40);

    private static final int SIZE = 1024;

    /** What an image has before it is mended. */
    private enum Before {
        LOG_BEHIND,
        DAMAGE,
        NEWEST_CHECKPOINT_TORN,
        CHECKPOINT_MISPLACED,
        NO_CHECKPOINT,
        NO_SUPERBLOCK,
        BACKUP_SUPERBLOCK_WRONG
    }

    private static ImageBuilder roomy() {
        ImageBuilder b = ImageBuilder.populated(2 << 20, FsckCleanTest.options(SIZE, 64));
        int[] homes = homes(b);
        b.checkpoint();
        logBehind(b, homes);
        return b;
    }

    /** No segment is free, the last block of most is live, and behind the log's end there is next to nothing: some of a repair must go to holes. */
    private static ImageBuilder full() {
        ImageBuilder b = ImageBuilder.populated(640 << 10, FsckCleanTest.options(SIZE, 16));
        int[] homes = homes(b);
        int last = b.g.segmentStart(b.g.segmentCount() - 1);
        int file = b.file(1, "holes", 1, 1);
        int kept = 0;
        do {
            b.write(file, kept, (byte) kept);
            int inSegment = (b.blockOf(file, kept) - b.g.segmentStart(0)) % b.g.segmentBlocks();
            kept += inSegment == 5 || inSegment == b.g.segmentBlocks() - 1 ? 1 : 0;
        } while (b.logEnd() < last - 5 * b.g.segmentBlocks());
        b.checkpoint();
        logBehind(b, homes);
        while (b.logEnd() < last + 9) {
            b.write(file, 0, (byte) 1);
            b.group();
        }
        return b;
    }

    private static int[] homes(ImageBuilder b) {
        int[] homes = new int[20];
        for (int i = 0; i < homes.length; i++) {
            homes[i] = b.directory(1, "home" + i);
        }
        return homes;
    }

    /** Operations and records behind the checkpoint; recovery has to do some of the operations, so that it has something to write. */
    private static void logBehind(ImageBuilder b, int[] homes) {
        int directory = b.directory(1, "behind");
        b.operation(Format.OP_CREATE, 4, directory, 2, 0, "", 1, "behind", 0, 0);
        int file = b.file(directory, "file", 3, 1);
        b.clean(1);
        b.group();
        for (int i = 0; i < homes.length; i++) {
            b.link(homes[i], "again", file);
            b.operation(Format.OP_LINK, 8, file, 2 + i, 0, "", homes[i], "again", 0, 0);
            b.clean(homes[i]);
            b.clean(file);
            if (i % 10 == 9) {
                b.group();
            }
        }
        b.group();
    }

    private static DiskImage wound(ImageBuilder b, Before before) {
        byte[] bytes = b.bytes();
        int newest = b.g.checkpointBlock(b.checkpointNumber()) * SIZE;
        int other = b.g.checkpointBlock(b.checkpointNumber() + 1) * SIZE;
        switch (before) {
            case LOG_BEHIND -> {}
            case DAMAGE -> {
                bytes[b.recordAt(2) + Format.INO_LINKS] ^= 8;
                bytes[b.blockOf(22, 1) * SIZE + 300] ^= 1;
            }
            case NEWEST_CHECKPOINT_TORN -> bytes[newest + 512] ^= 1;
            case CHECKPOINT_MISPLACED -> {
                System.arraycopy(bytes, newest, bytes, other, b.g.checkpointBlocks() * SIZE);
                Arrays.fill(bytes, newest, newest + 512, (byte) 0);
            }
            case NO_CHECKPOINT -> {
                bytes[newest + 512] ^= 1;
                Arrays.fill(bytes, other, other + 512, (byte) 0);
            }
            case NO_SUPERBLOCK -> bytes[Format.SB_BLOCK_SIZE] ^= 1;
            case BACKUP_SUPERBLOCK_WRONG -> bytes[b.g.backupBlock() * SIZE + Format.SB_BLOCK_SIZE] ^= 1;
        }
        return b.image();
    }

    static Stream<Arguments> images() {
        return Stream.of(false, true)
                .flatMap(full -> Stream.of(Before.values())
                        .flatMap(before -> Stream.of(CheckMode.PREEN, CheckMode.YES)
                                .filter(mode -> mode == CheckMode.YES || before == Before.LOG_BEHIND)
                                .map(mode -> Arguments.of(full, before, mode))));
    }

    @ParameterizedTest(name = "full {0}, {1}, {2}")
    @MethodSource("images")
    void aRepairCutAnywhereCanBeDoneAgain(boolean full, Before before, CheckMode mode) {
        DiskImage image = wound(full ? full() : roomy(), before);
        WriteLog log = new WriteLog(image);
        SimulatedDisk disk = SimulatedDisk.logged(World.withOneTask(Choices.zero()), log);
        FsckReport report = new Fsck().run(disk, mode, 0);
        assertEquals(
                FsckReport.EXIT_CORRECTED,
                report.exitCode(),
                () -> report.lines().toString());
        assertEquals(List.of(), new Fsck().check(disk).lines());
        assertEquals(
                full && before != Before.NEWEST_CHECKPOINT_TORN,
                threadedSegments(disk.image()) > 0,
                "threaded segments");
        cutEverywhere(log, mode, SecondReader.read(disk.image()));
    }

    private static int threadedSegments(DiskImage image) {
        try {
            Volume volume = Volume.open(ImageBuilder.disk(image));
            int[] usage =
                    Objects.requireNonNull(new Checkpoints(volume).newest()).usageBlocks();
            int count = 0;
            for (int segment = 0; segment < volume.geometry.segmentCount(); segment++) {
                int perBlock = volume.geometry.usageEntriesPerBlock();
                byte[] b = volume.block(usage[segment / perBlock]);
                count += s32(b, segment % perBlock * Format.USAGE_ENTRY_BYTES + Format.USE_FLAGS);
            }
            return count;
        } catch (ImageFormatException e) {
            throw new AssertionError(e);
        }
    }

    private static void cutEverywhere(WriteLog log, CheckMode mode, Node.Directory whole) {
        for (CrashModel model : List.of(CrashModel.PREFIX, CrashModel.REORDER, CrashModel.TORN)) {
            CrashStates states = CrashStates.of(log, model);
            assertTrue(states.imageCount() > 1, () -> model.name() + ": " + states.imageCount());
            for (int i = 0; i < states.imageCount(); i += Math.max(1, states.imageCount() / STATES)) {
                String where = model.name() + " " + i + " of " + states.imageCount() + ": ";
                SimulatedDisk again = ImageBuilder.disk(states.image(i));
                FsckReport second = new Fsck().run(again, mode, 0);
                assertTrue(second.recovered(), () -> where + second.exitCode() + second.lines());
                assertEquals(List.of(), new Fsck().check(again).lines(), where);
                String difference = Trees.difference(whole, SecondReader.read(again.image()));
                assertNull(difference, () -> where + difference + "\n" + second.lines());
            }
        }
    }

    /** A mount's recovery may be cut short too, and fsck be what comes next: it never takes what that leaves for damage. */
    @ParameterizedTest
    @CsvSource({"cleaner=greedy, 1", "cleaner=thread, 6", "cleaner=cost-benefit, 3"})
    void aRecoveryCutAnywhereIsCompletedByFsck(String mount, int seed) {
        LogfsTarget target = new LogfsTarget();
        Choices choices = Choices.seeded(seed);
        Recording recording = new Recorder(target, null, Overwriting.FORMAT, mount, new KernelOptions(8, 64, true))
                .record(Overwriting.workload(choices), choices.split("run"));
        CrashStates crashes = CrashStates.of(recording.log(), CrashModel.PREFIX);
        int looked = 0;
        for (int i = 0; i < crashes.imageCount(); i += Math.max(1, crashes.imageCount() / STATES)) {
            WriteLog log = new WriteLog(crashes.image(i));
            SimulatedDisk disk = SimulatedDisk.logged(World.withOneTask(Choices.zero()), log);
            if (target.newChecker().recover(disk).severity() == CheckResult.Severity.BENIGN) {
                looked++;
                cutEverywhere(log, CheckMode.PREEN, SecondReader.read(disk.image()));
            }
        }
        assertTrue(looked > STATES / 10, "recoveries " + looked);
    }
}
