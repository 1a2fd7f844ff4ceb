package dev.powercut.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.vfs.AtFlags;
import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.Mode;
import java.util.ArrayList;
import java.util.List;

/** mkdir, rmdir, readdir, chdir, fchdir, getcwd. */
final class DirectoryCases extends Cases {

    DirectoryCases() {
        making();
        removing();
        listing();
        working();
    }

    private void making() {
        about("mkdir");
        each("makes an empty directory with two links", (s, p) -> {
            p.mkdir("d", 0750);
            assertEquals(Mode.DIRECTORY | 0750, p.stat("d").mode());
            assertEquals(2, p.stat("d").linkCount());
            assertEquals(List.of(), names(p, "d"));
        });
        each("gives the directory above a link more", (s, p) -> {
            p.mkdir("d", 0755);
            p.mkdir("d/a", 0755);
            p.mkdir("d/b", 0755);
            assertEquals(4, p.stat("d").linkCount());
            assertEquals(inode(p, "d"), inode(p, "d/a/.."));
        });
        each("takes a trailing slash", (s, p) -> {
            p.mkdir("d/", 0755);
            p.mkdir("e//", 0755);
            assertTrue(Mode.isDirectory(p.stat("d").mode()));
        });
        each("gives EEXIST for whatever is there", (s, p) -> {
            file(p, "f");
            p.mkdir("d", 0755);
            p.symlink("missing", "l");
            p.symlink("d", "ld");
            for (String path : new String[] {"f", "d", "d/", "l", "ld", ".", "..", "/", "d/.", "d/.."}) {
                fails(Errno.EEXIST, () -> p.mkdir(path, 0755));
            }
            assertFalse(exists(p, "missing"));
        });
        each("takes permissions and the sticky bit of the mode, no set-id bits", (s, p) -> {
            p.umask(0);
            p.mkdir("d", 07777);
            assertMode(01777, p, "d");
        });
        each("inherits group and set-group-ID bit of a directory that has it", (s, p) -> {
            s.root().mkdir("d", 0777);
            s.root().chown("d", -1, 4242);
            s.root().chmod("d", 02777);
            p.mkdir("d/e", 0755);
            assertMode(02755, p, "d/e");
            assertEquals(4242, p.stat("d/e").gid());
        });
        each("takes the process's group elsewhere", (s, p) -> {
            s.root().mkdir("d", 0777);
            s.root().chown("d", -1, 4242);
            s.root().chmod("d", 0777);
            s.alice().mkdir("d/e", 0755);
            assertEquals(Stage.ALICE, p.stat("d/e").gid());
        });
        user("gives EACCES in a directory that may not be written", (s, p) -> {
            directory(p, "d", 0500);
            fails(Errno.EACCES, () -> p.mkdir("d/e", 0755));
        });
        root("works in a directory that nobody may write", (s, p) -> {
            directory(s.alice(), "d", 0);
            p.mkdir("d/e", 0755);
            assertTrue(exists(p, "d/e"));
        });
        each("makes many directories deep", (s, p) -> {
            StringBuilder path = new StringBuilder("d");
            for (int i = 0; i < 40; i++) {
                p.mkdir(path.toString(), 0755);
                path.append("/").append(i);
            }
            assertEquals(2, p.stat(path.substring(0, path.lastIndexOf("/"))).linkCount());
        });
    }

    private void removing() {
        for (boolean at : new boolean[] {false, true}) {
            about(at ? "unlinkat(AT_REMOVEDIR)" : "rmdir");
            removing(at ? (p, path) -> p.unlinkat(CWD, path, AtFlags.AT_REMOVEDIR) : PosixCalls::rmdir);
        }
        about("rmdir");
        each("leaves a removed directory open and empty", (s, p) -> {
            p.mkdir("d", 0755);
            int fd = p.open("d", RDONLY, 0);
            p.rmdir("d");
            assertEquals(0, p.fstat(fd).linkCount());
            fails(Errno.ENOENT, () -> p.readdir(fd));
            fails(Errno.ENOENT, () -> p.openat(fd, "x", CREAT | WRONLY, 0644));
            fails(Errno.ENOENT, () -> p.mkdirat(fd, "x", 0755));
            fails(Errno.ENOENT, () -> p.symlinkat("x", fd, "x"));
        });
        each("frees the name for something else", (s, p) -> {
            p.mkdir("d", 0755);
            p.rmdir("d");
            file(p, "d", "abc");
            assertEquals("abc", contents(p, "d"));
        });
    }

