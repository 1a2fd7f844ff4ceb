package dev.powercut.targets.ext.fs;

import static dev.powercut.targets.ext.fs.Rig.pattern;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.Inode;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.ext.E2fsprogs;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Directories: many names, long names, links, moves. */
class NamesTest {

    static List<DiskImage> formats() {
        return Rig.formats();
    }

    private static TreeSet<String> list(Rig rig, String path) {
        int fd = rig.process.open(path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0);
        TreeSet<String> names = new TreeSet<>();
        for (DirectoryEntry entry : rig.process.readdir(fd)) {
            assertTrue(names.add(entry.name()), entry.name() + " is listed twice");
        }
        rig.process.close(fd);
        return names;
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aDirectoryGrowsThroughIndirectBlocksAndKeepsEveryName(DiskImage image) {
        Rig rig = new Rig(image);
        rig.process.mkdir("/d", 0755);
        rig.write("/d/first", pattern(1, 10));
        TreeSet<String> expected = new TreeSet<>(List.of(".", "..", "first"));
        int blockSize = rig.process.statfs("/").blockSizeBytes();
        int count = 15 * blockSize / 220;
        for (int i = 0; i < count; i++) {
            String name = "n" + i + "x".repeat(200 + i % 50);
            rig.process.link("/d/first", "/d/" + name);
            expected.add(name);
        }
        assertEquals(expected, list(rig, "/d"));
        assertTrue(rig.process.stat("/d").sizeBytes() > 12L * blockSize);
        DiskImage grown = rig.unmount();
        E2fsprogs.assertClean(grown);

        Rig again = new Rig(grown);
        assertEquals(expected, list(again, "/d"));
        for (String name : new ArrayList<>(expected)) {
            if (name.length() > 5) {
                again.process.unlink("/d/" + name);
                expected.remove(name);
            }
        }
        assertEquals(expected, list(again, "/d"));
        again.process.unlink("/d/first");
        again.process.rmdir("/d");
        DiskImage emptied = again.unmount();
        E2fsprogs.assertClean(emptied);
    }

    @Test
    void namesOfAllLengthsAreFoundAndRemovedInAnyOrder() {
        Rig rig = new Rig(Rig.format());
        TreeSet<String> expected = new TreeSet<>(List.of(".", "..", "lost+found"));
        for (int round = 0; round < 3; round++) {
            for (int length = 1; length <= 255; length += 7) {
                String name = (round + "n".repeat(length)).substring(0, length);
                if (expected.add(name)) {
                    rig.process.close(rig.process.creat("/" + name, 0644));
                }
            }
            for (int length = 255 - round; length > 10; length -= 21) {
                String name = (round + "n".repeat(length)).substring(0, length);
                if (expected.remove(name)) {
                    rig.process.unlink("/" + name);
                }
            }
            assertEquals(expected, list(rig, "/"));
        }
        DiskImage image = rig.unmount();
        E2fsprogs.assertClean(image);
        assertEquals(expected, list(new Rig(image), "/"));
    }

    @Test
    void linksStopAtTheLimitOfTheFormat() {
        Rig rig = new Rig(Rig.format());
        rig.write("/file", new byte[1]);
        Inode file = rig.inode("file");
        file.setLinkCount(31_999);
        rig.process.link("/file", "/last");
        assertEquals(Errno.EMLINK, Rig.errnoOf(() -> rig.process.link("/file", "/more")));
        rig.process.mkdir("/d", 0755);
        rig.inode("d").setLinkCount(32_000);
        assertEquals(Errno.EMLINK, Rig.errnoOf(() -> rig.process.mkdir("/d/e", 0755)));
        rig.process.mkdir("/e", 0755);
        assertEquals(Errno.EMLINK, Rig.errnoOf(() -> rig.process.rename("/e", "/d/e")));
    }

    @Test
    void aDirectoryThatIsNotEmptyStays() {
        Rig rig = new Rig(Rig.format());
        rig.process.mkdir("/d", 0755);
        rig.process.mkdir("/d/e", 0755);
        rig.process.mkdir("/f", 0755);
        assertEquals(Errno.ENOTEMPTY, Rig.errnoOf(() -> rig.process.rmdir("/d")));
        assertEquals(Errno.ENOTEMPTY, Rig.errnoOf(() -> rig.process.rename("/f", "/d")));
        rig.process.rename("/d/e", "/f");
        assertEquals(2, rig.process.stat("/d").linkCount());
        assertEquals(2, rig.process.stat("/f").linkCount());
        rig.process.rmdir("/d");
        E2fsprogs.assertClean(rig.unmount());
    }

    @Test
    void renameMovesAndReplacesInEveryCombination() {
        Rig rig = new Rig(Rig.format());
        for (String parent : new String[] {"/p", "/q"}) {
            rig.process.mkdir(parent, 0755);
            for (String child : new String[] {"a", "b"}) {
                rig.process.mkdir(parent + "/dir-" + child, 0755);
                rig.write(parent + "/file-" + child, pattern(parent.charAt(1) + child.charAt(0), 500));
                rig.process.symlink(child, parent + "/link-" + child);
            }
        }
        rig.process.rename("/p/file-a", "/p/file-b");
        rig.process.rename("/q/file-a", "/p/link-a");
        rig.process.rename("/p/link-b", "/q/file-b");
        rig.process.rename("/p/dir-a", "/p/dir-b");
        rig.process.rename("/q/dir-a", "/p/dir-b");
        rig.process.rename("/q/dir-b", "/p/moved");
        rig.process.rename("/p", "/q/dir-p");
        assertEquals(new TreeSet<>(List.of(".", "..", "dir-b", "file-b", "link-a", "moved")), list(rig, "/q/dir-p"));
        assertEquals(new TreeSet<>(List.of(".", "..", "dir-p", "file-b", "link-a", "link-b")), list(rig, "/q"));
        assertEquals(4, rig.process.stat("/q/dir-p").linkCount());
        assertEquals(3, rig.process.stat("/q").linkCount());
        assertEquals("b", rig.process.readlink("/q/file-b"));
        assertArrayEquals(pattern('p' + 'a', 500), rig.read("/q/dir-p/file-b"));
        assertArrayEquals(pattern('q' + 'a', 500), rig.read("/q/dir-p/link-a"));
        E2fsprogs.assertClean(rig.unmount());
    }

    @Test
    void anUnlinkedFileLivesUntilItIsClosed() {
        Rig rig = new Rig(Rig.format());
        long free = rig.process.statfs("/").freeBlocks();
        int fd = rig.process.open("/file", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600);
        rig.process.write(fd, pattern(1, 20_000), 0, 20_000);
        rig.process.unlink("/file");
        rig.process.sync();
        rig.process.pwrite(fd, pattern(2, 5_000), 0, 5_000, 18_000);
        byte[] read = new byte[23_000];
        assertEquals(23_000, rig.process.pread(fd, read, 0, 23_000, 0));
        assertEquals(pattern(2, 5_000)[4_999], read[22_999]);
        assertEquals(0, rig.process.fstat(fd).linkCount());
        rig.process.close(fd);
        assertEquals(free, rig.process.statfs("/").freeBlocks());
        E2fsprogs.assertClean(rig.unmount());
    }
}
