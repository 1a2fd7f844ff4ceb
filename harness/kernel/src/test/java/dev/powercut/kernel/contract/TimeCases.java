package dev.powercut.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.AtFlags;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.PathLimit;
import dev.powercut.kernel.vfs.Stat;

/** Which call changes which times, with the access times of relatime. */
final class TimeCases extends Cases {

    private static final long SECOND = 1_000_000_000L;
    private static final long PAST = 1_000_000_000L * SECOND;

    @FunctionalInterface
    private interface Act {
        void by(PosixCalls p);
    }

    TimeCases() {
        names();
        contents();
        attributes();
        none();
        setting();
    }

    /**
     * A call changes just these times.
     *
     * @param expected paths, each with the times that change: {@code f:AMC d:}; a path with {@code >} is renamed by the call
     */
    private void changes(String call, String claim, Act before, Act act, String... expected) {
        about(call);
        each(claim, (s, p) -> {
            before.by(p);
            Stat[] former = new Stat[expected.length];
            for (int i = 0; i < expected.length; i++) {
                String path = expected[i].split("[>:]")[0];
                p.utimensat(CWD, path, PAST, PAST, AtFlags.AT_SYMLINK_NOFOLLOW);
                former[i] = p.lstat(path);
            }
            s.tick();
            act.by(p);
            for (int i = 0; i < expected.length; i++) {
                String[] parts = expected[i].split(":", -1);
                Stat now = p.lstat(parts[0].substring(parts[0].indexOf('>') + 1));
                String changed = (now.accessedNanos() != former[i].accessedNanos() ? "A" : "")
                        + (now.modifiedNanos() != former[i].modifiedNanos() ? "M" : "")
                        + (now.changedNanos() != former[i].changedNanos() ? "C" : "");
                assertEquals(parts[1], changed, "times of " + parts[0]);
            }
        });
    }

    private static void setUp(PosixCalls p) {
        p.mkdir("d", 0755);
        p.mkdir("e", 0755);
        file(p, "d/f", "abc");
        file(p, "d/g", "xyz");
        p.symlink("f", "d/l");
        p.mkdir("d/s", 0755);
        p.mkfifo("d/p", 0644);
    }

    private void onNames(String call, String claim, Act act, String... expected) {
        changes(call, claim, TimeCases::setUp, act, expected);
    }

    private void names() {
        String dir = "changes mtime and ctime of the directory";
        onNames("open(O_CREAT)", dir, p -> p.open("d/x", CREAT | WRONLY, 0644), "d:MC", "d/f:");
        onNames(
                "open(O_CREAT)",
                "of an existing file changes no time",
                p -> p.open("d/f", CREAT | RDWR, 0644),
                "d:",
                "d/f:");
        onNames("creat", "of an existing file changes its mtime and ctime", p -> p.creat("d/f", 0644), "d:", "d/f:MC");
        onNames("mkdir", dir, p -> p.mkdir("d/x", 0755), "d:MC");
        onNames("mknod", dir, p -> p.mknod("d/x", Mode.SOCKET | 0644, 0), "d:MC");
        onNames("mkfifo", dir, p -> p.mkfifo("d/x", 0644), "d:MC");
        onNames("symlink", dir, p -> p.symlink("x", "d/x"), "d:MC");
        onNames(
                "link",
                "changes ctime of the file, mtime and ctime of the directory",
                p -> p.link("d/f", "e/x"),
                "d/f:C",
                "e:MC",
                "d:");
        onNames("rmdir", "changes mtime and ctime of the directory above", p -> p.rmdir("d/s"), "d:MC");
        onNames("unlink", dir, p -> p.unlink("d/f"), "d:MC", "d/g:");
        changes(
                "unlink",
                "changes ctime of what has other names",
                p -> {
                    setUp(p);
                    p.link("d/f", "e/h");
                },
                p -> p.unlink("e/h"),
                "d/f:C",
                "e:MC",
                "d:");
        onNames(
                "rename",
                "changes ctime of the file, mtime and ctime of the directory",
                p -> p.rename("d/f", "d/x"),
                "d/f>d/x:C",
                "d:MC");
        onNames(
                "rename",
                "changes mtime and ctime of both directories",
                p -> p.rename("d/f", "e/x"),
                "d/f>e/x:C",
                "d:MC",
                "e:MC");
        onNames(
                "rename",
                "of a directory changes its ctime and both directories",
                p -> p.rename("d/s", "e/s"),
                "d/s>e/s:C",
                "d:MC",
                "e:MC");
        onNames("rename", "to itself changes no time", p -> p.rename("d/f", "d/f"), "d/f:", "d:");
        changes(
                "rename",
                "changes ctime of a replaced file that has other names",
                p -> {
                    setUp(p);
                    p.link("d/g", "e/g");
                },
                p -> p.rename("d/f", "d/g"),
                "e/g:C",
                "d:MC");
    }