    @FunctionalInterface
    private interface Removal {
        void of(PosixCalls p, String path);
    }

    private void removing(Removal remove) {
        each("removes an empty directory, and a link of the one above", (s, p) -> {
            p.mkdir("d", 0755);
            p.mkdir("d/e", 0755);
            remove.of(p, "d/e");
            assertFalse(exists(p, "d/e"));
            assertEquals(2, p.stat("d").linkCount());
        });
        each("takes a trailing slash", (s, p) -> {
            p.mkdir("d", 0755);
            remove.of(p, "d/");
            assertFalse(exists(p, "d"));
        });
        each("gives ENOTEMPTY for a directory with anything in it", (s, p) -> {
            p.mkdir("d", 0755);
            p.mkdir("e", 0755);
            p.symlink("x", "d/l");
            p.mkdir("e/e", 0755);
            fails(Errno.ENOTEMPTY, () -> remove.of(p, "d"));
            fails(Errno.ENOTEMPTY, () -> remove.of(p, "e"));
        });
        each("gives ENOTDIR for what is no directory", (s, p) -> {
            file(p, "f");
            p.mkdir("d", 0755);
            p.symlink("d", "l");
            p.mkfifo("p", 0644);
            for (String path : new String[] {"f", "l", "p", "f/", "l/"}) {
                fails(Errno.ENOTDIR, () -> remove.of(p, path));
            }
        });
        each("gives EINVAL for . and ENOTEMPTY for ..", (s, p) -> {
            p.mkdir("d", 0755);
            fails(Errno.EINVAL, () -> remove.of(p, "d/."));
            fails(Errno.EINVAL, () -> remove.of(p, "."));
            fails(Errno.ENOTEMPTY, () -> remove.of(p, "d/.."));
        });
        each("gives EBUSY for the root", (s, p) -> fails(Errno.EBUSY, () -> remove.of(p, "/")));
        user("gives EACCES in a directory that may not be written", (s, p) -> {
            directory(p, "d", 0700);
            p.mkdir("d/e", 0755);
            p.chmod("d", 0500);
            fails(Errno.EACCES, () -> remove.of(p, "d/e"));
        });
        each("removes somebody else's directory where one may write", (s, p) -> {
            directory(s.bob(), "d", 0);
            remove.of(p, "d");
            assertFalse(exists(p, "d"));
        });
        user("gives EPERM for somebody else's directory below a sticky one", (s, p) -> {
            s.root().chmod(".", 01777);
            s.bob().mkdir("d", 0777);
            fails(Errno.EPERM, () -> remove.of(p, "d"));
        });
        each("works on the working directory", (s, p) -> {
            p.mkdir("d", 0755);
            p.chdir("d");
            remove.of(p, "../d");
            fails(Errno.ENOENT, p::getcwd);
        });
    }

