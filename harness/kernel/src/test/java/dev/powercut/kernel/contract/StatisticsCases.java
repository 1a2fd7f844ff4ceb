package dev.powercut.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.vfs.AtFlags;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.FileSystemStatistics;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.PathLimit;

/** stat and its kin, statfs, pathconf. */
final class StatisticsCases extends Cases {

    StatisticsCases() {
        stats();
        space();
        fileSystems();
        limits();
    }

    private void stats() {
        about("stat");
        each("tells the type of each kind of file", (s, p) -> {
            file(p, "f");
            p.mkdir("d", 0755);
            p.symlink("f", "l");
            p.mkfifo("p", 0644);
            p.mknod("s", Mode.SOCKET | 0644, 0);
            assertEquals(Mode.REGULAR, Mode.type(p.stat("f").mode()));
            assertEquals(Mode.DIRECTORY, Mode.type(p.stat("d").mode()));
            assertEquals(Mode.REGULAR, Mode.type(p.stat("l").mode()));
            assertEquals(Mode.SYMLINK, Mode.type(p.lstat("l").mode()));
            assertEquals(Mode.FIFO, Mode.type(p.stat("p").mode()));
            assertEquals(Mode.SOCKET, Mode.type(p.stat("s").mode()));
        });
        each("gives each file a number of its own, the same through each name", (s, p) -> {
            file(p, "f");
            file(p, "g");
            p.link("f", "h");
            assertNotEquals(inode(p, "f"), inode(p, "g"));
            assertEquals(inode(p, "f"), inode(p, "h"));
            assertEquals(inode(p, "f"), p.fstat(p.open("h", RDONLY, 0)).inodeNumber());
        });
        each("keeps the number of a file that changes and moves", (s, p) -> {
            file(p, "f", "abc");
            p.mkdir("d", 0755);
            long number = inode(p, "f");
            p.truncate("f", 1);
            p.chmod("f", 0600);
            p.rename("f", "d/g");
            assertEquals(number, inode(p, "d/g"));
        });
        user("needs no permission on the file", (s, p) -> {
            file(s.root(), "f", 0);
            p.stat("f");
            p.lstat("f");
        });
        each("tells device 0 of what is no device", (s, p) -> {
            file(p, "f");
            assertEquals(0, p.stat("f").device());
        });
        about("fstatat");
        each("with AT_EMPTY_PATH tells what a descriptor stands for", (s, p) -> {
            file(p, "f", "abc");
            int fd = p.open("f", RDONLY, 0);
            assertEquals(p.stat("f"), p.fstatat(fd, "", AtFlags.AT_EMPTY_PATH));
            assertEquals(p.stat("."), p.fstatat(CWD, "", AtFlags.AT_EMPTY_PATH));
        });
        each("gives EINVAL for unknown flags", (s, p) -> {
            file(p, "f");
            fails(Errno.EINVAL, () -> p.fstatat(CWD, "f", AtFlags.AT_REMOVEDIR));
        });
        about("fstat");
        each("tells the same as stat", (s, p) -> {
            file(p, "f", "abc");
            assertEquals(p.stat("f"), p.fstat(p.open("f", RDWR, 0)));
        });
    }

