package dev.powercut.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.AtFlags;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.PathLimit;
import java.util.ArrayList;
import java.util.List;

/** What is the same for all calls that take a path: POSIX.1-2024, base definitions 4.16, and the errors that each call lists. */
final class PathCases extends Cases {

    private static final int PATH_MAX = 4096;

    @FunctionalInterface
    private interface PathCall {
        void on(PosixCalls p, String path);
    }

    @FunctionalInterface
    private interface AtCall {
        void on(PosixCalls p, int dirfd, String path);
    }

    private record Named(String name, PathCall call) {}

    private record NamedAt(String name, AtCall call) {}

    private final List<Named> existing = new ArrayList<>();
    private final List<Named> creating = new ArrayList<>();
    private final List<NamedAt> existingAt = new ArrayList<>();
    private final List<NamedAt> creatingAt = new ArrayList<>();

    PathCases() {
        callsOnWhatExists();
        callsThatCreate();
        for (Named one : existing) {
            about(one.name());
            common(one.call());
            whatIsNotThere(one.call());
        }
        for (Named one : creating) {
            about(one.name());
            common(one.call());
            longestName(one.call());
        }
        for (NamedAt one : existingAt) {
            about(one.name());
            descriptors(one.call());
            each("gives ENOENT for a name that is not in the directory", (s, p) -> {
                p.mkdir("d", 0755);
                int fd = p.open("d", RDONLY, 0);
                fails(Errno.ENOENT, () -> one.call().on(p, fd, "x"));
            });
        }
        for (NamedAt one : creatingAt) {
            about(one.name());
            descriptors(one.call());
            each("makes the name in the directory of the descriptor", (s, p) -> {
                p.mkdir("d", 0755);
                file(p, "f");
                int fd = p.open("d", RDONLY, 0);
                one.call().on(p, fd, "new");
                assertEquals(List.of("new"), names(p, "d"));
            });
            each("takes names relative to the working directory with AT_FDCWD", (s, p) -> {
                p.mkdir("d", 0755);
                file(p, "f");
                one.call().on(p, CWD, "d/new");
                assertEquals(List.of("new"), names(p, "d"));
            });
        }
        resolution();
    }

    private void existing(String name, PathCall call) {
        existing.add(new Named(name, call));
    }

    private void creating(String name, PathCall call) {
        creating.add(new Named(name, call));
    }

    private void existingAt(String name, AtCall call) {
        existing(name, (p, path) -> call.on(p, CWD, path));
        existingAt.add(new NamedAt(name, call));
    }

    private void creatingAt(String name, AtCall call) {
        creating(name, (p, path) -> call.on(p, CWD, path));
        creatingAt.add(new NamedAt(name, call));
    }

    private void callsOnWhatExists() {
        existing("open", (p, path) -> p.open(path, RDONLY, 0));
        existingAt("openat", (p, fd, path) -> p.openat(fd, path, RDONLY, 0));
        existing("truncate", (p, path) -> p.truncate(path, 0));
        existing("rmdir", PosixCalls::rmdir);
        existing("unlink", PosixCalls::unlink);
        existingAt("unlinkat", (p, fd, path) -> p.unlinkat(fd, path, 0));
        existingAt("unlinkat(AT_REMOVEDIR)", (p, fd, path) -> p.unlinkat(fd, path, AtFlags.AT_REMOVEDIR));
        existing("link(from)", (p, path) -> p.link(path, "new"));
        existingAt("linkat(from)", (p, fd, path) -> p.linkat(fd, path, CWD, "new", 0));
        existing("readlink", PosixCalls::readlink);
        existingAt("readlinkat", PosixCalls::readlinkat);
        existing("rename(from)", (p, path) -> p.rename(path, "new"));
        existingAt("renameat(from)", (p, fd, path) -> p.renameat(fd, path, CWD, "new"));
        existingAt("renameat2(from)", (p, fd, path) -> p.renameat2(fd, path, CWD, "new", 0));
        existing("stat", PosixCalls::stat);
        existing("lstat", PosixCalls::lstat);
        existingAt("fstatat", (p, fd, path) -> p.fstatat(fd, path, 0));
        existing("access", (p, path) -> p.access(path, 0));
        existingAt("faccessat", (p, fd, path) -> p.faccessat(fd, path, 0, 0));
        existing("chmod", (p, path) -> p.chmod(path, 0755));
        existingAt("fchmodat", (p, fd, path) -> p.fchmodat(fd, path, 0755, 0));
        existing("chown", (p, path) -> p.chown(path, -1, -1));
        existing("lchown", (p, path) -> p.lchown(path, -1, -1));
        existingAt("fchownat", (p, fd, path) -> p.fchownat(fd, path, -1, -1, 0));
        existingAt("utimensat", (p, fd, path) -> p.utimensat(fd, path, Process.UTIME_NOW, Process.UTIME_NOW, 0));
        existing("chdir", PosixCalls::chdir);
        existing("statfs", PosixCalls::statfs);
        existing("pathconf", (p, path) -> p.pathconf(path, PathLimit.NAME_MAX));
    }

