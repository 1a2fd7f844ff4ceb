package dev.powercut.targets.ext.fs;

import static dev.powercut.targets.ext.fs.Rig.pattern;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.MountException;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that mke2fs and debugfs made: mounted, read, changed, and still clean for e2fsck. */
class ForeignImagesTest {

    @TempDir
    Path folder;

    private Path hostTree() throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.write(tree.resolve("small"), pattern(1, 700));
        Files.write(tree.resolve("large"), pattern(2, 900_000));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("sub/deep"));
        Files.createSymbolicLink(tree.resolve("longlink"), Path.of("s".repeat(150)));
        Path sub = Files.createDirectory(tree.resolve("sub"));
        Files.write(sub.resolve("deep"), pattern(3, 5000));
        Path many = Files.createDirectory(tree.resolve("many"));
        for (int i = 0; i < 300; i++) {
            Files.write(many.resolve("a-file-with-a-name-of-some-length-" + i), new byte[] {(byte) i});
        }
        return tree;
    }

    private static void readTree(Rig rig) {
        assertArrayEquals(pattern(1, 700), rig.read("/small"));
        assertArrayEquals(pattern(2, 900_000), rig.read("/large"));
        assertArrayEquals(pattern(3, 5000), rig.read("/link"));
        assertEquals("s".repeat(150), rig.process.readlink("/longlink"));
        for (int i = 0; i < 300; i += 37) {
            assertArrayEquals(new byte[] {(byte) i}, rig.read("/many/a-file-with-a-name-of-some-length-" + i));
        }
    }

    private static void changeTree(Rig rig) {
        rig.write("/sub/new", pattern(4, 20_000));
        rig.process.rename("/sub/deep", "/many/moved-here-with-another-name-of-some-length");
        for (int i = 0; i < 300; i += 3) {
            rig.process.unlink("/many/a-file-with-a-name-of-some-length-" + i);
        }
        for (int i = 0; i < 60; i++) {
            rig.write("/many/another-name-altogether-and-longer-than-the-first-" + i, pattern(i, 10));
        }
        rig.process.truncate("/large", 300_000);
        rig.process.unlink("/longlink");
        rig.process.mkdir("/sub/dir", 0755);
        rig.process.rename("/sub/dir", "/dir");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-t ext2",
                "-t ext2 -b 1024 -I 128",
                "-t ext2 -b 2048 -I 256 -g 4096",
                "-t ext2 -b 4096 -I 256",
                "-t ext2 -O ^filetype",
                "-t ext2 -O ^sparse_super,^resize_inode,^large_file",
                "-t ext2 -O sparse_super2",
                "-t ext2 -r 0 -I 128"
            })
    void imagesOfMke2fsAreReadChangedAndStayClean(String arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments.split(" ")));
        all.addAll(List.of("-d", hostTree().toString()));
        DiskImage image = E2fsprogs.mke2fs(24 * Rig.MIB, all, "");
        Rig rig = new Rig(image);
        readTree(rig);
        changeTree(rig);
        DiskImage changed = rig.unmount();
        E2fsprogs.assertClean(changed);
        Rig again = new Rig(changed);
        assertArrayEquals(pattern(4, 20_000), again.read("/sub/new"));
        assertArrayEquals(pattern(3, 5000), again.read("/many/moved-here-with-another-name-of-some-length"));
        assertEquals(
                300 - 100 + 61 + 2, again.process.readdir(open(again, "/many")).size());
    }

    private static int open(Rig rig, String path) {
        return rig.process.open(path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0);
    }

    @Test
    void hashedDirectoriesAreChangedAsLinearOnes() throws IOException {
        DiskImage linear = E2fsprogs.mke2fs(
                24 * Rig.MIB,
                List.of("-t", "ext2", "-b", "1024", "-d", hostTree().toString()),
                "");
        DiskImage hashed = E2fsprogs.repairedByE2fsck(linear, "-fyD");
        assertTrue(E2fsprogs.debugfs(hashed, "stat /many\n").contains("Flags: 0x1000"));
        Rig rig = new Rig(hashed);
        readTree(rig);
        changeTree(rig);
        DiskImage changed = rig.unmount();
        E2fsprogs.assertClean(changed);
        assertTrue(E2fsprogs.debugfs(changed, "stat /many\n").contains("Flags: 0x0"));
    }

    @Test
    void attributeBlocksAreKeptAndFreedWithTheirLastOwner() {
        DiskImage image = E2fsprogs.mke2fs(
                8 * Rig.MIB,
                List.of("-t", "ext2", "-I", "128"),
                "write /etc/hostname f\nea_set f user.one " + "v".repeat(100) + "\nmkdir d\nea_set d user.two w\n");
        assertTrue(E2fsprogs.debugfs(image, "ea_list f\n").contains("user.one"));
        Rig rig = new Rig(image);
        long free = rig.process.statfs("/").freeBlocks();
        rig.write("/f", 5000, pattern(1, 5000));
        rig.process.mkdir("/d/e", 0755);
        DiskImage changed = rig.unmount();
        E2fsprogs.assertClean(changed);
        assertTrue(E2fsprogs.debugfs(changed, "ea_list f\n").contains("user.one"));
        Rig again = new Rig(changed);
        again.process.unlink("/f");
        again.process.rmdir("/d/e");
        again.process.rmdir("/d");
        // Their attribute blocks, the file's old block, and the directory's block.
        assertEquals(free + 4, again.process.statfs("/").freeBlocks());
        E2fsprogs.assertClean(again.unmount());
    }

    @Test
    void whatIsWrittenHereIsReadByDebugfs() throws IOException {
        Rig rig = new Rig(Rig.format());
        rig.process.mkdir("/d", 0750);
        rig.write("/d/file", pattern(5, 400_000));
        rig.write("/d/sparse", 5_000_000, pattern(6, 3000));
        DiskImage image = rig.unmount();
        Path file = folder.resolve("file");
        Path sparse = folder.resolve("sparse");
        E2fsprogs.debugfs(image, "dump /d/file " + file + "\ndump /d/sparse " + sparse + "\n");
        assertArrayEquals(pattern(5, 400_000), Files.readAllBytes(file));
        byte[] read = Files.readAllBytes(sparse);
        assertEquals(5_003_000, read.length);
        assertArrayEquals(pattern(6, 3000), Arrays.copyOfRange(read, 5_000_000, 5_003_000));
    }

    @Test
    void anUnknownIncompatibleFeatureIsRefusedByName() {
        DiskImage image = E2fsprogs.mke2fs(8 * Rig.MIB, List.of("-t", "ext4", "-O", "^has_journal"), "");
        MountException refusal = assertThrows(MountException.class, () -> new Rig(image));
        assertEquals(Errno.EINVAL, refusal.errno());
        assertTrue(String.valueOf(refusal.getMessage()).contains("extent"), refusal.getMessage());
    }

    @Test
    void anUnknownReadOnlyCompatibleFeatureMountsReadOnly() throws IOException {
        DiskImage image = E2fsprogs.mke2fs(
                24 * Rig.MIB,
                List.of(
                        "-t",
                        "ext2",
                        "-O",
                        "huge_file,dir_nlink",
                        "-d",
                        hostTree().toString()),
                "");
        Rig rig = new Rig(image);
        assertTrue(rig.fileSystem.isReadOnly());
        readTree(rig);
        assertEquals(Errno.EROFS, Rig.errnoOf(() -> rig.process.mkdir("/d", 0755)));
        assertEquals(image, rig.unmount());
    }

    @Test
    void damageThatRecoveryDoesNotMendIsRefusedWithAdviceButCanBeReadReadOnly() {
        DiskImage image = E2fsprogs.mke2fs(
                8 * Rig.MIB,
                List.of("-t", "ext2"),
                "write /etc/hostname f\nset_inode_field f links_count 0\nset_inode_field f dtime 20260101\ndirty\n");
        MountException refusal = assertThrows(MountException.class, () -> new Rig(image));
        assertEquals(Errno.EUCLEAN, refusal.errno());
        assertTrue(String.valueOf(refusal.getMessage()).contains("fsck -y"), refusal.getMessage());
        World world = World.withOneTask(Choices.zero());
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(new Ext2Type(), SimulatedDisk.unlogged(world, image), true, "");
        Process process = kernel.process(0, 0);
        assertEquals(Errno.EUCLEAN, Rig.errnoOf(() -> process.stat("/f")));
        assertTrue(process.stat("/lost+found").linkCount() == 2);
    }
}
