package dev.powercut.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.Mode;
import java.util.List;

/** rename, renameat, renameat2. */
final class RenameCases extends Cases {

    private static final int NOREPLACE = 1;
    private static final int EXCHANGE = 2;

    @FunctionalInterface
    private interface Rename {
        void call(PosixCalls p, String from, String to);
    }

    RenameCases() {
        about("rename");
        files(PosixCalls::rename);
        directories(PosixCalls::rename);
        permissions();
        about("renameat");
        files((p, from, to) -> p.renameat(CWD, from, CWD, to));
        directories((p, from, to) -> p.renameat(CWD, from, CWD, to));
        betweenDescriptors();
        flags();
    }

    private void files(Rename rename) {
        each("gives a file another name", (s, p) -> {
            file(p, "f", "abc");
            long inode = inode(p, "f");
            rename.call(p, "f", "g");
            assertFalse(exists(p, "f"));
            assertEquals(inode, inode(p, "g"));
            assertEquals("abc", contents(p, "g"));
            assertEquals(1, p.stat("g").linkCount());
        });
        each("moves a file to another directory", (s, p) -> {
            p.mkdir("d", 0755);
            file(p, "f", "abc");
            rename.call(p, "f", "d/g");
            assertEquals(List.of("g"), names(p, "d"));
            assertEquals("abc", contents(p, "d/g"));
        });
        each("replaces a file, which lives on while it is open", (s, p) -> {
            file(p, "f", "abc");
            file(p, "g", "xyz");
            int fd = p.open("g", RDONLY, 0);
            rename.call(p, "f", "g");
            assertEquals("abc", contents(p, "g"));
            assertEquals(0, p.fstat(fd).linkCount());
            assertEquals("xyz", text(p.read(fd, 9)));
        });
        each("to itself changes nothing", (s, p) -> {
            file(p, "f", "abc");
            rename.call(p, "f", "f");
            rename.call(p, "f", "./f");
            assertEquals("abc", contents(p, "f"));
        });
        each("to another name of the same file changes nothing", (s, p) -> {
            file(p, "f", "abc");
            p.link("f", "g");
            rename.call(p, "f", "g");
            assertTrue(exists(p, "f"));
            assertEquals(2, p.stat("g").linkCount());
        });
        each("takes one name of several away from the file it replaces", (s, p) -> {
            file(p, "f", "abc");
            file(p, "g", "xyz");
            p.link("g", "h");
            rename.call(p, "f", "g");
            assertEquals(1, p.stat("h").linkCount());
            assertEquals("xyz", contents(p, "h"));
        });
        each("moves links, not what they lead to", (s, p) -> {
            file(p, "f");
            p.symlink("f", "l");
            p.symlink("f", "m");
            rename.call(p, "l", "m");
            assertFalse(exists(p, "l"));
            assertEquals("f", p.readlink("m"));
            assertTrue(exists(p, "f"));
        });
        each("replaces files of other types", (s, p) -> {
            file(p, "f", "abc");
            p.symlink("x", "l");
            p.mkfifo("p", 0644);
            rename.call(p, "f", "l");
            rename.call(p, "l", "p");
            assertTrue(Mode.isRegular(p.lstat("p").mode()));
            assertEquals("abc", contents(p, "p"));
        });
        each("gives EISDIR to replace a directory by a file", (s, p) -> {
            file(p, "f");
            p.mkdir("d", 0755);
            fails(Errno.EISDIR, () -> rename.call(p, "f", "d"));
        });
        each("gives ENOTDIR for files with trailing slashes", (s, p) -> {
            file(p, "f");
            file(p, "g");
            fails(Errno.ENOTDIR, () -> rename.call(p, "f/", "h"));
            fails(Errno.ENOTDIR, () -> rename.call(p, "f", "h/"));
            fails(Errno.ENOTDIR, () -> rename.call(p, "f", "g/"));
        });
        each("makes the last of many names", (s, p) -> {
            file(p, "0", "abc");
            for (int i = 0; i < 50; i++) {
                rename.call(p, String.valueOf(i), String.valueOf(i + 1));
            }
            assertEquals(List.of("50"), names(p, "."));
        });
    }