    private void callsThatCreate() {
        creating("open(O_CREAT)", (p, path) -> p.open(path, CREAT | WRONLY, 0644));
        creatingAt("openat(O_CREAT)", (p, fd, path) -> p.openat(fd, path, CREAT | WRONLY, 0644));
        creating("creat", (p, path) -> p.creat(path, 0644));
        creating("mkdir", (p, path) -> p.mkdir(path, 0755));
        creatingAt("mkdirat", (p, fd, path) -> p.mkdirat(fd, path, 0755));
        creating("mknod", (p, path) -> p.mknod(path, Mode.FIFO | 0644, 0));
        creatingAt("mknodat", (p, fd, path) -> p.mknodat(fd, path, Mode.FIFO | 0644, 0));
        creating("mkfifo", (p, path) -> p.mkfifo(path, 0644));
        creatingAt("mkfifoat", (p, fd, path) -> p.mkfifoat(fd, path, 0644));
        creating("link(to)", (p, path) -> p.link("f", path));
        creatingAt("linkat(to)", (p, fd, path) -> p.linkat(CWD, "f", fd, path, 0));
        creating("symlink", (p, path) -> p.symlink("target", path));
        creatingAt("symlinkat", (p, fd, path) -> p.symlinkat("target", fd, path));
        creating("rename(to)", (p, path) -> p.rename("f", path));
        creatingAt("renameat(to)", (p, fd, path) -> p.renameat(CWD, "f", fd, path));
        creatingAt("renameat2(to)", (p, fd, path) -> p.renameat2(CWD, "f", fd, path, 0));
    }

    private void common(PathCall call) {
        each("gives ENOENT for an empty path", (s, p) -> {
            file(p, "f");
            fails(Errno.ENOENT, () -> call.on(p, ""));
        });
        each("gives ENOENT for a prefix that is not there", (s, p) -> {
            file(p, "f");
            fails(Errno.ENOENT, () -> call.on(p, "missing/x"));
        });
        each("gives ENOTDIR for a prefix that is a file", (s, p) -> {
            file(p, "f");
            fails(Errno.ENOTDIR, () -> call.on(p, "f/x"));
        });
        each("gives ENOENT for a prefix that is a dangling link", (s, p) -> {
            file(p, "f");
            p.symlink("missing", "l");
            fails(Errno.ENOENT, () -> call.on(p, "l/x"));
        });
        each("gives ELOOP for a prefix that is a link to itself", (s, p) -> {
            file(p, "f");
            p.symlink("loop", "loop");
            fails(Errno.ELOOP, () -> call.on(p, "loop/x"));
        });
        each("gives ENAMETOOLONG for a component of 256 bytes", (s, p) -> {
            file(p, "f");
            fails(Errno.ENAMETOOLONG, () -> call.on(p, name(NAME_MAX + 1)));
        });
        each("gives ENAMETOOLONG for a path of 4096 bytes", (s, p) -> {
            file(p, "f");
            fails(Errno.ENAMETOOLONG, () -> call.on(p, "./".repeat(PATH_MAX / 2 - 1) + "xx"));
        });
        user("gives EACCES for a prefix that may not be searched", (s, p) -> {
            file(p, "f");
            directory(p, "d", 0600);
            fails(Errno.EACCES, () -> call.on(p, "d/x"));
        });
    }

    private void whatIsNotThere(PathCall call) {
        each("gives ENOENT for a file that is not there", (s, p) -> fails(Errno.ENOENT, () -> call.on(p, "missing")));
    }

    private void longestName(PathCall call) {
        each("takes a name of 255 bytes", (s, p) -> {
            file(p, "f");
            call.on(p, name(NAME_MAX));
            p.lstat(name(NAME_MAX));
        });
    }

    private void descriptors(AtCall call) {
        each("gives EBADF for a descriptor that is not open", (s, p) -> {
            file(p, "f");
            fails(Errno.EBADF, () -> call.on(p, 999_999, "x"));
        });
        each("gives ENOTDIR for the descriptor of a file", (s, p) -> {
            file(p, "f");
            int fd = p.open("f", RDONLY, 0);
            fails(Errno.ENOTDIR, () -> call.on(p, fd, "x"));
        });
        each("does not look at the descriptor when the path is absolute", (s, p) -> {
            file(p, "f");
            fails(Errno.ENOTDIR, () -> call.on(p, 999_999, s.absolute("f/x")));
        });
        user("gives EACCES for the descriptor of a directory that may not be searched any more", (s, p) -> {
            file(p, "f");
            directory(p, "d", 0700);
            int fd = p.open("d", RDONLY, 0);
            p.chmod("d", 0600);
            fails(Errno.EACCES, () -> call.on(p, fd, "x"));
        });
    }