    private void listing() {
        about("readdir");
        each("lists . and .. and each name once", (s, p) -> {
            p.mkdir("d", 0755);
            file(p, "d/f");
            p.mkdir("d/e", 0755);
            List<String> all = new ArrayList<>();
            for (DirectoryEntry entry : p.readdir(p.open("d", RDONLY, 0))) {
                all.add(entry.name());
            }
            all.sort(null);
            assertEquals(List.of(".", "..", "e", "f"), all);
        });
        each("gives the inode of each name", (s, p) -> {
            p.mkdir("d", 0755);
            file(p, "d/f");
            for (DirectoryEntry entry : p.readdir(p.open("d", RDONLY, 0))) {
                assertEquals(inode(p, "d/" + entry.name()), entry.inodeNumber(), entry.name());
            }
        });
        each("gives the type of each name, or none", (s, p) -> {
            file(p, "f");
            p.mkdir("d", 0755);
            p.symlink("x", "l");
            p.mkfifo("p", 0644);
            p.mknod("s", Mode.SOCKET | 0644, 0);
            for (DirectoryEntry entry : p.readdir(p.open(".", RDONLY, 0))) {
                int type = Mode.type(p.lstat(entry.name()).mode());
                assertTrue(entry.type() == type || entry.type() == 0, entry.toString());
            }
        });
        each("gives ENOTDIR for a file", (s, p) -> {
            file(p, "f");
            int fd = p.open("f", RDONLY, 0);
            fails(Errno.ENOTDIR, () -> p.readdir(fd));
        });
        each("lists 300 names, and fewer when some are removed", (s, p) -> {
            p.mkdir("d", 0755);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                p.symlink("x", "d/name-" + (1000 + i));
                expected.add("name-" + (1000 + i));
            }
            assertEquals(expected, names(p, "d"));
            for (int i = 0; i < 300; i += 2) {
                p.unlink("d/name-" + (1000 + i));
                expected.remove("name-" + (1000 + i));
            }
            assertEquals(expected, names(p, "d"));
        });
        each("sees what was added after a rewind", (s, p) -> {
            p.mkdir("d", 0755);
            int fd = p.open("d", RDONLY, 0);
            p.readdir(fd);
            file(p, "d/f");
            p.lseek(fd, 0, 0);
            assertEquals(3, p.readdir(fd).size());
        });
        each("needs no permission once the directory is open", (s, p) -> {
            directory(p, "d", 0755);
            file(p, "d/f");
            int fd = p.open("d", RDONLY, 0);
            p.chmod("d", 0);
            assertEquals(3, p.readdir(fd).size());
        });
    }

    private void working() {
        about("chdir");
        each("changes where relative paths begin", (s, p) -> {
            p.mkdir("d", 0755);
            file(p, "d/f");
            p.chdir("d");
            p.stat("f");
            p.stat("../d/f");
        });
        each("gives ENOTDIR for a file", (s, p) -> {
            file(p, "f");
            fails(Errno.ENOTDIR, () -> p.chdir("f"));
        });
        each("follows links", (s, p) -> {
            p.mkdir("d", 0755);
            p.symlink("d", "l");
            p.chdir("l");
            assertEquals(s.absolute("d"), p.getcwd());
        });
        user("needs to search the directory, not to read it", (s, p) -> {
            directory(p, "x", 0100);
            directory(p, "r", 0600);
            fails(Errno.EACCES, () -> p.chdir("r"));
            p.chdir("x");
        });
        about("fchdir");
        each("changes to an open directory, wherever it is now", (s, p) -> {
            p.mkdir("d", 0755);
            int fd = p.open("d", RDONLY, 0);
            p.rename("d", "e");
            p.fchdir(fd);
            assertEquals(s.absolute("e"), p.getcwd());
        });
        each("gives ENOTDIR for a file", (s, p) -> {
            file(p, "f");
            int fd = p.open("f", RDONLY, 0);
            fails(Errno.ENOTDIR, () -> p.fchdir(fd));
        });
        user("needs to search the directory", (s, p) -> {
            directory(p, "d", 0700);
            int fd = p.open("d", RDONLY, 0);
            p.chmod("d", 0600);
            fails(Errno.EACCES, () -> p.fchdir(fd));
        });
        about("getcwd");
        each("gives the absolute path, without links", (s, p) -> {
            p.mkdir("d", 0755);
            p.mkdir("d/e", 0755);
            p.chdir("d/e");
            assertEquals(s.absolute("d/e"), p.getcwd());
        });
        each("follows the directory when it moves", (s, p) -> {
            p.mkdir("d", 0755);
            p.mkdir("e", 0755);
            p.chdir("d");
            p.rename("../d", "../e/f");
            assertEquals(s.absolute("e/f"), p.getcwd());
            assertEquals(inode(p, s.absolute("e")), inode(p, ".."));
        });
        each("gives ENOENT when the directory was removed", (s, p) -> {
            p.mkdir("d", 0755);
            p.chdir("d");
            p.rmdir(s.absolute("d"));
            fails(Errno.ENOENT, p::getcwd);
        });
    }
}
