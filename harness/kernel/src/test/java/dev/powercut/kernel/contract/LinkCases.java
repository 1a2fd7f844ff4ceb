package dev.powercut.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.vfs.AtFlags;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.PathLimit;

/** link, linkat, unlink, unlinkat, symlink, readlink, mknod, mkfifo. */
final class LinkCases extends Cases {

    LinkCases() {
        linking();
        linkingAt();
        unlinking();
        symbolic();
        nodes();
    }

    private void linking() {
        about("link");
        each("gives a file a second name", (s, p) -> {
            file(p, "f", "abc");
            p.link("f", "g");
            assertEquals(inode(p, "f"), inode(p, "g"));
            assertEquals(2, p.stat("f").linkCount());
            p.unlink("f");
            assertEquals("abc", contents(p, "g"));
            assertEquals(1, p.stat("g").linkCount());
        });
        each("gives EEXIST for whatever is there", (s, p) -> {
            file(p, "f");
            file(p, "g");
            p.mkdir("d", 0755);
            p.symlink("missing", "l");
            for (String path : new String[] {"g", "d", "l", "f", ".", "d/", "/"}) {
                fails(Errno.EEXIST, () -> p.link("f", path));
            }
            assertEquals(1, p.stat("f").linkCount());
        });
        each("gives EPERM for a directory", (s, p) -> {
            p.mkdir("d", 0755);
            fails(Errno.EPERM, () -> p.link("d", "e"));
            fails(Errno.EPERM, () -> p.link(".", "e"));
        });
        each("gives a symbolic link a second name, not its target", (s, p) -> {
            file(p, "f");
            p.symlink("f", "l");
            p.link("l", "m");
            assertEquals(inode(p, "l"), inode(p, "m"));
            assertEquals(2, p.lstat("l").linkCount());
            assertEquals(1, p.stat("f").linkCount());
        });
        each("works on FIFOs and sockets", (s, p) -> {
            p.mkfifo("p", 0644);
            p.mknod("s", Mode.SOCKET | 0644, 0);
            p.link("p", "q");
            p.link("s", "t");
            assertEquals(2, p.stat("p").linkCount());
            assertEquals(2, p.stat("t").linkCount());
        });
        each("gives ENOENT for a new name with a trailing slash", (s, p) -> {
            file(p, "f");
            fails(Errno.ENOENT, () -> p.link("f", "g/"));
        });
        each("gives ENOTDIR for a file with a trailing slash", (s, p) -> {
            file(p, "f");
            fails(Errno.ENOTDIR, () -> p.link("f/", "g"));
        });
        user("needs to write the directory", (s, p) -> {
            file(p, "f");
            directory(p, "d", 0500);
            fails(Errno.EACCES, () -> p.link("f", "d/f"));
        });
        each("gives EMLINK when a file has as many names as it can", (s, p) -> {
            file(p, "f");
            long most = p.pathconf("f", PathLimit.LINK_MAX);
            // Where there is room for millions of names nobody will meet the end.
            if (most <= 100) {
                for (int i = 1; i < most; i++) {
                    p.link("f", "f" + i);
                }
                fails(Errno.EMLINK, () -> p.link("f", "g"));
                p.unlink("f1");
                p.link("f", "g");
            }
        });
    }