    /** How paths lead to files, seen through stat. */
    private void resolution() {
        about("path resolution");
        each("takes several slashes for one", (s, p) -> {
            p.mkdir("d", 0755);
            file(p, "d/f");
            assertEquals(inode(p, "d/f"), inode(p, ".//d///f"));
        });
        each("takes . and .. for this directory and the one above", (s, p) -> {
            p.mkdir("d", 0755);
            assertEquals(inode(p, "d"), inode(p, "d/."));
            assertEquals(inode(p, "."), inode(p, "d/.."));
            assertEquals(inode(p, "d"), inode(p, "./d/../d/./"));
        });
        each(
                "stays at the root with ..",
                (s, p) -> assertEquals(
                        p.stat("/").inodeNumber(), p.stat("/../../..").inodeNumber()));
        each("takes a trailing slash only on a directory", (s, p) -> {
            p.mkdir("d", 0755);
            file(p, "f");
            p.stat("d/");
            p.stat("d//");
            fails(Errno.ENOTDIR, () -> p.stat("f/"));
            fails(Errno.ENOTDIR, () -> p.stat("f/."));
            fails(Errno.ENOTDIR, () -> p.stat("f/.."));
        });
        each("follows a link with a trailing slash even where links are not followed", (s, p) -> {
            p.mkdir("d", 0755);
            p.symlink("d", "l");
            assertEquals(inode(p, "d"), p.lstat("l/").inodeNumber());
            assertEquals(inode(p, "d"), p.lstat("l/.").inodeNumber());
        });
        each("gives ENOTDIR for a link to a file with a trailing slash", (s, p) -> {
            file(p, "f");
            p.symlink("f", "l");
            fails(Errno.ENOTDIR, () -> p.stat("l/"));
        });
        each("follows links relative to where they are", (s, p) -> {
            p.mkdir("d", 0755);
            file(p, "d/f");
            p.symlink("f", "d/l");
            p.symlink("d/l", "l");
            assertEquals(inode(p, "d/f"), p.stat("l").inodeNumber());
        });
        each("follows absolute links from the root", (s, p) -> {
            file(p, "f");
            p.symlink(s.absolute("f"), "l");
            assertEquals(inode(p, "f"), p.stat("l").inodeNumber());
        });
        each("follows links with .. to the real directory above", (s, p) -> {
            p.mkdir("a", 0755);
            p.mkdir("a/b", 0755);
            p.symlink("a/b", "l");
            assertEquals(inode(p, "a"), p.stat("l/..").inodeNumber());
        });
        each("follows 40 links, and not 41", (s, p) -> {
            file(p, "0");
            for (int i = 1; i <= 41; i++) {
                p.symlink(String.valueOf(i - 1), String.valueOf(i));
            }
            assertEquals(inode(p, "0"), p.stat("40").inodeNumber());
            fails(Errno.ELOOP, () -> p.stat("41"));
        });
        each("gives ELOOP for links in a ring", (s, p) -> {
            p.symlink("b", "a");
            p.symlink("a", "b");
            fails(Errno.ELOOP, () -> p.stat("a"));
            fails(Errno.ELOOP, () -> p.open("a", RDONLY, 0));
            fails(Errno.ELOOP, () -> p.truncate("a", 0));
            fails(Errno.ELOOP, () -> p.chdir("a"));
            p.lstat("a");
        });
        each("takes a path of 4095 bytes", (s, p) -> {
            file(p, "f");
            assertEquals(inode(p, "f"), inode(p, "./".repeat(PATH_MAX / 2 - 1) + "f"));
        });
        each("takes names with any byte but slash and NUL", (s, p) -> {
            String odd = "\u0001 \n\t*?\\\u007f\udc80\udcff\u00e9\u20ac";
            file(p, odd);
            assertEquals(List.of(odd), names(p, "."));
            p.stat(odd);
        });
        each("gives ENOENT below a working directory that was removed", (s, p) -> {
            p.mkdir("d", 0755);
            p.chdir("d");
            p.rmdir("../d");
            fails(Errno.ENOENT, () -> p.stat("x"));
            fails(Errno.ENOENT, () -> p.mkdir("x", 0755));
            fails(Errno.ENOENT, () -> p.open("x", CREAT | WRONLY, 0644));
            assertEquals(0, p.stat(".").linkCount());
        });
        each("counts the bytes of a name, not its characters", (s, p) -> {
            file(p, "\u20ac".repeat(85));
            fails(Errno.ENAMETOOLONG, () -> file(p, "\u20ac".repeat(85) + "x"));
        });
    }
}
