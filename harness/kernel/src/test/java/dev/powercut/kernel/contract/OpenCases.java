package dev.powercut.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.OpenFlags;

/** open, openat, creat, close, dup, dup2, umask. */
final class OpenCases extends Cases {

    OpenCases() {
        creating();
        existing();
        closing();
        masks();
    }

    private void creating() {
        about("open(O_CREAT)");
        each("makes an empty regular file with one link", (s, p) -> {
            p.close(p.open("f", CREAT | WRONLY, 0640));
            assertEquals(Mode.REGULAR | 0640, p.stat("f").mode());
            assertEquals(0, p.stat("f").sizeBytes());
            assertEquals(0, p.stat("f").blocks512());
            assertEquals(1, p.stat("f").linkCount());
        });
        each("makes a file of the effective user and group", (s, p) -> {
            file(s.alice(), "f");
            assertEquals(Stage.ALICE, p.stat("f").uid());
            assertEquals(Stage.ALICE, p.stat("f").gid());
        });
        each("opens an existing file and leaves its contents and mode", (s, p) -> {
            file(p, "f", "abc");
            p.chmod("f", 0606);
            p.close(p.open("f", CREAT | RDWR, 0777));
            assertEquals("abc", contents(p, "f"));
            assertMode(0606, p, "f");
        });
        each("with O_EXCL gives EEXIST for whatever is there, EISDIR with a trailing slash", (s, p) -> {
            file(p, "f");
            p.mkdir("d", 0755);
            p.symlink("missing", "l");
            for (String path : new String[] {"f", "d", "l", ".", "..", "/"}) {
                fails(Errno.EEXIST, () -> p.open(path, CREAT | EXCL | WRONLY, 0644));
            }
            for (String path : new String[] {"d/", "x/"}) {
                fails(Errno.EISDIR, () -> p.open(path, CREAT | EXCL | WRONLY, 0644));
            }
        });
        each("makes the target of a dangling link", (s, p) -> {
            p.symlink("target", "l");
            p.close(p.open("l", CREAT | WRONLY, 0644));
            assertTrue(Mode.isRegular(p.lstat("target").mode()));
            assertTrue(Mode.isSymlink(p.lstat("l").mode()));
        });
        each("with O_NOFOLLOW gives ELOOP for a link", (s, p) -> {
            p.symlink("target", "l");
            fails(Errno.ELOOP, () -> p.open("l", CREAT | WRONLY | NOFOLLOW, 0644));
            assertFalse(exists(p, "target"));
        });
        each("gives EISDIR for a directory", (s, p) -> {
            p.mkdir("d", 0755);
            for (String path : new String[] {"d", "d/", "d/.", ".", "..", "/"}) {
                fails(Errno.EISDIR, () -> p.open(path, CREAT | RDONLY, 0644));
            }
        });
        each("gives EISDIR for a new name with a trailing slash", (s, p) -> {
            fails(Errno.EISDIR, () -> p.open("x/", CREAT | WRONLY, 0644));
            assertFalse(exists(p, "x"));
        });
        each("gives the descriptor of a new read-only file the right to write", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0444);
            assertEquals(3, p.write(fd, bytes("abc")));
            assertMode(0444, p, "f");
        });
        each("keeps set-id and sticky bits of the mode", (s, p) -> {
            p.close(p.open("f", CREAT | WRONLY, 07755));
            assertMode(07755, p, "f");
        });
        each("ignores type bits in the mode", (s, p) -> {
            p.close(p.open("f", CREAT | WRONLY, Mode.DIRECTORY | 0600));
            assertEquals(Mode.REGULAR | 0600, p.stat("f").mode());
        });
        user("gives EACCES in a directory that may not be written", (s, p) -> {
            directory(p, "d", 0500);
            fails(Errno.EACCES, () -> p.open("d/f", CREAT | WRONLY, 0644));
        });
        root("makes files in a directory that nobody may write", (s, p) -> {
            directory(p, "d", 0);
            p.close(p.open("d/f", CREAT | WRONLY, 0644));
            assertTrue(exists(p, "d/f"));
        });
        user("opens an existing file in a directory that may not be written", (s, p) -> {
            directory(p, "d", 0700);
            file(p, "d/f");
            p.chmod("d", 0500);
            p.close(p.open("d/f", CREAT | WRONLY, 0644));
        });
        about("creat");
        each("empties an existing file and keeps its inode and mode", (s, p) -> {
            file(p, "f", "abc");
            p.chmod("f", 0606);
            long inode = inode(p, "f");
            p.close(p.creat("f", 0777));
            assertEquals(0, p.stat("f").sizeBytes());
            assertEquals(inode, inode(p, "f"));
            assertMode(0606, p, "f");
        });
        each("opens for writing only", (s, p) -> {
            int fd = p.creat("f", 0644);
            fails(Errno.EBADF, () -> p.read(fd, 1));
        });
        each("gives EISDIR for a directory", (s, p) -> {
            p.mkdir("d", 0755);
            fails(Errno.EISDIR, () -> p.creat("d", 0644));
        });
        user("gives EACCES for a file that may not be written, and leaves it", (s, p) -> {
            file(p, "f", "abc");
            p.chmod("f", 0444);
            fails(Errno.EACCES, () -> p.creat("f", 0644));
            assertEquals("abc", contents(p, "f"));
        });
    }

    private void existing() {
        about("open");
        each("opens a directory for reading only", (s, p) -> {
            p.mkdir("d", 0755);
            p.close(p.open("d", RDONLY, 0));
            fails(Errno.EISDIR, () -> p.open("d", WRONLY, 0));
            fails(Errno.EISDIR, () -> p.open("d", RDWR, 0));
            fails(Errno.EISDIR, () -> p.open("d", RDONLY | TRUNC, 0));
        });
        each("with O_DIRECTORY gives ENOTDIR for what is none", (s, p) -> {
            file(p, "f");
            p.symlink("f", "l");
            p.mkfifo("p", 0644);
            for (String path : new String[] {"f", "l", "p"}) {
                fails(Errno.ENOTDIR, () -> p.open(path, RDONLY | DIRECTORY, 0));
            }
            p.close(p.open(".", RDONLY | DIRECTORY, 0));
        });
        each("with O_NOFOLLOW gives ELOOP for a link at the end only", (s, p) -> {
            p.mkdir("d", 0755);
            file(p, "d/f");
            p.symlink("d", "l");
            p.symlink("d/f", "lf");
            fails(Errno.ELOOP, () -> p.open("lf", RDONLY | NOFOLLOW, 0));
            p.close(p.open("l/f", RDONLY | NOFOLLOW, 0));
        });
        each("with O_DIRECTORY and O_NOFOLLOW gives ENOTDIR for a link", (s, p) -> {
            p.mkdir("d", 0755);
            p.symlink("d", "l");
            fails(Errno.ENOTDIR, () -> p.open("l", RDONLY | NOFOLLOW | DIRECTORY, 0));
        });
        each("with O_TRUNC empties the file", (s, p) -> {
            file(p, "f", "abc");
            p.close(p.open("f", WRONLY | TRUNC, 0));
            assertEquals(0, p.stat("f").sizeBytes());
        });
        each("with O_TRUNC empties what another descriptor has open", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDONLY, 0);
            p.close(p.open("f", RDWR | TRUNC, 0));
            assertEquals(0, p.read(fd, 10).length);
        });
        each("gives ENOTDIR for a file with a trailing slash", (s, p) -> {
            file(p, "f");
            fails(Errno.ENOTDIR, () -> p.open("f/", RDONLY, 0));
        });
        each("begins at offset 0", (s, p) -> {
            file(p, "f", "abc");
            assertEquals(0, p.lseek(p.open("f", RDONLY, 0), 0, 1));
            assertEquals(0, p.lseek(p.open("f", RDWR | APPEND, 0), 0, 1));
        });
        each("gives the lowest free descriptor", (s, p) -> {
            file(p, "f");
            int a = p.open("f", RDONLY, 0);
            int b = p.open("f", RDONLY, 0);
            assertTrue(b > a);
            p.close(a);
            assertEquals(a, p.open("f", RDONLY, 0));
        });
        each("makes descriptions with offsets of their own", (s, p) -> {
            file(p, "f", "abc");
            int a = p.open("f", RDONLY, 0);
            int b = p.open("f", RDONLY, 0);
            assertEquals("ab", text(p.read(a, 2)));
            assertEquals("ab", text(p.read(b, 2)));
        });
        each("keeps working when the name is gone", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDWR, 0);
            p.unlink("f");
            assertEquals(0, p.fstat(fd).linkCount());
            assertEquals("abc", text(p.read(fd, 10)));
            assertEquals(1, p.write(fd, bytes("d")));
            assertEquals(4, p.fstat(fd).sizeBytes());
        });
        each("keeps working when the mode forbids it afterwards", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDWR, 0);
            p.chmod("f", 0);
            assertEquals("abc", text(p.read(fd, 10)));
            assertEquals(1, p.write(fd, bytes("d")));
        });
        user("needs the permission that it asks for", (s, p) -> {
            file(p, "r", 0400);
            file(p, "w", 0200);
            file(p, "n", 0);
            p.close(p.open("r", RDONLY, 0));
            p.close(p.open("w", WRONLY, 0));
            fails(Errno.EACCES, () -> p.open("r", WRONLY, 0));
            fails(Errno.EACCES, () -> p.open("r", RDWR, 0));
            fails(Errno.EACCES, () -> p.open("w", RDONLY, 0));
            fails(Errno.EACCES, () -> p.open("w", RDWR, 0));
            fails(Errno.EACCES, () -> p.open("n", RDONLY, 0));
        });
        user("needs to write for O_TRUNC, even when opening to read", (s, p) -> {
            file(p, "f", "abc");
            p.chmod("f", 0400);
            fails(Errno.EACCES, () -> p.open("f", RDONLY | TRUNC, 0));
            assertEquals("abc", contents(p, "f"));
        });
        user("needs to read a directory to open it, not to search it", (s, p) -> {
            directory(p, "r", 0400);
            directory(p, "x", 0100);
            p.close(p.open("r", RDONLY, 0));
            fails(Errno.EACCES, () -> p.open("x", RDONLY, 0));
        });
        root("opens files of mode 0", (s, p) -> {
            file(p, "f", 0);
            p.close(p.open("f", RDWR, 0));
        });
        each("with O_NOATIME is for the owner", (s, p) -> {
            file(s.bob(), "f", 0666);
            p.mkdir("own", 0755);
            file(p, "own/f");
            p.close(p.open("own/f", RDONLY | OpenFlags.O_NOATIME, 0));
            fails(Errno.EPERM, () -> s.alice().open("f", RDONLY | OpenFlags.O_NOATIME, 0));
        });
        each("with O_SYNC and O_DSYNC writes as without", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR | OpenFlags.O_SYNC, 0644);
            assertEquals(3, p.write(fd, bytes("abc")));
            int data = p.open("f", RDWR | OpenFlags.O_DSYNC, 0);
            assertEquals(1, p.pwrite(data, bytes("x"), 1));
            assertEquals("axc", contents(p, "f"));
        });
        each("gives ENXIO for a socket", (s, p) -> {
            p.mknod("s", Mode.SOCKET | 0666, 0);
            fails(Errno.ENXIO, () -> p.open("s", RDWR, 0));
        });
        root("gives ENXIO for devices that have no driver", (s, p) -> {
            p.mknod("c", Mode.CHARACTER_DEVICE | 0666, 60 * 256 + 5);
            p.mknod("b", Mode.BLOCK_DEVICE | 0666, 60 * 256 + 5);
            fails(Errno.ENXIO, () -> p.open("c", RDWR, 0));
            fails(Errno.ENXIO, () -> p.open("b", RDONLY, 0));
        });
    }

    private void closing() {
        about("close");
        each("gives EBADF for a descriptor that is not open", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.close(fd);
            fails(Errno.EBADF, () -> p.close(fd));
            fails(Errno.EBADF, () -> p.close(-1));
            fails(Errno.EBADF, () -> p.close(999_999));
        });
        each("ends the use of the descriptor", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.close(fd);
            fails(Errno.EBADF, () -> p.read(fd, 1));
            fails(Errno.EBADF, () -> p.write(fd, new byte[1]));
            fails(Errno.EBADF, () -> p.pread(fd, 1, 0));
            fails(Errno.EBADF, () -> p.pwrite(fd, new byte[1], 0));
            fails(Errno.EBADF, () -> p.lseek(fd, 0, 0));
            fails(Errno.EBADF, () -> p.fstat(fd));
            fails(Errno.EBADF, () -> p.ftruncate(fd, 0));
            fails(Errno.EBADF, () -> p.fsync(fd));
            fails(Errno.EBADF, () -> p.fdatasync(fd));
            fails(Errno.EBADF, () -> p.fchmod(fd, 0));
            fails(Errno.EBADF, () -> p.fchown(fd, -1, -1));
            fails(Errno.EBADF, () -> p.futimens(fd, 0, 0));
            fails(Errno.EBADF, () -> p.fchdir(fd));
            fails(Errno.EBADF, () -> p.readdir(fd));
            fails(Errno.EBADF, () -> p.dup(fd));
            fails(Errno.EBADF, () -> p.fstatfs(fd));
            fails(Errno.EBADF, () -> p.syncfs(fd));
            fails(Errno.EBADF, () -> p.fallocate(fd, 0, 0, 1));
        });
        about("dup");
        each("shares the offset", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            int copy = p.dup(fd);
            assertNotEquals(fd, copy);
            p.write(fd, bytes("abc"));
            assertEquals(3, p.lseek(copy, 0, 1));
            p.lseek(copy, 1, 0);
            assertEquals("bc", text(p.read(fd, 9)));
        });
        each("outlives the descriptor that it was made from", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            int copy = p.dup(fd);
            p.close(fd);
            assertEquals(1, p.write(copy, new byte[1]));
        });
        about("dup2");
        each("replaces an open descriptor", (s, p) -> {
            file(p, "a", "a");
            file(p, "b", "b");
            int a = p.open("a", RDONLY, 0);
            int b = p.open("b", RDONLY, 0);
            assertEquals(b, p.dup2(a, b));
            assertEquals("a", text(p.read(b, 9)));
        });
        each("to itself changes nothing", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            assertEquals(fd, p.dup2(fd, fd));
            p.close(fd);
            fails(Errno.EBADF, () -> p.dup2(fd, fd));
        });
    }

    private void masks() {
        about("umask");
        each("takes permissions from new files of all kinds", (s, p) -> {
            p.umask(027);
            p.close(p.open("f", CREAT | WRONLY, 0777));
            p.mkdir("d", 0777);
            p.mkfifo("p", 0777);
            p.mknod("n", Mode.REGULAR | 0777, 0);
            for (String path : new String[] {"f", "d", "p", "n"}) {
                assertMode(0750, p, path);
            }
        });
        each("does not matter to links and to chmod", (s, p) -> {
            p.umask(0777);
            p.symlink("x", "l");
            assertMode(0777, p, "l");
            p.close(p.open("f", CREAT | WRONLY, 0777));
            assertMode(0, p, "f");
            p.chmod("f", 0777);
            assertMode(0777, p, "f");
        });
        each("gives the former mask, of nine bits", (s, p) -> {
            assertEquals(022, p.umask(07777));
            assertEquals(0777, p.umask(022));
        });
    }
}