    private static void opened(PosixCalls p, String path, int flags, java.util.function.IntConsumer use) {
        int fd = p.open(path, flags, 0);
        use.accept(fd);
        p.close(fd);
    }

    private void contents() {
        String both = "changes mtime and ctime";
        onNames("write", both, p -> opened(p, "d/f", WRONLY, fd -> p.write(fd, bytes("x"))), "d/f:MC", "d:");
        onNames(
                "write",
                "behind the end " + both,
                p -> opened(p, "d/f", WRONLY | APPEND, fd -> p.write(fd, bytes("x"))),
                "d/f:MC");
        onNames(
                "write",
                "of nothing changes no time",
                p -> opened(p, "d/f", WRONLY, fd -> p.write(fd, new byte[0])),
                "d/f:");
        onNames("pwrite", both, p -> opened(p, "d/f", WRONLY, fd -> p.pwrite(fd, bytes("x"), 9)), "d/f:MC");
        onNames("truncate", "to a smaller size " + both, p -> p.truncate("d/f", 1), "d/f:MC", "d:");
        onNames("truncate", "to a larger size " + both, p -> p.truncate("d/f", 9999), "d/f:MC");
        onNames(
                "ftruncate",
                "to another size " + both,
                p -> opened(p, "d/f", RDWR, fd -> p.ftruncate(fd, 1)),
                "d/f:MC");
        onNames(
                "ftruncate",
                "to the same size " + both,
                p -> opened(p, "d/f", RDWR, fd -> p.ftruncate(fd, 3)),
                "d/f:MC");
        onNames("open", "with O_TRUNC " + both, p -> p.open("d/f", WRONLY | TRUNC, 0), "d/f:MC", "d:");
        onNames("fallocate", both, p -> opened(p, "d/f", RDWR, fd -> p.fallocate(fd, 0, 0, 9999)), "d/f:MC");
        onNames("fallocate(PUNCH_HOLE)", both, p -> opened(p, "d/f", RDWR, fd -> p.fallocate(fd, 3, 0, 2)), "d/f:MC");
        onNames(
                "read",
                "changes atime when it is older than the last change",
                p -> opened(p, "d/f", RDONLY, fd -> p.read(fd, 1)),
                "d/f:A",
                "d:");
        onNames("read", "at the end changes atime", p -> opened(p, "d/f", RDONLY, fd -> p.pread(fd, 1, 3)), "d/f:A");
        onNames("read", "of nothing changes no time", p -> opened(p, "d/f", RDONLY, fd -> p.read(fd, 0)), "d/f:");
        onNames("readdir", "changes atime of the directory", p -> opened(p, "d", RDONLY, p::readdir), "d:A");
        onNames("readlink", "changes atime of the link", p -> p.readlink("d/l"), "d/l:A", "d/f:");
        onNames("path resolution", "changes atime of links that it follows", p -> p.stat("d/l"), "d/l:A", "d/f:", "d:");
        onNames(
                "FIFO",
                "changes mtime and ctime when written, atime when read",
                p -> opened(p, "d/p", RDWR, fd -> {
                    p.write(fd, bytes("abc"));
                    p.read(fd, 3);
                }),
                "d/p:AMC");
        about("read");
        each("does not change an atime that is newer than the last change", (s, p) -> {
            file(p, "f", "abc");
            s.tick();
            opened(p, "f", RDONLY, fd -> p.read(fd, 1));
            Stat first = p.stat("f");
            s.tick();
            opened(p, "f", RDONLY, fd -> p.read(fd, 1));
            assertEquals(first, p.stat("f"));
            assertTrue(first.accessedNanos() > first.changedNanos());
        });
        each("through O_NOATIME changes no time", (s, p) -> {
            file(p, "f", "abc");
            p.utimensat(CWD, "f", PAST, PAST, 0);
            Stat before = p.stat("f");
            s.tick();
            opened(p, "f", RDONLY | dev.powercut.kernel.vfs.OpenFlags.O_NOATIME, fd -> p.read(fd, 1));
            assertEquals(before, p.stat("f"));
        });
    }

