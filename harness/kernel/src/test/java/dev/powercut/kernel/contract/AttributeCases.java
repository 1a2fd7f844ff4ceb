package dev.powercut.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.kernel.vfs.AtFlags;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.Mode;

/** chmod, fchmod, fchmodat, chown, lchown, fchown, fchownat, access, faccessat. */
final class AttributeCases extends Cases {

    private static final int R = 4;
    private static final int W = 2;
    private static final int X = 1;

    @FunctionalInterface
    private interface Chmod {
        void call(PosixCalls p, String path, int mode);
    }

    @FunctionalInterface
    private interface Chown {
        void call(PosixCalls p, String path, int uid, int gid);
    }

    AttributeCases() {
        about("chmod");
        chmods(PosixCalls::chmod);
        each("follows links", (s, p) -> {
            file(p, "f");
            p.symlink("f", "l");
            p.chmod("l", 0600);
            assertMode(0600, p, "f");
            assertMode(0777, p, "l");
        });
        about("fchmod");
        chmods((p, path, mode) -> {
            int fd = p.open(path, RDONLY, 0);
            p.fchmod(fd, mode);
            p.close(fd);
        });
        about("fchmodat");
        chmods((p, path, mode) -> p.fchmodat(CWD, path, mode, 0));
        each("with AT_SYMLINK_NOFOLLOW gives EOPNOTSUPP for a link, and changes a file", (s, p) -> {
            file(p, "f");
            p.symlink("f", "l");
            fails(Errno.EOPNOTSUPP, () -> p.fchmodat(CWD, "l", 0600, AtFlags.AT_SYMLINK_NOFOLLOW));
            p.fchmodat(CWD, "f", 0600, AtFlags.AT_SYMLINK_NOFOLLOW);
            assertMode(0600, p, "f");
            assertMode(0777, p, "l");
        });
        each("gives EINVAL for unknown flags", (s, p) -> {
            file(p, "f");
            fails(Errno.EINVAL, () -> p.fchmodat(CWD, "f", 0600, AtFlags.AT_SYMLINK_FOLLOW));
        });
        about("chown");
        chowns(PosixCalls::chown);
        root("follows links", (s, p) -> {
            file(p, "f");
            p.symlink("f", "l");
            p.chown("l", 7, 8);
            assertEquals(7, p.stat("f").uid());
            assertEquals(0, p.lstat("l").uid());
        });
        about("lchown");
        chowns(PosixCalls::lchown);
        root("changes a link itself", (s, p) -> {
            file(p, "f");
            p.symlink("f", "l");
            p.lchown("l", 7, 8);
            assertEquals(0, p.stat("f").uid());
            assertEquals(7, p.lstat("l").uid());
            assertEquals(8, p.lstat("l").gid());
        });
        about("fchown");
        chowns((p, path, uid, gid) -> {
            int fd = p.open(path, RDONLY, 0);
            p.fchown(fd, uid, gid);
            p.close(fd);
        });
        about("fchownat");
        chowns((p, path, uid, gid) -> p.fchownat(CWD, path, uid, gid, 0));
        root("with AT_SYMLINK_NOFOLLOW changes a link itself, with AT_EMPTY_PATH what is open", (s, p) -> {
            file(p, "f");
            p.symlink("f", "l");
            p.fchownat(CWD, "l", 7, -1, AtFlags.AT_SYMLINK_NOFOLLOW);
            p.fchownat(p.open("f", RDONLY, 0), "", 9, -1, AtFlags.AT_EMPTY_PATH);
            assertEquals(7, p.lstat("l").uid());
            assertEquals(9, p.stat("f").uid());
        });
        each("gives EINVAL for unknown flags", (s, p) -> {
            file(p, "f");
            fails(Errno.EINVAL, () -> p.fchownat(CWD, "f", -1, -1, AtFlags.AT_SYMLINK_FOLLOW));
        });
        about("access");
        accesses((p, path, wanted) -> p.access(path, wanted));
        about("faccessat");
        accesses((p, path, wanted) -> p.faccessat(CWD, path, wanted, 0));
        about("faccessat(AT_EACCESS)");
        accesses((p, path, wanted) -> p.faccessat(CWD, path, wanted, AtFlags.AT_EACCESS));
        realAndEffective();
    }

    private void chmods(Chmod chmod) {
        each("sets all twelve bits", (s, p) -> {
            file(p, "f");
            for (int mode : new int[] {0755, 04755, 02755, 01644, 07777, 0644}) {
                chmod.call(p, "f", mode);
                assertMode(mode, p, "f");
            }
        });
        each("does not change the type", (s, p) -> {
            p.mkdir("d", 0755);
            chmod.call(p, "d", Mode.REGULAR | 0500);
            assertEquals(Mode.DIRECTORY | 0500, p.stat("d").mode());
        });
        each("sets bits of a directory", (s, p) -> {
            p.mkdir("d", 0755);
            chmod.call(p, "d", 03777);
            assertMode(03777, p, "d");
        });
        user("gives EPERM for somebody else's file", (s, p) -> {
            file(s.bob(), "f", 0777);
            fails(Errno.EPERM, () -> chmod.call(p, "f", 0600));
            assertMode(0777, p, "f");
        });
        user("drops the set-group-ID bit for who is not in the group", (s, p) -> {
            file(s.root(), "f", 0644);
            s.root().chown("f", Stage.ALICE, 4242);
            chmod.call(p, "f", 06755);
            assertMode(04755, p, "f");
        });
        user("keeps the set-group-ID bit for who is in the group by a supplementary one", (s, p) -> {
            file(s.root(), "f", 0644);
            s.root().chown("f", Stage.ALICE, 4242);
            chmod.call(s.user(Stage.ALICE, Stage.ALICE, 77, 4242), "f", 06755);
            assertMode(06755, p, "f");
        });
        root("sets bits of anybody's file", (s, p) -> {
            file(s.alice(), "f", 0600);
            chmod.call(p, "f", 07711);
            assertMode(07711, p, "f");
        });
    }

