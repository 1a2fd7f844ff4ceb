package dev.powercut.kernel.vfs;

import static dev.powercut.kernel.Sandbox.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.Process;
import dev.powercut.kernel.Sandbox;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NamespaceTest {

    private final Sandbox box = new Sandbox();
    private final Process root = box.root;

    @BeforeEach
    void tree() {
        root.mkdir("/d", 0x1ED);
        root.mkdir("/d/sub", 0x1ED);
        box.write("/f", "file");
        root.symlink("d", "/to-d");
        root.symlink("f", "/to-f");
    }

    private long number(String path) {
        return root.lstat(path).inodeNumber();
    }

    @Test
    void mkdirMakesWhatDoesNotExist() {
        root.mkdir("/new/", 0x1FF);
        assertEquals(0x41ED, root.stat("/new").mode(), "after the umask");
        for (String path : List.of("/new", "/f", "/to-f", "/to-d", "/to-d/", "/", "/.", "/d/..")) {
            assertFails(Errno.EEXIST, () -> root.mkdir(path, 0x1FF));
        }
        assertFails(Errno.ENOENT, () -> root.mkdir("/x/y", 0x1FF));
        assertFails(Errno.ENOTDIR, () -> root.mkdir("/f/y", 0x1FF));
        root.mkdir("/to-d/via", 0x1FF);
        assertEquals(List.of("sub", "via"), box.list("/d"));
    }

    @Test
    void rmdirRemovesOnlyEmptyDirectories() {
        assertFails(Errno.ENOTEMPTY, () -> root.rmdir("/d"));
        assertFails(Errno.ENOTDIR, () -> root.rmdir("/f"));
        assertFails(Errno.ENOTDIR, () -> root.rmdir("/to-d"));
        assertFails(Errno.ENOTDIR, () -> root.rmdir("/to-d/"));
        assertFails(Errno.ENOENT, () -> root.rmdir("/x"));
        assertFails(Errno.EINVAL, () -> root.rmdir("/d/sub/."));
        assertFails(Errno.ENOTEMPTY, () -> root.rmdir("/d/sub/.."));
        assertFails(Errno.EBUSY, () -> root.rmdir("/"));
        long sub = number("/d/sub");
        root.rmdir("/d/sub/");
        assertFalse(box.fileSystem.exists(sub));
        assertEquals(2, root.stat("/d").linkCount());
    }

    @Test
    void unlinkRemovesAnythingButDirectories() {
        assertFails(Errno.EISDIR, () -> root.unlink("/d"));
        assertFails(Errno.EISDIR, () -> root.unlink("/d/"));
        assertFails(Errno.EISDIR, () -> root.unlink("/d/."));
        assertFails(Errno.EISDIR, () -> root.unlink("/"));
        assertFails(Errno.ENOTDIR, () -> root.unlink("/f/"));
        assertFails(Errno.ENOTDIR, () -> root.unlink("/to-d/"));
        assertFails(Errno.ENOENT, () -> root.unlink("/x"));
        root.unlink("/to-f");
        assertEquals("file", box.read("/f"));
        long f = number("/f");
        root.unlink("/f");
        assertFalse(box.fileSystem.exists(f));
    }

    @Test
    void linkNamesTheSameFileTwice() {
        root.link("/f", "/d/g");
        assertEquals(number("/f"), number("/d/g"));
        assertEquals(2, root.stat("/f").linkCount());
        root.unlink("/f");
        assertEquals("file", box.read("/d/g"));
        root.link("/to-d", "/l");
        assertEquals("d", root.readlink("/l"), "the link itself is linked");
        assertFails(Errno.EPERM, () -> root.link("/d", "/e"));
        assertFails(Errno.EEXIST, () -> root.link("/d/g", "/d"));
        assertFails(Errno.EEXIST, () -> root.link("/d/g", "/l"));
        assertFails(Errno.ENOENT, () -> root.link("/x", "/y"));
        assertFails(Errno.ENOENT, () -> root.link("/d/g", "/y/"));
        assertFails(Errno.ENOTDIR, () -> root.link("/d/g/", "/y"));
        for (int i = 0; i < 4; i++) {
            root.link("/d/g", "/h" + i);
        }
        assertFails(Errno.EMLINK, () -> root.link("/d/g", "/h4"));
    }

    @Test
    void symlinkKeepsItsTargetAsItIs() {
        root.symlink("../no where//", "/s");
        assertEquals("../no where//", root.readlink("/s"));
        assertEquals(13, root.lstat("/s").sizeBytes());
        assertEquals(0xA1FF, root.lstat("/s").mode(), "the umask does not count");
        assertFails(Errno.EEXIST, () -> root.symlink("x", "/s"));
        assertFails(Errno.ENOENT, () -> root.symlink("", "/t"));
        assertFails(Errno.ENOENT, () -> root.symlink("x", "/t/"));
        assertFails(Errno.ENAMETOOLONG, () -> root.symlink("x".repeat(4096), "/t"));
        assertFails(Errno.EINVAL, () -> root.readlink("/f"));
        assertFails(Errno.ENOENT, () -> root.readlink("/x"));
    }

    @Test
    void readdirGoesOnWhereItStopped() {
        int fd = root.open("/", OpenFlags.O_RDONLY, 0);
        List<DirectoryEntry> all = root.readdir(fd);
        assertEquals(
                List.of(".", "..", "d", "f", "to-d", "to-f"),
                all.stream().map(DirectoryEntry::name).toList());
        assertEquals(Mode.SYMLINK, all.get(4).type());
        assertEquals(number("/f"), all.get(3).inodeNumber());
        assertEquals(List.of(), root.readdir(fd));
        box.write("/g", "");
        assertEquals(
                List.of("g"),
                root.readdir(fd).stream().map(DirectoryEntry::name).toList());
        root.lseek(fd, 0, 0);
        assertEquals(7, root.readdir(fd).size());
    }

    @Test
    void removedDirectoryThatIsOpenHasNoEntries() {
        int fd = root.open("/d/sub", OpenFlags.O_RDONLY, 0);
        root.rmdir("/d/sub");
        assertFails(Errno.ENOENT, () -> root.readdir(fd));
        root.fchdir(fd);
        assertFails(Errno.ENOENT, () -> root.creat("x", 0));
        assertEquals(number("/d"), root.stat("..").inodeNumber());
    }

    @Test
    void renameMovesNamesAndReplacesWhatIsThere() {
        long f = number("/f");
        root.rename("/f", "/d/g");
        assertEquals(f, number("/d/g"));
        box.write("/h", "h");
        long h = number("/h");
        root.rename("/d/g", "/h");
        assertEquals(f, number("/h"));
        assertFalse(box.fileSystem.exists(h));
        root.rename("/d/sub", "/top");
        assertEquals(number("/"), root.stat("/top/..").inodeNumber());
        assertEquals(2, root.stat("/d").linkCount());
        root.rename("/top", "/d");
        assertFails(Errno.ENOENT, () -> root.stat("/top"));
        root.rename("/to-d", "/h");
        assertEquals("d", root.readlink("/h"));
    }

    @Test
    void renameOfOneFileToItsOtherNameDoesNothing() {
        root.link("/f", "/g");
        root.rename("/f", "/g");
        root.rename("/f", "/f");
        assertEquals(
                List.of("d", "f", "to-d", "to-f", "g").size(), box.list("/").size());
        root.rename("/d", "/d/");
        assertEquals(2, root.stat("/f").linkCount());
    }

    @Test
    void renameChecksWhatIsRenamedToWhat() {
        box.write("/d/inner", "x");
        root.mkdir("/e", 0x1ED);
        assertFails(Errno.ENOENT, () -> root.rename("/x", "/y"));
        assertFails(Errno.ENOENT, () -> root.rename("/f", "/x/y"));
        assertFails(Errno.EISDIR, () -> root.rename("/f", "/e"));
        assertFails(Errno.ENOTDIR, () -> root.rename("/e", "/f"));
        assertFails(Errno.ENOTDIR, () -> root.rename("/e", "/to-d"));
        assertFails(Errno.ENOTEMPTY, () -> root.rename("/e", "/d"));
        assertFails(Errno.EINVAL, () -> root.rename("/d", "/d/sub/x"));
        assertFails(Errno.EINVAL, () -> root.rename("/d", "/d/x"));
        assertFails(Errno.EINVAL, () -> root.rename("/d", "/to-d/x"));
        assertFails(Errno.ENOTEMPTY, () -> root.rename("/d/sub", "/d"));
        assertFails(Errno.ENOTEMPTY, () -> root.rename("/d/inner", "/d"));
        assertFails(Errno.ENOTDIR, () -> root.rename("/f/", "/g"));
        assertFails(Errno.ENOTDIR, () -> root.rename("/f", "/g/"));
        assertFails(Errno.ENOTDIR, () -> root.rename("/to-d/", "/g"));
        assertFails(Errno.EBUSY, () -> root.rename("/", "/g"));
        assertFails(Errno.EBUSY, () -> root.rename("/d/.", "/g"));
        assertFails(Errno.EBUSY, () -> root.rename("/e", "/d/.."));
        assertEquals(List.of("d", "f", "to-d", "to-f", "e"), box.list("/"));
        root.rename("/e/", "/g/");
        assertTrue(Mode.isDirectory(root.stat("/g").mode()));
    }

    @Test
    void renameat2KnowsNoreplaceOnly() {
        assertFails(Errno.EEXIST, () -> root.renameat2(AtFlags.AT_FDCWD, "/f", AtFlags.AT_FDCWD, "/to-f", 1));
        assertFails(Errno.EINVAL, () -> root.renameat2(AtFlags.AT_FDCWD, "/f", AtFlags.AT_FDCWD, "/to-f", 2));
        assertFails(Errno.EINVAL, () -> root.renameat2(AtFlags.AT_FDCWD, "/f", AtFlags.AT_FDCWD, "/new", 4));
        assertFails(Errno.EEXIST, () -> root.renameat2(AtFlags.AT_FDCWD, "/f", AtFlags.AT_FDCWD, "/d/.", 1));
        root.renameat2(AtFlags.AT_FDCWD, "/f", AtFlags.AT_FDCWD, "/new", 1);
        assertEquals("file", box.read("/new"));
    }

    @Test
    void systemCallsCostTimeAndLeaveATraceOfTheirResult() {
        long time = box.world.clock().nowNanos();
        long hash = box.world.trace().hash();
        assertFails(Errno.ENOENT, () -> root.stat("/x"));
        assertTrue(box.world.clock().nowNanos() > time);
        assertFalse(box.world.trace().hash() == hash);
    }
}
