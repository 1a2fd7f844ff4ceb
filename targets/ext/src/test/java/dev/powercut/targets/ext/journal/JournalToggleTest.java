package dev.powercut.targets.ext.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.tree.Node;
import dev.powercut.check.tree.TreeReader;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.kernel.vfs.MountException;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.fs.Ext2Type;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.redo.Ext3Type;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that lose their journal and get another by {@code tune2fs}: at each step ours and e2fsprogs find the same. */
final class JournalToggleTest {

    private static DiskImage worked(
            DiskImage image, FileSystemType type, String options, String path, boolean unmounts) {
        World world = World.withOneTask(Choices.zero());
        SimulatedDisk disk = SimulatedDisk.unlogged(world, image);
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(type, disk, false, options);
        Process process = kernel.process(0, 0);
        for (int i = 0; i < 30; i++) {
            process.mkdir(path + i, 0755);
            int fd = process.open(path + i + "/f", OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0644);
            process.write(fd, new byte[9000], 0, 9000);
            process.fsync(fd);
            process.close(fd);
            if (i % 5 == 4) {
                process.unlink(path + (i - 1) + "/f");
                process.rmdir(path + (i - 1));
            }
        }
        if (unmounts) {
            kernel.unmount("/");
        }
        return disk.image();
    }

    private static Node.Directory tree(DiskImage image, FileSystemType type, boolean readOnly) {
        World world = World.withOneTask(Choices.zero());
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(type, SimulatedDisk.unlogged(world, image), readOnly, "");
        return new TreeReader(TreeReader.Limits.DEFAULT).read(kernel.process(0, 0), "/");
    }

    private static void assertSound(DiskImage image) {
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
        assertEquals(List.of(), Fsck.ofExt3(RecoveryRules.ALL).check(disk).lines());
        E2fsprogs.assertClean(image);
    }

    private static void assertCrashIsRecoveredAlike(DiskImage crash) {
        Node.Directory expected = tree(E2fsprogs.repairedByE2fsck(crash, "-fy"), new Ext3Type(), true);
        assertEquals(expected, tree(crash, new Ext3Type(), false));
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), crash);
        assertTrue(Fsck.ofExt3(RecoveryRules.ALL).recover(disk).recovered());
        assertEquals(expected, tree(disk.image(), new Ext3Type(), true));
        assertSound(disk.image());
    }

    @ParameterizedTest
    @CsvSource({
        "8,  1024, 1, ''",
        "12, 2048, 2, 'data=journal'",
        "16, 4096, 4, 'data=writeback,journal_checksum'",
    })
    void journalGoesAndComesBack(int mib, int blockSize, int journalMib, String options) {
        DiskImage made = E2fsprogs.mke2fs(
                (long) mib << 20,
                List.of("-t", "ext3", "-b", "" + blockSize, "-J", "size=" + journalMib),
                "mkdir a\nwrite /usr/bin/env a/b\n");
        DiskImage crash = worked(made, new Ext3Type(), options, "/x", false);
        assertCrashIsRecoveredAlike(crash);
        DiskImage used = worked(crash, new Ext3Type(), options, "/y", true);
        assertSound(used);

        DiskImage without = E2fsprogs.tuned(used, "-O", "^has_journal");
        assertEquals(
                Errno.EINVAL,
                assertThrows(MountException.class, () -> tree(without, new Ext3Type(), true))
                        .errno());
        assertEquals(tree(used, new Ext3Type(), true), tree(without, new Ext2Type(), true));
        DiskImage changed = worked(without, new Ext2Type(), "", "/z", true);
        assertSound(changed);

        DiskImage again = E2fsprogs.tuned(changed, "-J", "size=" + journalMib);
        assertSound(again);
        assertEquals(tree(changed, new Ext2Type(), true), tree(again, new Ext3Type(), true));
        assertCrashIsRecoveredAlike(worked(again, new Ext3Type(), options, "/w", false));
        assertSound(worked(again, new Ext3Type(), options, "/w", true));
    }
}