    private void chowns(Chown chown) {
        root("sets user and group, and leaves what is -1", (s, p) -> {
            file(p, "f");
            chown.call(p, "f", 7, 8);
            chown.call(p, "f", -1, 9);
            chown.call(p, "f", 6, -1);
            assertEquals(6, p.stat("f").uid());
            assertEquals(9, p.stat("f").gid());
        });
        root("takes ids of 32 bits", (s, p) -> {
            file(p, "f");
            chown.call(p, "f", 70_000, 0x7FFF_FFF0);
            assertEquals(70_000, p.stat("f").uid());
            assertEquals(0x7FFF_FFF0, p.stat("f").gid());
        });
        user("gives EPERM to give a file away", (s, p) -> {
            file(p, "f");
            fails(Errno.EPERM, () -> chown.call(p, "f", Stage.BOB, -1));
            fails(Errno.EPERM, () -> chown.call(p, "f", 0, -1));
        });
        user("gives EPERM for a group that one is not in", (s, p) -> {
            file(p, "f");
            fails(Errno.EPERM, () -> chown.call(p, "f", -1, 4242));
        });
        user("gives EPERM for somebody else's file", (s, p) -> {
            file(s.bob(), "f", 0777);
            fails(Errno.EPERM, () -> chown.call(p, "f", Stage.ALICE, -1));
            fails(Errno.EPERM, () -> chown.call(p, "f", -1, Stage.ALICE));
        });
        user("takes one's own ids, and -1", (s, p) -> {
            file(p, "f");
            chown.call(p, "f", Stage.ALICE, Stage.ALICE);
            chown.call(p, "f", -1, -1);
            assertEquals(Stage.ALICE, p.stat("f").uid());
        });
        user("gives one's file to a supplementary group", (s, p) -> {
            PosixCalls member = s.user(Stage.ALICE, Stage.ALICE, 4242);
            file(member, "f");
            chown.call(member, "f", -1, 4242);
            assertEquals(4242, p.stat("f").gid());
        });
        each("takes set-id bits away from programs", (s, p) -> {
            file(p, "f", 06755);
            chown.call(p, "f", -1, p.stat("f").gid());
            assertMode(0755, p, "f");
        });
        each("leaves set-id bits of directories", (s, p) -> {
            p.mkdir("d", 0755);
            p.chmod("d", 06755);
            chown.call(p, "d", -1, p.stat("d").gid());
            assertMode(06755, p, "d");
        });
    }

    @FunctionalInterface
    private interface Access {
        void call(PosixCalls p, String path, int wanted);
    }

    private void accesses(Access access) {
        each("finds what is there", (s, p) -> {
            file(p, "f", 0);
            p.mkdir("d", 0755);
            access.call(p, "f", 0);
            access.call(p, "d", 0);
        });
        user("asks for each permission", (s, p) -> {
            for (int mode = 0; mode < 8; mode++) {
                file(p, "f" + mode, mode << 6);
                for (int wanted = 0; wanted < 8; wanted++) {
                    String path = "f" + mode;
                    int asked = wanted;
                    if ((mode & wanted) == wanted) {
                        access.call(p, path, asked);
                    } else {
                        fails(Errno.EACCES, () -> access.call(p, path, asked));
                    }
                }
            }
        });
        root("grants the super-user all but to execute what nobody may", (s, p) -> {
            file(p, "f", 0);
            file(p, "x", 0001);
            directory(p, "d", 0);
            access.call(p, "f", R | W);
            fails(Errno.EACCES, () -> access.call(p, "f", X));
            access.call(p, "x", R | W | X);
            access.call(p, "d", R | W | X);
        });
        each("gives EINVAL for more than three bits", (s, p) -> {
            file(p, "f");
            fails(Errno.EINVAL, () -> access.call(p, "f", 8));
            fails(Errno.EINVAL, () -> access.call(p, "f", -1));
        });
        each("follows links", (s, p) -> {
            p.symlink("missing", "l");
            fails(Errno.ENOENT, () -> access.call(p, "l", 0));
        });
    }

    private void realAndEffective() {
        about("access");
        root("asks for the real user, faccessat(AT_EACCESS) for the effective one", (s, p) -> {
            file(s.bob(), "f", 0600);
            PosixCalls q = s.user(0, 0, 5);
            q.setresuid(Stage.BOB, 0, 0);
            try {
                q.access("f", R | W);
                q.setresuid(Stage.ALICE, Stage.BOB, 0);
                fails(Errno.EACCES, () -> q.access("f", R));
                q.faccessat(CWD, "f", R | W, AtFlags.AT_EACCESS);
            } finally {
                q.setresuid(-1, 0, -1);
                q.setresuid(0, 0, 0);
            }
        });
        about("faccessat");
        each("gives EINVAL for unknown flags", (s, p) -> {
            file(p, "f");
            fails(Errno.EINVAL, () -> p.faccessat(CWD, "f", 0, 0x800));
        });
        each("with AT_SYMLINK_NOFOLLOW finds a dangling link", (s, p) -> {
            p.symlink("missing", "l");
            p.faccessat(CWD, "l", 0, AtFlags.AT_SYMLINK_NOFOLLOW);
        });
    }
}