    private void linkingAt() {
        about("linkat");
        each("with AT_SYMLINK_FOLLOW links what a symbolic link leads to", (s, p) -> {
            file(p, "f");
            p.symlink("f", "l");
            p.linkat(CWD, "l", CWD, "g", AtFlags.AT_SYMLINK_FOLLOW);
            assertEquals(inode(p, "f"), inode(p, "g"));
        });
        each("with AT_SYMLINK_FOLLOW gives ENOENT for a dangling link", (s, p) -> {
            p.symlink("missing", "l");
            fails(Errno.ENOENT, () -> p.linkat(CWD, "l", CWD, "g", AtFlags.AT_SYMLINK_FOLLOW));
        });
        each("gives EINVAL for unknown flags", (s, p) -> {
            file(p, "f");
            fails(Errno.EINVAL, () -> p.linkat(CWD, "f", CWD, "g", AtFlags.AT_REMOVEDIR));
            fails(Errno.EINVAL, () -> p.linkat(CWD, "f", CWD, "g", 0x4000_0000));
        });
        root("with AT_EMPTY_PATH links what a descriptor stands for", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDONLY, 0);
            p.linkat(fd, "", CWD, "g", AtFlags.AT_EMPTY_PATH);
            assertEquals("abc", contents(p, "g"));
        });
        root("with AT_EMPTY_PATH gives ENOENT for a file without names", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.unlink("f");
            fails(Errno.ENOENT, () -> p.linkat(fd, "", CWD, "g", AtFlags.AT_EMPTY_PATH));
        });
    }

    private void unlinking() {
        for (boolean at : new boolean[] {false, true}) {
            about(at ? "unlinkat" : "unlink");
            unlinking(at ? (p, path) -> p.unlinkat(CWD, path, 0) : PosixCalls::unlink);
        }
        about("unlinkat");
        each("gives EINVAL for unknown flags", (s, p) -> {
            file(p, "f");
            fails(Errno.EINVAL, () -> p.unlinkat(CWD, "f", 0x100));
            fails(Errno.EINVAL, () -> p.unlinkat(CWD, "f", AtFlags.AT_REMOVEDIR | 1));
        });
    }

    @FunctionalInterface
    private interface Removal {
        void of(PosixCalls p, String path);
    }

    private void unlinking(Removal unlink) {
        each("removes a name of any kind of file", (s, p) -> {
            file(p, "f");
            p.symlink("x", "l");
            p.mkfifo("p", 0644);
            p.mknod("s", Mode.SOCKET | 0644, 0);
            for (String path : new String[] {"f", "l", "p", "s"}) {
                unlink.of(p, path);
                assertFalse(exists(p, path));
            }
        });
        each("removes the link, not its target", (s, p) -> {
            file(p, "f");
            p.symlink("f", "l");
            unlink.of(p, "l");
            assertTrue(exists(p, "f"));
        });
        each("gives EISDIR for a directory", (s, p) -> {
            p.mkdir("d", 0755);
            for (String path : new String[] {"d", "d/", ".", "..", "/", "d/."}) {
                fails(Errno.EISDIR, () -> unlink.of(p, path));
            }
        });
        each("gives ENOTDIR for a name with a trailing slash", (s, p) -> {
            file(p, "f");
            p.symlink("f", "l");
            fails(Errno.ENOTDIR, () -> unlink.of(p, "f/"));
            fails(Errno.ENOTDIR, () -> unlink.of(p, "l/"));
        });
        user("needs to write the directory, not the file", (s, p) -> {
            directory(p, "d", 0700);
            file(p, "d/f", 0777);
            file(p, "g", 0);
            p.chmod("d", 0500);
            fails(Errno.EACCES, () -> unlink.of(p, "d/f"));
            unlink.of(p, "g");
        });
        user("gives EPERM for somebody else's file in a sticky directory", (s, p) -> {
            s.root().chmod(".", 01777);
            file(s.bob(), "f", 0666);
            fails(Errno.EPERM, () -> unlink.of(p, "f"));
            unlink.of(s.bob(), "f");
        });
        user("removes somebody else's file in a sticky directory of one's own", (s, p) -> {
            directory(p, "d", 01777);
            file(s.bob(), "d/f", 0600);
            unlink.of(p, "d/f");
        });
        root("removes anything in a sticky directory", (s, p) -> {
            p.chmod(".", 01777);
            file(s.bob(), "f", 0600);
            unlink.of(p, "f");
        });
        each("gives space back when nothing uses the file any more", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.write(fd, pattern(50_000));
            p.fsync(fd);
            unlink.of(p, "f");
            assertEquals(0, p.fstat(fd).linkCount());
            assertTrue(p.fstat(fd).blocks512() > 0);
        });
    }

    private void symbolic() {
        about("symlink");
        each("keeps any target, whether it is there or not", (s, p) -> {
            for (String target : new String[] {"x", "/", "a//b/../c/", " ", "\u20ac\udc80", "."}) {
                p.symlink(target, "l");
                assertEquals(target, p.readlink("l"));
                assertEquals(
                        dev.powercut.kernel.vfs.FileName.toBytes(target).length,
                        p.lstat("l").sizeBytes());
                p.unlink("l");
            }
        });
        for (int length : new int[] {1, 58, 59, 60, 61, 100, 255, 256, 500, 1000}) {
            each("keeps a target of " + length + " bytes", (s, p) -> {
                String target = "a/".repeat(length / 2) + (length % 2 == 0 ? "" : "b");
                p.symlink(target, "l");
                assertEquals(target, p.readlink("l"));
                assertEquals(length, p.lstat("l").sizeBytes());
            });
        }
        each("has mode 0777 and the owner who made it", (s, p) -> {
            s.alice().symlink("x", "l");
            assertEquals(Mode.SYMLINK | 0777, p.lstat("l").mode());
            assertEquals(Stage.ALICE, p.lstat("l").uid());
            assertEquals(1, p.lstat("l").linkCount());
        });
        each("gives ENOENT for an empty target", (s, p) -> fails(Errno.ENOENT, () -> p.symlink("", "l")));
        each(
                "gives ENAMETOOLONG for a target of 4096 bytes",
                (s, p) -> fails(Errno.ENAMETOOLONG, () -> p.symlink("a/".repeat(2048), "l")));
        each("gives EEXIST for whatever is there", (s, p) -> {
            file(p, "f");
            p.mkdir("d", 0755);
            p.symlink("missing", "m");
            for (String path : new String[] {"f", "d", "m", "d/", ".", "/"}) {
                fails(Errno.EEXIST, () -> p.symlink("x", path));
            }
        });
        each(
                "gives ENOENT for a name with a trailing slash",
                (s, p) -> fails(Errno.ENOENT, () -> p.symlink("x", "l/")));
        user("needs to write the directory", (s, p) -> {
            directory(p, "d", 0500);
            fails(Errno.EACCES, () -> p.symlink("x", "d/l"));
        });
        about("readlink");
        each("gives EINVAL for what is no link", (s, p) -> {
            file(p, "f");
            p.mkdir("d", 0755);
            p.mkfifo("p", 0644);
            p.symlink("d", "l");
            for (String path : new String[] {"f", "d", "p", ".", "l/", "/"}) {
                fails(Errno.EINVAL, () -> p.readlink(path));
            }
        });
        each("gives ENOTDIR for a link to a file with a trailing slash", (s, p) -> {
            file(p, "f");
            p.symlink("f", "l");
            fails(Errno.ENOTDIR, () -> p.readlink("l/"));
        });
        each("gives the target of a link in a ring", (s, p) -> {
            p.symlink("l", "l");
            assertEquals("l", p.readlink("l"));
        });
        user("needs no permission on the link", (s, p) -> {
            s.root().symlink("x", "l");
            assertEquals("x", p.readlink("l"));
        });
    }

    private void nodes() {
        about("mknod");
        each("makes regular files, FIFOs and sockets", (s, p) -> {
            p.mknod("r", Mode.REGULAR | 0640, 0);
            p.mknod("0", 0640, 0);
            p.mknod("p", Mode.FIFO | 0640, 0);
            p.mknod("s", Mode.SOCKET | 0640, 0);
            assertEquals(Mode.REGULAR | 0640, p.stat("r").mode());
            assertEquals(Mode.REGULAR | 0640, p.stat("0").mode());
            assertEquals(Mode.FIFO | 0640, p.stat("p").mode());
            assertEquals(Mode.SOCKET | 0640, p.stat("s").mode());
        });
        root("makes device nodes with their numbers", (s, p) -> {
            p.mknod("c", Mode.CHARACTER_DEVICE | 0600, 60 * 256 + 3);
            p.mknod("b", Mode.BLOCK_DEVICE | 0600, 61 * 256 + 200);
            assertEquals(Mode.CHARACTER_DEVICE | 0600, p.stat("c").mode());
            assertEquals(60 * 256 + 3, p.stat("c").device());
            assertEquals(Mode.BLOCK_DEVICE | 0600, p.stat("b").mode());
            assertEquals(61 * 256 + 200, p.stat("b").device());
        });
        user("gives EPERM for device nodes", (s, p) -> {
            fails(Errno.EPERM, () -> p.mknod("c", Mode.CHARACTER_DEVICE | 0600, 60 * 256));
            fails(Errno.EPERM, () -> p.mknod("b", Mode.BLOCK_DEVICE | 0600, 60 * 256));
        });
        each("gives EPERM for a directory and EINVAL for a link and other types", (s, p) -> {
            fails(Errno.EPERM, () -> p.mknod("x", Mode.DIRECTORY | 0755, 0));
            fails(Errno.EINVAL, () -> p.mknod("x", Mode.SYMLINK | 0777, 0));
            fails(Errno.EINVAL, () -> p.mknod("x", 0x3000 | 0777, 0));
        });
        each("gives EEXIST for whatever is there", (s, p) -> {
            file(p, "f");
            p.symlink("missing", "l");
            p.mkdir("d", 0755);
            for (String path : new String[] {"f", "l", "d", "d/", "."}) {
                fails(Errno.EEXIST, () -> p.mknod(path, Mode.FIFO | 0644, 0));
            }
        });
        each(
                "gives ENOENT for a name with a trailing slash",
                (s, p) -> fails(Errno.ENOENT, () -> p.mknod("x/", Mode.FIFO | 0644, 0)));
        user("needs to write the directory", (s, p) -> {
            directory(p, "d", 0500);
            fails(Errno.EACCES, () -> p.mknod("d/x", Mode.FIFO | 0644, 0));
        });
        about("mkfifo");
        each("makes an empty FIFO", (s, p) -> {
            p.mkfifo("p", 0644);
            assertEquals(Mode.FIFO | 0644, p.stat("p").mode());
            assertEquals(0, p.stat("p").sizeBytes());
            assertEquals(1, p.stat("p").linkCount());
        });
        each("gives EEXIST for whatever is there", (s, p) -> {
            p.mkfifo("p", 0644);
            fails(Errno.EEXIST, () -> p.mkfifo("p", 0644));
            fails(Errno.EEXIST, () -> p.mkfifo(".", 0644));
        });
    }
}
