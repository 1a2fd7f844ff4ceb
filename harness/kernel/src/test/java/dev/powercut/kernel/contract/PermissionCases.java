package dev.powercut.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.Mode;

/** Who may do what, and what set-id bits become. */
final class PermissionCases extends Cases {

    private static final int STAFF = 4242;

    PermissionCases() {
        classes();
        searching();
        setIds();
        inheriting();
        times();
    }

    private void classes() {
        about("permissions");
        user("are the owner's, even when others may more", (s, p) -> {
            file(p, "f", 0077);
            fails(Errno.EACCES, () -> p.open("f", RDONLY, 0));
            s.bob().close(s.bob().open("f", RDWR, 0));
        });
        user("are the group's, even when others may more", (s, p) -> {
            file(s.root(), "f", 0707);
            s.root().chown("f", 0, Stage.ALICE);
            fails(Errno.EACCES, () -> p.open("f", RDONLY, 0));
            s.bob().close(s.bob().open("f", RDWR, 0));
        });
        user("are the group's of a supplementary group", (s, p) -> {
            file(s.root(), "f", 0060);
            s.root().chown("f", 0, STAFF);
            PosixCalls member = s.user(Stage.BOB, Stage.BOB, 1, 2, STAFF);
            member.close(member.open("f", RDWR, 0));
            fails(Errno.EACCES, () -> p.open("f", RDONLY, 0));
        });
        user("are withheld from a supplementary group when others may", (s, p) -> {
            file(s.root(), "f", 0606);
            s.root().chown("f", 0, STAFF);
            PosixCalls member = s.user(Stage.BOB, Stage.BOB, 1, 2, STAFF);
            fails(Errno.EACCES, () -> member.open("f", RDONLY, 0));
            p.close(p.open("f", RDWR, 0));
        });
        for (int bit = 0; bit < 3; bit++) {
            int shift = bit * 3;
            String whose = bit == 2 ? "owner" : bit == 1 ? "group" : "others";
            user("of the " + whose + " to read and write are apart", (s, p) -> {
                for (int mode = 0; mode < 8; mode += 2) {
                    String path = "f" + mode;
                    file(s.root(), path, mode << shift);
                    s.root().chown(path, shift == 6 ? Stage.ALICE : 0, shift == 3 ? Stage.ALICE : 0);
                    opens(p, path, RDONLY, (mode & 4) != 0);
                    opens(p, path, WRONLY, (mode & 2) != 0);
                    opens(p, path, RDWR, mode == 6);
                }
            });
        }
        root("do not hold the super-user back", (s, p) -> {
            file(s.bob(), "f", 0);
            directory(s.bob(), "d", 0);
            opens(p, "f", RDWR, true);
            file(p, "d/x");
            assertEquals(1, names(p, "d").size());
            p.chmod("f", 0600);
            p.unlink("d/x");
        });
    }

    private static void opens(PosixCalls p, String path, int flags, boolean may) {
        if (may) {
            p.close(p.open(path, flags, 0));
        } else {
            fails(Errno.EACCES, () -> p.open(path, flags, 0));
        }
    }

    private void searching() {
        user("to search a directory let use names in it that one knows", (s, p) -> {
            directory(p, "d", 0700);
            file(p, "d/f", "abc");
            p.chmod("d", 0100);
            assertEquals("abc", contents(p, "d/f"));
            p.stat("d/f");
            fails(Errno.EACCES, () -> p.open("d", RDONLY, 0));
            fails(Errno.EACCES, () -> p.unlink("d/f"));
        });
        user("to read a directory let list it, and nothing more", (s, p) -> {
            directory(p, "d", 0700);
            file(p, "d/f");
            p.chmod("d", 0400);
            assertEquals(1, names(p, "d").size());
            fails(Errno.EACCES, () -> p.stat("d/f"));
            fails(Errno.EACCES, () -> p.stat("d/missing"));
            p.stat("d");
            fails(Errno.EACCES, () -> p.stat("d/."));
        });
        user("to write a directory without search let change nothing", (s, p) -> {
            directory(p, "d", 0700);
            file(p, "d/f");
            p.chmod("d", 0200);
            fails(Errno.EACCES, () -> p.unlink("d/f"));
            fails(Errno.EACCES, () -> p.mkdir("d/e", 0755));
        });
        user("are asked of each directory on the way", (s, p) -> {
            p.mkdir("a", 0755);
            p.mkdir("a/b", 0755);
            p.mkdir("a/b/c", 0755);
            p.chmod("a/b", 0);
            fails(Errno.EACCES, () -> p.stat("a/b/c"));
            fails(Errno.EACCES, () -> p.stat("a/b/../b"));
            p.stat("a/b");
        });
    }

