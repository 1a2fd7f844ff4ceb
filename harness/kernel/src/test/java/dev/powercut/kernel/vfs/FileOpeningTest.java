package dev.powercut.kernel.vfs;

import static dev.powercut.kernel.Sandbox.assertFails;
import static dev.powercut.kernel.vfs.OpenFlags.O_APPEND;
import static dev.powercut.kernel.vfs.OpenFlags.O_CREAT;
import static dev.powercut.kernel.vfs.OpenFlags.O_DIRECTORY;
import static dev.powercut.kernel.vfs.OpenFlags.O_EXCL;
import static dev.powercut.kernel.vfs.OpenFlags.O_NOFOLLOW;
import static dev.powercut.kernel.vfs.OpenFlags.O_NONBLOCK;
import static dev.powercut.kernel.vfs.OpenFlags.O_RDONLY;
import static dev.powercut.kernel.vfs.OpenFlags.O_RDWR;
import static dev.powercut.kernel.vfs.OpenFlags.O_TRUNC;
import static dev.powercut.kernel.vfs.OpenFlags.O_WRONLY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.Process;
import dev.powercut.kernel.Sandbox;
import org.junit.jupiter.api.Test;

class FileOpeningTest {

    private final Sandbox box = new Sandbox();
    private final Process root = box.root;

    @Test
    void newDescriptorIsTheLowestFreeOne() {
        box.write("/f", "x");
        assertEquals(0, root.open("/f", O_RDONLY, 0));
        assertEquals(1, root.open("/f", O_RDONLY, 0));
        assertEquals(2, root.open("/f", O_RDONLY, 0));
        root.close(1);
        root.close(0);
        assertEquals(0, root.open("/f", O_RDONLY, 0));
        assertEquals(1, root.dup(2));
        assertEquals(3, root.open("/f", O_RDONLY, 0));
        assertFails(Errno.EBADF, () -> root.close(4));
        assertFails(Errno.EBADF, () -> root.close(-1));
    }

    @Test
    void descriptorsEndAt1024AndNothingIsCreatedThen() {
        box.write("/f", "x");
        for (int i = 0; i < 1024; i++) {
            assertEquals(i, root.open("/f", O_RDONLY, 0));
        }
        assertFails(Errno.EMFILE, () -> root.creat("/new", 0x1A4));
        assertFails(Errno.ENOENT, () -> root.stat("/new"));
        root.close(700);
        assertEquals(700, root.open("/f", O_RDONLY, 0));
    }

    @Test
    void descriptorsFromOneOpenShareTheOffset() {
        box.write("/f", "abcdef");
        int one = root.open("/f", O_RDONLY, 0);
        int copy = root.dup(one);
        int other = root.open("/f", O_RDONLY, 0);
        root.read(one, new byte[3], 0, 3);
        assertEquals(3, root.lseek(copy, 0, 1));
        assertEquals(0, root.lseek(other, 0, 1));
        root.close(one);
        assertEquals("def", Sandbox.readAll(root, copy));
        assertEquals(other, root.dup2(copy, other));
        assertEquals(6, root.lseek(other, 0, 1));
        assertEquals(17, root.dup2(copy, 17));
        assertFails(Errno.EBADF, () -> root.dup2(copy, 1024));
        assertFails(Errno.EBADF, () -> root.dup(99));
    }

    @Test
    void creationObeysItsFlags() {
        assertFails(Errno.ENOENT, () -> root.open("/f", O_RDWR, 0));
        int fd = root.open("/f", O_CREAT | O_EXCL | O_RDONLY, 0x1A4);
        assertFails(Errno.EBADF, () -> root.write(fd, new byte[1], 0, 1));
        assertFails(Errno.EEXIST, () -> root.open("/f", O_CREAT | O_EXCL | O_RDWR, 0x1A4));
        root.open("/f", O_CREAT | O_RDWR, 0);
        assertEquals(0x81A4, root.stat("/f").mode(), "the mode counts only at creation");
        assertFails(Errno.ENOENT, () -> root.open("/nothing/f", O_CREAT | O_RDWR, 0));
        assertFails(Errno.ENOTDIR, () -> root.open("/f/g", O_CREAT | O_RDWR, 0));
        assertFails(Errno.EISDIR, () -> root.open("/g/", O_CREAT | O_RDWR, 0));
        assertFails(Errno.EISDIR, () -> root.open("/", O_CREAT | O_RDONLY, 0));
        assertFails(Errno.EEXIST, () -> root.open("/.", O_CREAT | O_EXCL, 0));
    }

    @Test
    void creationFollowsADanglingLinkUnlessExclusive() {
        root.symlink("target", "/link");
        assertFails(Errno.EEXIST, () -> root.open("/link", O_CREAT | O_EXCL | O_RDWR, 0x1A4));
        assertFails(Errno.ELOOP, () -> root.open("/link", O_CREAT | O_NOFOLLOW | O_RDWR, 0x1A4));
        root.close(root.open("/link", O_CREAT | O_RDWR, 0x1A4));
        assertTrue(Mode.isRegular(root.lstat("/target").mode()));
        root.symlink("slashed/", "/link2");
        assertFails(Errno.EISDIR, () -> root.open("/link2", O_CREAT | O_RDWR, 0x1A4));
    }