    private void directories(Rename rename) {
        each("moves a directory with all that is in it", (s, p) -> {
            p.mkdir("d", 0755);
            p.mkdir("d/e", 0755);
            file(p, "d/e/f", "abc");
            p.mkdir("t", 0755);
            rename.call(p, "d", "t/d");
            assertEquals("abc", contents(p, "t/d/e/f"));
            assertEquals(inode(p, "t"), inode(p, "t/d/.."));
            assertEquals(3, p.stat("t").linkCount());
        });
        each("takes a link from the directory that it leaves", (s, p) -> {
            p.mkdir("a", 0755);
            p.mkdir("b", 0755);
            p.mkdir("a/d", 0755);
            rename.call(p, "a/d", "b/d");
            assertEquals(2, p.stat("a").linkCount());
            assertEquals(3, p.stat("b").linkCount());
        });
        each("replaces an empty directory", (s, p) -> {
            p.mkdir("d", 0755);
            file(p, "d/f");
            p.mkdir("e", 0755);
            int fd = p.open("e", RDONLY, 0);
            rename.call(p, "d", "e");
            assertEquals(List.of("f"), names(p, "e"));
            assertEquals(0, p.fstat(fd).linkCount());
        });
        each("keeps link counts when it replaces a directory elsewhere", (s, p) -> {
            p.mkdir("a", 0755);
            p.mkdir("b", 0755);
            p.mkdir("a/d", 0755);
            p.mkdir("b/d", 0755);
            rename.call(p, "a/d", "b/d");
            assertEquals(2, p.stat("a").linkCount());
            assertEquals(3, p.stat("b").linkCount());
            assertEquals(2, p.stat("b/d").linkCount());
        });
        each("gives ENOTEMPTY for a directory that is not empty", (s, p) -> {
            p.mkdir("d", 0755);
            p.mkdir("e", 0755);
            file(p, "e/f");
            fails(Errno.ENOTEMPTY, () -> rename.call(p, "d", "e"));
            assertTrue(exists(p, "d"));
        });
        each("gives ENOTDIR to replace a file by a directory", (s, p) -> {
            p.mkdir("d", 0755);
            file(p, "f");
            p.symlink("d", "l");
            fails(Errno.ENOTDIR, () -> rename.call(p, "d", "f"));
            fails(Errno.ENOTDIR, () -> rename.call(p, "d", "l"));
        });
        each("gives EINVAL to move a directory below itself", (s, p) -> {
            p.mkdir("d", 0755);
            p.mkdir("d/e", 0755);
            fails(Errno.EINVAL, () -> rename.call(p, "d", "d/x"));
            fails(Errno.EINVAL, () -> rename.call(p, "d", "d/e"));
            fails(Errno.EINVAL, () -> rename.call(p, "d", "d/e/x"));
        });
        each("gives ENOTEMPTY to replace a directory above", (s, p) -> {
            p.mkdir("d", 0755);
            p.mkdir("d/e", 0755);
            file(p, "d/f");
            fails(Errno.ENOTEMPTY, () -> rename.call(p, "d/e", "d"));
            fails(Errno.ENOTEMPTY, () -> rename.call(p, "d/f", "d"));
        });
        each("gives EBUSY for . and .. and the root", (s, p) -> {
            p.mkdir("d", 0755);
            fails(Errno.EBUSY, () -> rename.call(p, ".", "x"));
            fails(Errno.EBUSY, () -> rename.call(p, "d/.", "x"));
            fails(Errno.EBUSY, () -> rename.call(p, "d/..", "x"));
            fails(Errno.EBUSY, () -> rename.call(p, "d", "."));
            fails(Errno.EBUSY, () -> rename.call(p, "d", ".."));
            fails(Errno.EBUSY, () -> rename.call(p, "/", "x"));
            fails(Errno.EBUSY, () -> rename.call(p, "d", "/"));
        });
        each("takes trailing slashes for directories", (s, p) -> {
            p.mkdir("d", 0755);
            rename.call(p, "d/", "e/");
            rename.call(p, "e", "f//");
            assertTrue(exists(p, "f"));
        });
        each("gives ENOTDIR for a link to a directory with a trailing slash", (s, p) -> {
            p.mkdir("d", 0755);
            p.symlink("d", "l");
            fails(Errno.ENOTDIR, () -> rename.call(p, "l/", "x"));
            fails(Errno.ENOTDIR, () -> rename.call(p, "d", "l/"));
        });
        each("of a directory to itself changes nothing", (s, p) -> {
            p.mkdir("d", 0755);
            file(p, "d/f");
            rename.call(p, "d", "d");
            rename.call(p, "d", "d/");
            assertEquals(List.of("f"), names(p, "d"));
        });
        each("leaves the working directory where it went", (s, p) -> {
            p.mkdir("d", 0755);
            p.chdir("d");
            rename.call(p, "../d", "../e");
            file(p, "f");
            assertTrue(exists(p, s.absolute("e/f")));
        });
    }

