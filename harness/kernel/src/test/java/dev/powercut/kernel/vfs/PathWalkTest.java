package dev.powercut.kernel.vfs;

import static dev.powercut.kernel.Sandbox.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.powercut.kernel.Process;
import dev.powercut.kernel.Sandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PathWalkTest {

    private final Sandbox box = new Sandbox();
    private final Process root = box.root;

    @BeforeEach
    void tree() {
        root.mkdir("/a", 0x1ED);
        root.mkdir("/a/b", 0x1ED);
        box.write("/a/b/file", "hello");
        root.symlink("b/file", "/a/to-file");
        root.symlink("/a/b", "/to-b");
    }

    private long number(String path) {
        return root.stat(path).inodeNumber();
    }

    @Test
    void slashesDotsAndDotDotsLeadWhereTheySay() {
        long file = number("/a/b/file");
        assertEquals(file, number("//a///b/file"));
        assertEquals(file, number("/a/./b/../b/./file"));
        assertEquals(file, number("/../../a/b/file"));
        assertEquals(file, number("/to-b/../b/file"));
        assertEquals(number("/a"), number("/a/b/.."));
        assertEquals(number("/"), number("/.."));
        assertEquals(number("/"), number("///"));
    }

    @Test
    void relativePathsBeginAtTheWorkingDirectory() {
        root.chdir("a/b");
        assertEquals("hello", box.read("file"));
        assertEquals(number("/a/to-file"), number("../to-file"));
        assertEquals("/a/b", root.getcwd());
        root.chdir("..");
        assertEquals("/a", root.getcwd());
        root.chdir("/");
        assertEquals("/", root.getcwd());
    }

    @Test
    void workingDirectoryFollowsARename() {
        root.mkdir("/c", 0x1ED);
        root.chdir("/a/b");
        root.rename("/a/b", "/c/moved");
        assertEquals("/c/moved", root.getcwd());
        assertEquals(number("/c"), number(".."));
        assertEquals("hello", box.read("file"));
    }

    @Test
    void removedWorkingDirectoryIsEmptyAndNameless() {
        root.mkdir("/gone", 0x1ED);
        root.chdir("/gone");
        root.rmdir("/gone");
        assertFails(Errno.ENOENT, () -> root.getcwd());
        assertFails(Errno.ENOENT, () -> root.stat("x"));
        assertFails(Errno.ENOENT, () -> root.mkdir("x", 0x1ED));
        assertFails(Errno.ENOENT, () -> root.creat("x", 0x1ED));
        assertFails(Errno.ENOENT, () -> root.link("/a/b/file", "x"));
        assertEquals(number("/"), number(".."));
        assertEquals(0, root.stat(".").linkCount());
        long gone = root.stat(".").inodeNumber();
        root.chdir("/");
        assertEquals(false, box.fileSystem.exists(gone), "deleted when the last process leaves it");
    }

    @Test
    void symbolicLinksAreFollowedButNotByLstat() {
        assertEquals(number("/a/b/file"), number("/a/to-file"));
        assertNotEquals(number("/a/b/file"), root.lstat("/a/to-file").inodeNumber());
        assertEquals(number("/a/b/file"), root.lstat("/to-b/file").inodeNumber());
        assertEquals(number("/a/b"), root.lstat("/to-b/").inodeNumber(), "a slash makes it followed");
        assertEquals("b/file", root.readlink("/a/to-file"));
    }

    @Test
    void fortySymbolicLinksAreFollowedAndNotOneMore() {
        String target = "/a/b/file";
        for (int i = 1; i <= 41; i++) {
            root.symlink(target, "/link" + i);
            target = "/link" + i;
        }
        assertEquals(number("/a/b/file"), number("/link40"));
        assertFails(Errno.ELOOP, () -> root.stat("/link41"));
        root.symlink("loop", "/loop");
        assertFails(Errno.ELOOP, () -> root.stat("/loop"));
        assertFails(Errno.ELOOP, () -> root.stat("/loop/x"));
        assertFails(Errno.ELOOP, () -> root.open("/loop", OpenFlags.O_CREAT | OpenFlags.O_RDWR, 0));
    }

    @Test
    void pathsThatCannotBeWalkedFail() {
        assertFails(Errno.ENOENT, () -> root.stat(""));
        assertFails(Errno.ENOENT, () -> root.stat("/nothing"));
        assertFails(Errno.ENOENT, () -> root.stat("/nothing/x"));
        assertFails(Errno.ENOENT, () -> root.stat("/nothing/.."));
        assertFails(Errno.ENOTDIR, () -> root.stat("/a/b/file/x"));
        assertFails(Errno.ENOTDIR, () -> root.stat("/a/b/file/"));
        assertFails(Errno.ENOTDIR, () -> root.stat("/a/b/file/."));
        assertFails(Errno.ENOTDIR, () -> root.stat("/a/b/file/.."));
        assertFails(Errno.ENOTDIR, () -> root.stat("/a/to-file/"));
        assertFails(Errno.EINVAL, () -> root.stat("/a\0b"));
        assertFails(Errno.EINVAL, () -> root.readlink("/a"));
        root.symlink("nothing", "/dangling");
        assertFails(Errno.ENOENT, () -> root.stat("/dangling"));
    }

    @Test
    void namesMayHave255BytesAndPaths4095() {
        String name = "n".repeat(255);
        box.write("/" + name, "x");
        assertEquals("x", box.read("/" + name));
        assertFails(Errno.ENAMETOOLONG, () -> root.stat("/" + name + "n"));
        assertFails(Errno.ENAMETOOLONG, () -> root.mkdir("/" + name + "n", 0));
        assertFails(Errno.ENAMETOOLONG, () -> root.stat("/" + name + "n/x"));
        String umlauts = "ü".repeat(127);
        box.write("/" + umlauts, "y");
        assertFails(Errno.ENAMETOOLONG, () -> root.stat("/" + umlauts + "ü"));
        String longPath = "/a/b/" + "./".repeat(2043) + "file";
        assertEquals(4095, longPath.length());
        assertEquals("hello", box.read(longPath));
        assertFails(Errno.ENAMETOOLONG, () -> root.stat("/" + longPath));
    }

    @Test
    void everyDirectoryOnTheWayMustBeSearchable() {
        Process user = box.kernel.process(1000, 1000);
        root.chmod("/a", 0x1EC); // rwxr-xr--: others may not search
        assertFails(Errno.EACCES, () -> user.stat("/a/b"));
        assertFails(Errno.EACCES, () -> user.stat("/a/."));
        assertFails(Errno.EACCES, () -> user.stat("/a/nothing"));
        assertFails(Errno.EACCES, () -> user.chdir("/a"));
        assertEquals(number("/a"), user.stat("/a").inodeNumber());
        root.chown("/a", 1000, 0);
        assertEquals(number("/a/b"), user.stat("/a/b").inodeNumber());
    }
}