    private void attributes() {
        String ctime = "changes ctime only";
        onNames("chmod", ctime, p -> p.chmod("d/f", 0600), "d/f:C", "d:");
        onNames("chmod", "to the same mode " + ctime, p -> p.chmod("d/f", 0644), "d/f:C");
        onNames("fchmod", ctime, p -> opened(p, "d/f", RDONLY, fd -> p.fchmod(fd, 0600)), "d/f:C");
        onNames("chown", ctime, p -> p.chown("d/f", -1, p.stat("d/f").gid()), "d/f:C", "d:");
        onNames("chown", "to -1 and -1 " + ctime, p -> p.chown("d/f", -1, -1), "d/f:C");
        onNames(
                "lchown",
                "of a link " + ctime,
                p -> p.lchown("d/l", -1, p.lstat("d/l").gid()),
                "d/l:C",
                "d/f:");
        onNames(
                "utimensat",
                "changes ctime besides what it sets",
                p -> p.utimensat(CWD, "d/f", 5, 6, 0),
                "d/f:AMC",
                "d:");
        onNames(
                "utimensat",
                "with UTIME_OMIT leaves one time",
                p -> p.utimensat(CWD, "d/f", Process.UTIME_OMIT, 6, 0),
                "d/f:MC");
        onNames(
                "utimensat",
                "with UTIME_OMIT leaves the other time",
                p -> p.utimensat(CWD, "d/f", 5, Process.UTIME_OMIT, 0),
                "d/f:AC");
        onNames(
                "utimensat",
                "that omits both changes no time",
                p -> p.utimensat(CWD, "d/f", Process.UTIME_OMIT, Process.UTIME_OMIT, 0),
                "d/f:");
        onNames(
                "utimensat",
                "with UTIME_NOW sets both to now",
                p -> p.utimensat(CWD, "d/f", Process.UTIME_NOW, Process.UTIME_NOW, 0),
                "d/f:AMC");
        onNames(
                "utimensat",
                "with AT_SYMLINK_NOFOLLOW changes the link",
                p -> p.utimensat(CWD, "d/l", 5, 6, AtFlags.AT_SYMLINK_NOFOLLOW),
                "d/l:AMC",
                "d/f:");
        onNames(
                "futimens",
                "changes ctime besides what it sets",
                p -> opened(p, "d/f", RDONLY, fd -> p.futimens(fd, 5, 6)),
                "d/f:AMC");
    }

    private void none() {
        String none = "changes no time";
        onNames("stat", none, p -> p.stat("d/f"), "d/f:", "d:");
        onNames("lstat", none, p -> p.lstat("d/l"), "d/l:", "d:");
        onNames("access", none, p -> p.access("d/f", 4), "d/f:", "d:");
        onNames("open", none, p -> p.open("d/f", RDWR, 0), "d/f:", "d:");
        onNames("close", none, p -> opened(p, "d/f", RDWR, fd -> {}), "d/f:", "d:");
        onNames("lseek", none, p -> opened(p, "d/f", RDWR, fd -> p.lseek(fd, 1, 0)), "d/f:");
        onNames("fsync", none, p -> opened(p, "d/f", RDWR, p::fsync), "d/f:", "d:");
        onNames(
                "chdir",
                none,
                p -> {
                    p.chdir("d");
                    p.chdir("..");
                },
                "d:",
                "d/f:");
        failing("unlink", p -> p.unlink("d/s"), "d:", "d/s:");
        failing("rmdir", p -> p.rmdir("d/f"), "d:", "d/f:");
        failing("mkdir", p -> p.mkdir("d/f", 0755), "d:", "d/f:");
        failing("rename", p -> p.rename("d/f", "d/s"), "d:", "d/f:", "d/s:");
        failing("link", p -> p.link("d/f", "d/g"), "d:", "d/f:", "d/g:");
        failing("truncate", p -> p.truncate("d/f", Long.MAX_VALUE), "d/f:");
        failing("open(O_CREAT)", p -> p.open("d/f", CREAT | EXCL | WRONLY | TRUNC, 0644), "d:", "d/f:");
    }

