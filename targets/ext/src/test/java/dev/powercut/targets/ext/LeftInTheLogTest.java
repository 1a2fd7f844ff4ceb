package dev.powercut.targets.ext;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.tree.Node;
import dev.powercut.check.tree.TreeReader;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.bytes.BigEndian;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.journal.JournalFormat;
import dev.powercut.targets.ext.journal.Recovery;
import dev.powercut.targets.ext.journal.RecoveryReport;
import dev.powercut.targets.ext.redo.Ext3Type;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What an earlier mount left in the log, where recovery looks for the next transaction. */
final class LeftInTheLogTest {

    private static final Ext3Target TARGET = new Ext3Target();
    private static final int BLOCK = 1024;

    /** A file of a round size, whose blocks fill a large transaction. */
    private static final int DATA_BLOCKS = 96;

    /** A free block that a transaction that never was would write. */
    private static final int VICTIM = 7000;

    /** A mount, and what its disk was given. */
    private record Mount(WriteLog log, SimulatedDisk disk, Kernel kernel, Process process) {

        static Mount of(DiskImage image, FileSystemType type, String options) {
            World world = World.withOneTask(Choices.zero());
            WriteLog log = new WriteLog(image);
            SimulatedDisk disk = SimulatedDisk.logged(world, log);
            Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
            kernel.mountRoot(type, disk, false, options);
            return new Mount(log, disk, kernel, kernel.process(0, 0));
        }

        /** Makes a directory, durably: always the same blocks in one transaction. */
        void make(String path) {
            process.mkdir(path, 0755);
            process.sync();
        }

        void write(String path, byte[] bytes) {
            int fd = process.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0644);
            assertEquals(bytes.length, process.pwrite(fd, bytes, 0, bytes.length, 0));
            process.fsync(fd);
            process.close(fd);
        }