    private void permissions() {
        user("needs to write both directories", (s, p) -> {
            directory(p, "r", 0700);
            file(p, "r/f");
            file(p, "g");
            p.chmod("r", 0500);
            fails(Errno.EACCES, () -> p.rename("r/f", "f"));
            fails(Errno.EACCES, () -> p.rename("g", "r/g"));
            fails(Errno.EACCES, () -> p.rename("g", "r/f"));
        });
        user("needs no permission on a file that it moves or replaces", (s, p) -> {
            file(s.bob(), "f", 0);
            file(s.bob(), "g", 0);
            p.rename("f", "g");
        });
        user("needs to write a directory that gets another parent", (s, p) -> {
            directory(s.bob(), "d", 0755);
            directory(p, "t", 0755);
            p.rename("d", "e");
            fails(Errno.EACCES, () -> p.rename("e", "t/e"));
            directory(p, "own", 0500);
            fails(Errno.EACCES, () -> p.rename("own", "t/own"));
        });
        user("gives EPERM for somebody else's file in a sticky directory, moved or replaced", (s, p) -> {
            s.root().chmod(".", 01777);
            file(s.bob(), "f", 0666);
            file(p, "g");
            fails(Errno.EPERM, () -> p.rename("f", "h"));
            fails(Errno.EPERM, () -> p.rename("g", "f"));
            s.bob().rename("f", "h");
        });
        user("moves one's own file into a sticky directory", (s, p) -> {
            s.root().mkdir("t", 0777);
            s.root().chmod("t", 01777);
            file(p, "f");
            p.rename("f", "t/f");
            p.rename("t/f", "g");
        });
        root("moves anything", (s, p) -> {
            p.chmod(".", 01777);
            directory(s.bob(), "d", 0);
            file(s.alice(), "f", 0);
            p.rename("f", "d/f");
            assertTrue(exists(p, "d/f"));
        });
    }

    private void betweenDescriptors() {
        each("moves between the directories of two descriptors", (s, p) -> {
            p.mkdir("a", 0755);
            p.mkdir("b", 0755);
            file(p, "a/f", "abc");
            int a = p.open("a", RDONLY, 0);
            int b = p.open("b", RDONLY, 0);
            p.renameat(a, "f", b, "g");
            assertEquals("abc", contents(p, "b/g"));
            assertEquals(List.of(), names(p, "a"));
        });
        each("follows a directory that has moved since it was opened", (s, p) -> {
            p.mkdir("a", 0755);
            p.mkdir("b", 0755);
            file(p, "a/f");
            int a = p.open("a", RDONLY, 0);
            p.rename("a", "b/a");
            p.renameat(a, "f", a, "g");
            assertTrue(exists(p, "b/a/g"));
        });
    }

    private void flags() {
        about("renameat2");
        each("without flags does as rename", (s, p) -> {
            file(p, "f", "abc");
            file(p, "g", "xyz");
            p.renameat2(CWD, "f", CWD, "g", 0);
            assertEquals("abc", contents(p, "g"));
        });
        about("renameat2(RENAME_NOREPLACE)");
        each("gives a new name", (s, p) -> {
            file(p, "f", "abc");
            p.mkdir("d", 0755);
            p.renameat2(CWD, "f", CWD, "g", NOREPLACE);
            p.renameat2(CWD, "d", CWD, "e", NOREPLACE);
            assertEquals("abc", contents(p, "g"));
            assertTrue(exists(p, "e"));
        });
        each("gives EEXIST for whatever is there", (s, p) -> {
            file(p, "f", "abc");
            file(p, "g", "xyz");
            p.mkdir("d", 0755);
            p.symlink("missing", "l");
            for (String path : new String[] {"g", "d", "l", "f", "d/.", "."}) {
                fails(Errno.EEXIST, () -> p.renameat2(CWD, "f", CWD, path, NOREPLACE));
            }
            assertEquals("xyz", contents(p, "g"));
        });
        each("gives EEXIST for an empty directory", (s, p) -> {
            p.mkdir("d", 0755);
            p.mkdir("e", 0755);
            fails(Errno.EEXIST, () -> p.renameat2(CWD, "d", CWD, "e", NOREPLACE));
        });
        each("gives ENOENT for what is not there, even when the new name is", (s, p) -> {
            file(p, "g");
            fails(Errno.ENOENT, () -> p.renameat2(CWD, "missing", CWD, "g", NOREPLACE));
        });
        about("renameat2(RENAME_EXCHANGE)");
        each("gives EINVAL where names cannot be exchanged at once", (s, p) -> {
            file(p, "f", "abc");
            file(p, "g", "xyz");
            fails(Errno.EINVAL, () -> p.renameat2(CWD, "f", CWD, "g", EXCHANGE));
            assertEquals("abc", contents(p, "f"));
        });
        about("renameat2");
        each("gives EINVAL for unknown flags and for both at once", (s, p) -> {
            file(p, "f");
            file(p, "g");
            fails(Errno.EINVAL, () -> p.renameat2(CWD, "f", CWD, "g", 8));
            fails(Errno.EINVAL, () -> p.renameat2(CWD, "f", CWD, "g", NOREPLACE | EXCHANGE));
        });
    }
}