    private void failing(String call, Act act, String... expected) {
        onNames(
                call,
                "that fails changes no time",
                p -> {
                    try {
                        act.by(p);
                    } catch (ErrnoException e) {
                        return;
                    }
                    throw new AssertionError("it did not fail");
                },
                expected);
    }

    private void setting() {
        about("times");
        each("of a new file are all the present, as are those of its directory", (s, p) -> {
            p.mkdir("d", 0755);
            file(p, "before");
            s.tick();
            p.close(p.open("d/f", CREAT | WRONLY, 0644));
            Stat stat = p.stat("d/f");
            assertEquals(stat.modifiedNanos(), stat.accessedNanos());
            assertEquals(stat.modifiedNanos(), stat.changedNanos());
            assertEquals(stat.modifiedNanos(), p.stat("d").modifiedNanos());
            assertTrue(stat.modifiedNanos() > p.stat("before").modifiedNanos());
        });
        long[] seconds = {0, 1, 1_700_000_000L, Integer.MAX_VALUE};
        for (long second : seconds) {
            each("are kept at second " + second, (s, p) -> {
                file(p, "f");
                p.utimensat(CWD, "f", second * SECOND, (second / 2) * SECOND, 0);
                assertEquals(second * SECOND, p.stat("f").accessedNanos());
                assertEquals(second / 2 * SECOND, p.stat("f").modifiedNanos());
            });
        }
        each("before 1970 are kept", (s, p) -> {
            file(p, "f");
            p.utimensat(CWD, "f", -1 * SECOND, -2_000_000_000L * SECOND, 0);
            assertEquals(-SECOND, p.stat("f").accessedNanos());
            assertEquals(-2_000_000_000L * SECOND, p.stat("f").modifiedNanos());
        });
        each("are kept in the steps of the filesystem", (s, p) -> {
            file(p, "f");
            long nanos = 1_700_000_000L * SECOND + 123_456_789;
            p.utimensat(CWD, "f", nanos, nanos + 1, 0);
            long step = step(p);
            assertEquals(nanos / step * step, p.stat("f").accessedNanos());
            assertEquals((nanos + 1) / step * step, p.stat("f").modifiedNanos());
        });
        for (long year : new long[] {2039, 2106, 2200}) {
            each("in the year " + year + " are kept, or held at the last that can be", (s, p) -> {
                file(p, "f");
                long nanos = (year - 1970) * 31_556_952L * SECOND;
                p.utimensat(CWD, "f", nanos, nanos, 0);
                long expected = step(p) == 1 ? nanos : Integer.MAX_VALUE * SECOND;
                assertEquals(expected, p.stat("f").modifiedNanos());
            });
        }
        each("of a link are its own", (s, p) -> {
            file(p, "f");
            p.symlink("f", "l");
            p.utimensat(CWD, "l", SECOND, 2 * SECOND, AtFlags.AT_SYMLINK_NOFOLLOW);
            assertEquals(2 * SECOND, p.lstat("l").modifiedNanos());
            assertTrue(p.stat("f").modifiedNanos() > 2 * SECOND);
        });
        about("utimensat");
        each("gives EINVAL for unknown flags", (s, p) -> {
            file(p, "f");
            fails(Errno.EINVAL, () -> p.utimensat(CWD, "f", 1, 1, AtFlags.AT_REMOVEDIR));
        });
        about("futimens");
        each("sets the times of a file without a name", (s, p) -> {
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.unlink("f");
            p.futimens(fd, SECOND, 2 * SECOND);
            assertEquals(2 * SECOND, p.fstat(fd).modifiedNanos());
        });
    }

    /** Real filesystems do not say, but all that are in use keep nanoseconds. */
    private static long step(PosixCalls p) {
        try {
            return p.pathconf(".", PathLimit.TIMESTAMP_RESOLUTION);
        } catch (ErrnoException e) {
            return 1;
        }
    }
}