        /** The first sectors of what was written of a kind. */
        List<byte[]> written(BlockRole role) {
            return log.entries().stream()
                    .filter(entry -> entry instanceof LogEntry.Write write
                            && write.cause().kind().equals(role.kind()))
                    .map(entry -> {
                        byte[] b = new byte[512];
                        ((LogEntry.Write) entry).contents()[0].copyTo(b, 0);
                        return b;
                    })
                    .toList();
        }
    }

    private static DiskImage formatted() {
        return TARGET.format(TARGET.defaultFormat());
    }

    private static Node.Directory tree(DiskImage image, boolean readOnly) {
        World world = World.withOneTask(Choices.zero());
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(new Ext3Type(), SimulatedDisk.unlogged(world, image), readOnly, "");
        return new TreeReader(TreeReader.Limits.DEFAULT).read(kernel.process(0, 0), "/");
    }

    private static DiskImage changed(DiskImage image, Consumer<byte[]> change) {
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
        byte[] record = new byte[Format.SUPERBLOCK_BYTES];
        disk.read(2, 2, record, 0);
        change.accept(record);
        disk.write(2, 2, record, 0, new Cause(BlockRole.SUPERBLOCK.kind(), new Trigger.Recorded()));
        return disk.image();
    }

    @Test
    void aLogOfAnImageThatNeedsNoRecoveryIsNeitherReplayedNorTakenUpLater() throws Exception {
        Mount first = Mount.of(formatted(), new Ext3Type(), "");
        first.make("/a");
        first.make("/b");
        first.make("/c");
        int last = BigEndian.s32(first.written(BlockRole.JOURNAL_COMMIT).getLast(), 8);

        Mount second = Mount.of(unflagged(), new Ext3Type(), "");
        second.make("/x");
        assertEquals(
                last + 2,
                BigEndian.s32(second.written(BlockRole.JOURNAL_COMMIT).getFirst(), 8),
                "a sequence that is neither in the log nor the one after");
        DiskImage crash = second.disk.image();
        Node.Directory ours = tree(crash, false);
        assertTrue(ours.toString().contains("x"));
        Mount clean = Mount.of(formatted(), new Ext3Type(), "");
        clean.make("/x");
        assertEquals(names(clean.disk.image()), names(crash));
        assertEquals(ours, tree(E2fsprogs.repairedByE2fsck(crash, "-fy"), true));
    }

    /** An image with three directories in its log and none of them home, that says that it needs no recovery. */
    private static DiskImage unflagged() {
        Mount first = Mount.of(formatted(), new Ext3Type(), "");
        first.make("/a");
        first.make("/b");
        first.make("/c");
        return changed(
                first.disk.image(),
                b -> Superblock.setIncompat(b, 0, Superblock.incompat(b, 0) & ~Features.INCOMPAT_RECOVER));
    }

    /**
     * Our rule is that of the kernel: the image is believed. We are more careful in what follows: jbd2 means to go on behind the last
     * sequence in the log, too (jbd2_journal_skip_recovery), but then takes the one after the superblock's, which may be in the log.
     */
    @Test
    void theRealKernelNeitherReplaysNorTakesUpSuchALog() throws Exception {
        DiskImage unflagged = unflagged();
        Mount ours = Mount.of(unflagged, new Ext3Type(), "");
        ours.make("/x");
        int expected = BigEndian.s32(ours.written(BlockRole.JOURNAL_COMMIT).getFirst(), 8);

        DiskImage crash;
        DiskImage left;
        LoopMount mount = new LoopMount(unflagged, "ext3", "loop");
        try {
            assertArrayEquals(new String[] {"lost+found"}, mount.root().toFile().list());
            Files.createDirectory(mount.root().resolve("x"));
            LoopMount.output("sync", "-f", mount.root().toString());
            crash = mount.read();
        } finally {
            left = mount.closeAndRead();
        }
        E2fsprogs.assertClean(left);
        assertEquals(List.of("lost+found", "x"), names(left));

        Node.Directory recovered = tree(crash, false);
        assertEquals(List.of("lost+found", "x"), names(crash));
        assertEquals(recovered, tree(E2fsprogs.repairedByE2fsck(crash, "-fy"), true));
        RecoveryReport report =
                new Recovery().recover(SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), crash), 0);
        assertTrue(report.transactions() > 0);
        int kernels = report.endSequence() - report.transactions();
        assertTrue(kernels <= expected, "the kernel begins with " + kernels + ", beyond our " + expected);
    }

    private static List<String> names(DiskImage image) {
        return tree(image, false).entries().stream().map(entry -> entry.name()).toList();
    }

    /** Blocks of a file that look like a transaction of one block, again and again: descriptor, contents, commit record. */
    private static byte[] forged(int sequence, int shift) {
        byte[] bytes = new byte[DATA_BLOCKS * BLOCK];
        for (int i = 0; i < DATA_BLOCKS; i++) {
            int at = i * BLOCK;
            int part = (i + shift) % 3;
            if (part != 1) {
                BigEndian.put32(bytes, at, JournalFormat.MAGIC);
                BigEndian.put32(bytes, at + 4, part == 0 ? JournalFormat.TYPE_DESCRIPTOR : JournalFormat.TYPE_COMMIT);
                BigEndian.put32(bytes, at + 8, sequence);
            }
            if (part == 0) {
                BigEndian.put32(bytes, at + 12, VICTIM);
                BigEndian.put32(bytes, at + 16, JournalFormat.FLAG_LAST_TAG | JournalFormat.FLAG_SAME_UUID);
            } else if (part == 1) {
                bytes[at] = 'X';
            }
        }
        return bytes;
    }

    /** What recovery finds behind the first transaction of a mount, when it lies over what a file of an earlier one left in the log. */
    private static RecoveryReport over(FileSystemType type, int shift) throws Exception {
        int sequence = 0;
        for (int round = 0; round < 2; round++) {
            Mount first = Mount.of(formatted(), type, "data=journal");
            first.write("/f", forged(sequence, shift));
            first.kernel.unmount("/");
            Mount second = Mount.of(first.disk.image(), type, "data=journal");
            second.make("/x");
            sequence = BigEndian.s32(second.written(BlockRole.JOURNAL_COMMIT).getLast(), 8) + 1;
            if (round == 1) {
                DiskImage crash = second.disk.image();
                assertEquals(tree(crash, false), tree(E2fsprogs.repairedByE2fsck(crash, "-fy"), true));
                return new Recovery().recover(second.disk, 0);
            }
        }
        throw new AssertionError();
    }

    @Test
    void dataThatLooksLikeATransactionIsNotTakenForOne() throws Exception {
        int taken = 0;
        for (int shift = 0; shift < 3; shift++) {
            RecoveryReport right = over(new Ext3Type(), shift);
            assertEquals(1, right.transactions());
            RecoveryReport wrong = over(TARGET.fileSystem("magic-not-escaped"), shift);
            taken += wrong.transactions() - 1;
        }
        assertNotEquals(0, taken, "the planted defect does not show");
    }
}
