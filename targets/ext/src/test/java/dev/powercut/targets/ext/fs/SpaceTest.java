package dev.powercut.targets.ext.fs;

import static dev.powercut.targets.ext.fs.Rig.pattern;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileSystemStatistics;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.ext.E2fsprogs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Space runs out exactly when it is used up, and comes back. */
class SpaceTest {

    static List<DiskImage> formats() {
        return Rig.formats();
    }

    /** Appends until there is no space; returns the bytes that found room. */
    private static long fill(Process process, String path, int chunk) {
        int fd = process.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_APPEND, 0644);
        byte[] bytes = pattern(3, chunk);
        long total = 0;
        try {
            while (true) {
                total += process.write(fd, bytes, 0, chunk);
            }
        } catch (ErrnoException e) {
            assertEquals(Errno.ENOSPC, e.errno());
        }
        process.close(fd);
        return total;
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aFullDiskHoldsTheSameAgainAfterItWasEmptied(DiskImage image) {
        Rig rig = new Rig(image);
        FileSystemStatistics before = rig.process.statfs("/");
        long first = fill(rig.process, "/file", 10_000);
        assertEquals(0, rig.process.statfs("/").freeBlocks());
        rig.process.unlink("/file");
        assertEquals(before.freeBlocks(), rig.process.statfs("/").freeBlocks());
        long second = fill(rig.process, "/file", 777);
        assertEquals(first, second);
        rig.process.truncate("/file", 0);
        assertEquals(first, fill(rig.process, "/file", 4096));
        E2fsprogs.assertClean(rig.unmount());
    }

    @Test
    void everyBlockIsUsedAndNothingPromisedIsLost() {
        Rig rig = new Rig(Rig.format(Rig.MIB, options -> options));
        long size = fill(rig.process, "/file", 1000);
        DiskImage image = rig.unmount();
        E2fsprogs.assertClean(image);
        Rig again = new Rig(image);
        assertEquals(0, again.process.statfs("/").freeBlocks());
        byte[] contents = again.read("/file");
        assertEquals(size, contents.length);
        byte[] chunk = pattern(3, 1000);
        for (int i = 0; i < contents.length; i++) {
            assertEquals(chunk[i % 1000], contents[i], "byte " + i);
        }
    }

    @Test
    void theLastBlocksAreKeptForTheSuperUser() {
        Rig rig = new Rig(Rig.format(8 * Rig.MIB, options -> options.withReservedPercent(10)));
        rig.process.mkdir("/home", 0777);
        long kept = 8192 / 10;
        Process user = rig.kernel.process(1000, 1000);
        fill(user, "/home/user", 5000);
        long left = rig.process.statfs("/").freeBlocks();
        assertTrue(left >= kept - 1 && left <= kept, "left " + left);
        assertEquals(0, rig.process.statfs("/").availableBlocks());
        assertEquals(Errno.ENOSPC, Rig.errnoOf(() -> user.mkdir("/home/more", 0755)));
        rig.process.mkdir("/home/root", 0755);
        fill(rig.process, "/root", 5000);
        assertEquals(0, rig.process.statfs("/").freeBlocks());
    }

    @Test
    void inodesRunOutAndComeBack() {
        Rig rig = new Rig(Rig.format(Rig.MIB, options -> options.withInodeCount(64)));
        int count = 0;
        try {
            while (true) {
                rig.process.close(rig.process.creat("/f" + count, 0644));
                count++;
            }
        } catch (ErrnoException e) {
            assertEquals(Errno.ENOSPC, e.errno());
        }
        assertEquals(64 - 11, count);
        assertEquals(0, rig.process.statfs("/").freeInodes());
        rig.process.unlink("/f3");
        rig.process.unlink("/f4");
        rig.process.mkdir("/d", 0755);
        rig.process.close(rig.process.creat("/again", 0644));
        assertEquals(Errno.ENOSPC, Rig.errnoOf(() -> rig.process.creat("/onemore", 0644)));
        E2fsprogs.assertClean(rig.unmount());
    }

    @Test
    void smallFilesOnAFullDiskNeedNoMoreThanTheirBlock() {
        Rig rig = new Rig(Rig.format(Rig.MIB, options -> options));
        fill(rig.process, "/file", 1024);
        rig.process.truncate("/file", rig.process.stat("/file").sizeBytes() - 2048);
        rig.write("/one", pattern(1, 10));
        rig.write("/two", pattern(2, 10));
        assertEquals(0, rig.process.statfs("/").freeBlocks());
        assertEquals(Errno.ENOSPC, Rig.errnoOf(() -> rig.write("/three", pattern(3, 10))));
        rig.write("/one", pattern(4, 1000));
        DiskImage image = rig.unmount();
        E2fsprogs.assertClean(image);
        assertArrayEquals(pattern(4, 1000), new Rig(image).read("/one"));
    }

    @Test
    void writtenDataIsNeverRefusedLaterWhenTheDiskIsFull() {
        Rig rig = new Rig(Rig.format(Rig.MIB, options -> options));
        // Holes in many indirect blocks: each needs pointers of its own.
        int written = 0;
        try {
            for (long place = 0; ; place += 300_000) {
                rig.write("/file", place, pattern(written, 100));
                written++;
            }
        } catch (ErrnoException e) {
            assertEquals(Errno.ENOSPC, e.errno());
        }
        DiskImage image = rig.unmount();
        E2fsprogs.assertClean(image);
        Rig again = new Rig(image);
        for (int i = 0; i < written; i++) {
            assertArrayEquals(pattern(i, 100), again.read("/file", i * 300_000L, 100));
        }
    }

    @Test
    void filesLieTogetherAndDirectoriesSpread() {
        Rig rig = new Rig(Rig.format(32 * Rig.MIB, options -> options));
        long perGroup = rig.process.statfs("/").inodeCount() / 4;
        boolean[] groups = new boolean[4];
        for (int i = 0; i < 8; i++) {
            rig.process.mkdir("/d" + i, 0755);
            int group = (int) ((rig.process.stat("/d" + i).inodeNumber() - 1) / perGroup);
            groups[group] = true;
            rig.write("/d" + i + "/file", pattern(i, 100_000));
            assertEquals(group, (int) ((rig.process.stat("/d" + i + "/file").inodeNumber() - 1) / perGroup));
        }
        // Group 0 has fewer free inodes than the others, so it waits until they have filled up to it.
        assertTrue(groups[1] && groups[2] && groups[3]);
        DiskImage image = rig.unmount();
        String blocks = E2fsprogs.debugfs(image, "blocks /d3/file\n")
                .lines()
                .filter(line -> !line.startsWith("debugfs"))
                .findFirst()
                .orElseThrow();
        String[] numbers = blocks.trim().split(" +");
        int breaks = 0;
        for (int i = 1; i < numbers.length; i++) {
            breaks += Integer.parseInt(numbers[i]) == Integer.parseInt(numbers[i - 1]) + 1 ? 0 : 1;
        }
        assertTrue(breaks <= 2, blocks);
    }
}