    @Test
    void directoriesAreOpenedForReadingOnly() {
        root.mkdir("/d", 0x1ED);
        int fd = root.open("/d", O_RDONLY, 0);
        assertFails(Errno.EISDIR, () -> root.read(fd, new byte[1], 0, 1));
        assertFails(Errno.EBADF, () -> root.write(fd, new byte[1], 0, 1));
        assertFails(Errno.EISDIR, () -> root.open("/d", O_WRONLY, 0));
        assertFails(Errno.EISDIR, () -> root.open("/d", O_RDWR, 0));
        assertFails(Errno.EISDIR, () -> root.open("/d", O_RDONLY | O_TRUNC, 0));
        assertFails(Errno.EISDIR, () -> root.open("/d", O_RDONLY | O_CREAT, 0));
        box.write("/f", "x");
        assertFails(Errno.ENOTDIR, () -> root.open("/f", O_DIRECTORY, 0));
        assertFails(Errno.ENOTDIR, () -> root.readdir(root.open("/f", O_RDONLY, 0)));
    }

    @Test
    void nofollowRefusesALinkAtTheEndOnly() {
        root.mkdir("/d", 0x1ED);
        box.write("/d/f", "x");
        root.symlink("d", "/link");
        assertFails(Errno.ELOOP, () -> root.open("/link", O_NOFOLLOW, 0));
        assertFails(Errno.ENOTDIR, () -> root.open("/link", O_NOFOLLOW | O_DIRECTORY, 0));
        root.open("/link/f", O_NOFOLLOW, 0);
        root.open("/link/", O_NOFOLLOW, 0);
    }

    @Test
    void unknownFlagsAreRefusedRatherThanPassedOver() {
        assertFails(Errno.EINVAL, () -> root.open("/f", O_CREAT | 0x4000, 0)); // O_DIRECT
        assertFails(Errno.EINVAL, () -> root.open("/f", 3, 0));
        assertFails(Errno.EINVAL, () -> root.open("/f", O_CREAT | O_DIRECTORY, 0));
    }

    @Test
    void truncatingOpenEmptiesTheFile() {
        box.write("/f", "abcdef");
        int fd = root.open("/f", O_RDWR | O_TRUNC, 0);
        assertEquals(0, root.fstat(fd).sizeBytes());
        assertEquals("", box.read("/f"));
        assertEquals(0, box.fileSystem.blocksUsed());
    }

    @Test
    void appendingWritesGoToTheEndWhereverItIs() {
        box.write("/f", "abc");
        int append = root.open("/f", O_WRONLY | O_APPEND, 0);
        int other = root.open("/f", O_WRONLY, 0);
        Sandbox.writeAll(root, append, "d");
        root.lseek(other, 0, 2);
        Sandbox.writeAll(root, other, "e");
        root.lseek(append, 0, 0);
        Sandbox.writeAll(root, append, "f");
        assertEquals(6, root.lseek(append, 0, 1));
        root.pwrite(append, new byte[] {'g'}, 0, 1, 0);
        assertEquals("abcdefg", box.read("/f"));
    }

    @Test
    void unlinkedFileLivesUntilItsLastDescriptorIsClosed() {
        box.write("/f", "abc");
        int one = root.open("/f", O_RDWR, 0);
        int copy = root.dup(one);
        long number = root.fstat(one).inodeNumber();
        root.unlink("/f");
        assertFails(Errno.ENOENT, () -> root.stat("/f"));
        assertEquals(0, root.fstat(one).linkCount());
        root.close(one);
        assertEquals("abc", Sandbox.readAll(root, copy));
        Sandbox.writeAll(root, copy, "d");
        root.fsync(copy);
        assertTrue(box.fileSystem.exists(number));
        root.close(copy);
        assertFalse(box.fileSystem.exists(number));
        assertEquals(0, box.fileSystem.blocksUsed());
    }

    @Test
    void fileReplacedByRenameLivesUntilClosed() {
        box.write("/old", "old");
        box.write("/new", "new");
        int fd = root.open("/old", O_RDONLY, 0);
        root.rename("/new", "/old");
        assertEquals("old", Sandbox.readAll(root, fd));
        assertEquals("new", box.read("/old"));
        long number = root.fstat(fd).inodeNumber();
        root.close(fd);
        assertFalse(box.fileSystem.exists(number));
    }

    @Test
    void endOfAProcessClosesWhatItHadOpen() {
        Process process = box.kernel.process(0, 0);
        int fd = process.creat("/f", 0x1A4);
        process.dup(fd);
        long number = process.fstat(fd).inodeNumber();
        root.unlink("/f");
        process.exit();
        assertFalse(box.fileSystem.exists(number));
        assertFails(Errno.ESRCH, () -> process.stat("/"));
        assertFails(Errno.EBADF, () -> process.fstat(fd));
    }

    @Test
    void specialFilesHaveNobodyAtTheOtherEnd() {
        root.mknod("/fifo", Mode.FIFO | 0x1A4, 0);
        root.mknod("/disk", Mode.BLOCK_DEVICE | 0x1A4, 0x801);
        assertEquals(0x801, root.stat("/disk").device());
        assertFails(Errno.ENXIO, () -> root.open("/fifo", O_WRONLY | O_NONBLOCK, 0));
        assertFails(Errno.ENXIO, () -> root.open("/disk", O_RDONLY, 0));
        assertFails(Errno.EPERM, () -> box.kernel.process(5, 5).mknod("/dev", Mode.CHARACTER_DEVICE, 1));
        assertFails(Errno.EPERM, () -> root.mknod("/d", Mode.DIRECTORY, 0));
        assertFails(Errno.EINVAL, () -> root.mknod("/d", Mode.SYMLINK, 0));
    }
}