    private void setIds() {
        about("set-id bits");
        user("are lost when somebody writes", (s, p) -> {
            file(p, "f", 06777);
            int fd = p.open("f", WRONLY, 0);
            p.write(fd, bytes("x"));
            assertMode(0777, p, "f");
        });
        user("are lost when somebody writes at an offset", (s, p) -> {
            file(p, "f", 06777);
            int fd = p.open("f", WRONLY, 0);
            p.pwrite(fd, bytes("x"), 3);
            assertMode(0777, p, "f");
        });
        user("are kept by a write of nothing", (s, p) -> {
            file(p, "f", 06777);
            int fd = p.open("f", WRONLY, 0);
            p.write(fd, new byte[0]);
            assertMode(06777, p, "f");
        });
        user("are lost when somebody truncates", (s, p) -> {
            file(p, "f", 06777);
            p.truncate("f", 10);
            assertMode(0777, p, "f");
            p.chmod("f", 06777);
            p.truncate("f", 0);
            assertMode(0777, p, "f");
        });
        user("are lost when somebody opens with O_TRUNC", (s, p) -> {
            file(p, "f", "abc");
            p.chmod("f", 06777);
            p.close(p.open("f", WRONLY | TRUNC, 0));
            assertMode(0777, p, "f");
        });
        user("lose the group's only where the group may execute", (s, p) -> {
            file(p, "f", 06767);
            int fd = p.open("f", WRONLY, 0);
            p.write(fd, bytes("x"));
            assertMode(02767, p, "f");
        });
        root("are kept when the super-user writes and truncates", (s, p) -> {
            file(p, "f", 06755);
            int fd = p.open("f", WRONLY, 0);
            p.write(fd, bytes("x"));
            p.ftruncate(fd, 5);
            assertMode(06755, p, "f");
        });
        each("are kept by link and rename", (s, p) -> {
            file(p, "f", 06755);
            p.link("f", "g");
            p.rename("f", "h");
            assertMode(06755, p, "g");
        });
        each("are kept by utimensat", (s, p) -> {
            file(p, "f", 06755);
            p.utimensat(CWD, "f", 1, 1, 0);
            assertMode(06755, p, "f");
        });
        root("are lost by chown even of the super-user", (s, p) -> {
            file(p, "f", 06755);
            p.chown("f", 5, 6);
            assertMode(0755, p, "f");
        });
        root("of a group that may not execute survive chown", (s, p) -> {
            file(p, "f", 06745);
            p.chown("f", 5, 6);
            assertMode(02745, p, "f");
        });
    }

    private void inheriting() {
        about("set-group-ID of directories");
        each("gives its group to all that is made below", (s, p) -> {
            shared(s);
            file(p, "d/f");
            p.mkdir("d/e", 0755);
            p.symlink("x", "d/l");
            p.mkfifo("d/p", 0644);
            p.mknod("d/s", Mode.SOCKET | 0644, 0);
            for (String path : new String[] {"d/f", "d/e", "d/l", "d/p", "d/s"}) {
                assertEquals(STAFF, p.lstat(path).gid(), path);
            }
        });
        each("is not given to files", (s, p) -> {
            shared(s);
            file(p, "d/f");
            assertMode(0644, p, "d/f");
        });
        user("does not let who is not in the group make set-group-ID programs", (s, p) -> {
            shared(s);
            p.close(p.open("d/f", CREAT | WRONLY, 02755));
            assertMode(0755, p, "d/f");
        });
        user("lets who is in the group make set-group-ID programs", (s, p) -> {
            shared(s);
            PosixCalls member = s.user(Stage.ALICE, Stage.ALICE, STAFF);
            member.close(member.open("d/f", CREAT | WRONLY, 02755));
            assertMode(02755, p, "d/f");
        });
        root("lets the super-user make set-group-ID programs", (s, p) -> {
            shared(s);
            p.close(p.open("d/f", CREAT | WRONLY, 02755));
            assertMode(02755, p, "d/f");
        });
        each("does not matter to what is moved in", (s, p) -> {
            shared(s);
            file(p, "f");
            int gid = p.stat("f").gid();
            p.rename("f", "d/f");
            assertEquals(gid, p.stat("d/f").gid());
        });
    }

    private static void shared(Stage s) {
        s.root().mkdir("d", 0777);
        s.root().chown("d", -1, STAFF);
        s.root().chmod("d", 02777);
    }

    private void times() {
        about("utimensat");
        user("to any time is for the owner", (s, p) -> {
            file(s.bob(), "f", 0666);
            fails(Errno.EPERM, () -> p.utimensat(CWD, "f", 1, 1, 0));
            fails(Errno.EPERM, () -> p.utimensat(CWD, "f", Process.UTIME_NOW, Process.UTIME_OMIT, 0));
            fails(Errno.EPERM, () -> p.utimensat(CWD, "f", Process.UTIME_OMIT, Process.UTIME_NOW, 0));
            fails(Errno.EPERM, () -> p.utimensat(CWD, "f", 1, Process.UTIME_NOW, 0));
        });
        user("to now is for who may write", (s, p) -> {
            file(s.bob(), "w", 0666);
            file(s.bob(), "r", 0644);
            p.utimensat(CWD, "w", Process.UTIME_NOW, Process.UTIME_NOW, 0);
            fails(Errno.EACCES, () -> p.utimensat(CWD, "r", Process.UTIME_NOW, Process.UTIME_NOW, 0));
        });
        user("to now is for the owner of a file that may not be written", (s, p) -> {
            file(p, "f", 0);
            p.utimensat(CWD, "f", Process.UTIME_NOW, Process.UTIME_NOW, 0);
            p.utimensat(CWD, "f", 5, 6, 0);
        });
        user("that omits both is for everybody", (s, p) -> {
            file(s.bob(), "f", 0);
            p.utimensat(CWD, "f", Process.UTIME_OMIT, Process.UTIME_OMIT, 0);
        });
        root("is for the super-user", (s, p) -> {
            file(s.bob(), "f", 0);
            p.utimensat(CWD, "f", 5_000_000_000L, 6_000_000_000L, 0);
            assertEquals(6_000_000_000L, p.stat("f").modifiedNanos());
        });
    }
}