    private void space() {
        about("st_blocks");
        each("is 0 of an empty file, a short link, a FIFO and a socket", (s, p) -> {
            file(p, "f");
            p.symlink("short", "l");
            p.mkfifo("p", 0644);
            p.mknod("s", Mode.SOCKET | 0644, 0);
            for (String path : new String[] {"f", "l", "p", "s"}) {
                assertEquals(0, p.lstat(path).blocks512(), path);
            }
        });
        each("is the same before and after data is written out", (s, p) -> {
            for (int length : new int[] {1, 512, 1024, 4096, 5000, 12 * 4096, 100_000, 300_000}) {
                int fd = p.open("f" + length, CREAT | RDWR, 0644);
                p.write(fd, pattern(length));
                long before = p.fstat(fd).blocks512();
                p.fsync(fd);
                assertEquals(before, p.fstat(fd).blocks512(), length + " bytes");
            }
        });
        each("covers what is there, in whole blocks", (s, p) -> {
            int block = p.statfs(".").blockSizeBytes();
            for (int length : new int[] {1, block, block + 1, 10 * block, 11 * block + 1}) {
                int fd = p.open("f" + length, CREAT | RDWR, 0644);
                p.write(fd, pattern(length));
                p.fsync(fd);
                assertEquals(
                        Math.ceilDiv(length, block) * (block / 512), p.fstat(fd).blocks512(), length + " bytes");
            }
        });
        each("does not count holes", (s, p) -> {
            int block = p.statfs(".").blockSizeBytes();
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.pwrite(fd, bytes("x"), 8L * block);
            p.pwrite(fd, bytes("x"), 2L * block);
            p.fsync(fd);
            assertEquals(2 * block / 512, p.fstat(fd).blocks512());
        });
        each("falls when the file is cut", (s, p) -> {
            int block = p.statfs(".").blockSizeBytes();
            int fd = p.open("f", CREAT | RDWR, 0644);
            p.write(fd, pattern(8 * block));
            p.fsync(fd);
            p.ftruncate(fd, 3L * block + 1);
            assertEquals(4 * block / 512, p.fstat(fd).blocks512());
            p.ftruncate(fd, 0);
            assertEquals(0, p.fstat(fd).blocks512());
        });
    }

    private void fileSystems() {
        about("statfs");
        each("tells sizes that fit together", (s, p) -> {
            FileSystemStatistics all = p.statfs(".");
            assertTrue(Integer.bitCount(all.blockSizeBytes()) == 1 && all.blockSizeBytes() >= 512);
            assertTrue(all.freeBlocks() <= all.blockCount());
            assertTrue(all.availableBlocks() <= all.freeBlocks());
            assertTrue(all.freeInodes() <= all.inodeCount());
            assertEquals(NAME_MAX, all.nameMaxBytes());
        });
        each("tells the same of each file and descriptor", (s, p) -> {
            file(p, "f");
            FileSystemStatistics all = p.statfs("/");
            assertEquals(all.blockCount(), p.statfs("f").blockCount());
            assertEquals(all.inodeCount(), p.fstatfs(p.open("f", RDONLY, 0)).inodeCount());
        });
        user("needs no permission on the file", (s, p) -> {
            file(p, "f", 0);
            p.statfs("f");
        });
    }

    private void limits() {
        about("pathconf");
        each("tells the limits of Linux", (s, p) -> {
            assertEquals(255, p.pathconf(".", PathLimit.NAME_MAX));
            assertEquals(4096, p.pathconf(".", PathLimit.PATH_MAX));
            assertEquals(4096, p.pathconf(".", PathLimit.PIPE_BUF));
            assertEquals(1, p.pathconf(".", PathLimit.CHOWN_RESTRICTED));
            assertEquals(1, p.pathconf(".", PathLimit.NO_TRUNC));
        });
        each("tells of links and sizes what can be", (s, p) -> {
            assertTrue(p.pathconf(".", PathLimit.LINK_MAX) >= 4);
            assertTrue(p.pathconf(".", PathLimit.FILESIZEBITS) >= 32);
        });
        about("fpathconf");
        each("tells the same of a descriptor", (s, p) -> {
            int fd = p.open(".", RDONLY, 0);
            for (PathLimit limit : new PathLimit[] {PathLimit.NAME_MAX, PathLimit.PATH_MAX, PathLimit.LINK_MAX}) {
                assertEquals(p.pathconf(".", limit), p.fpathconf(fd, limit));
            }
        });
        each(
                "gives EBADF for a descriptor that is not open",
                (s, p) -> fails(Errno.EBADF, () -> p.fpathconf(999_999, PathLimit.NAME_MAX)));
    }
}
