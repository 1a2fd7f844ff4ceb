package dev.powercut.targets.logfs.fs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileSystemStatistics;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.DiskImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Room is made as long as there is any to be made. */
class CleanerTest {

    private static final int FILES = 8;

    @ParameterizedTest
    @CsvSource({
        "cleaner=greedy, 786432, 1024, 8K, 80",
        "cleaner=greedy, 786432, 1024, 8K, 100",
        "cleaner=greedy, 2097152, 4096, 32K, 80",
        "cleaner=cost-benefit, 786432, 1024, 8K, 80",
        "cleaner=thread, 786432, 1024, 8K, 80",
        "cleaner=thread, 786432, 1024, 16K, 80",
        "cleaner=thread, 786432, 1024, 32K, 97"
    })
    void overwritingFiftyTimesTheDiskNeverWedges(String options, long bytes, int block, String segment, int percent) {
        Rig rig = Rig.mount(Rig.format(bytes, block, "segment=" + segment), options);
        FileSystemStatistics statistics = rig.process.statfs("/");
        long blocks = (statistics.freeBlocks() - FILES) * percent / 100 / FILES;
        byte[][] contents = new byte[FILES][(int) blocks * block];
        int[] fds = new int[FILES];
        for (int i = 0; i < FILES; i++) {
            Arrays.fill(contents[i], (byte) i);
            fds[i] = rig.open("/f" + i);
            assertEquals(contents[i].length, rig.process.write(fds[i], contents[i], 0, contents[i].length));
        }
        Choices choices = Choices.seeded(1);
        byte[] one = new byte[block];
        for (long written = 0; written < 50 * bytes; written += block) {
            int file = choices.choose("file", FILES);
            int at = choices.choose("block", (int) blocks) * block;
            Arrays.fill(one, (byte) written);
            one[0] = (byte) (written >> 8);
            System.arraycopy(one, 0, contents[file], at, block);
            assertEquals(block, rig.process.pwrite(fds[file], one, 0, block, at));
            if (choices.choose("sync", 64) == 0) {
                rig.process.fsync(fds[file]);
            }
        }
        for (int i = 0; i < FILES; i++) {
            rig.process.close(fds[i]);
        }
        Rig again = Rig.mount(rig.unmount(), options);
        for (int i = 0; i < FILES; i++) {
            assertArrayEquals(contents[i], again.read("/f" + i), "f" + i);
        }
        again.unmount();
    }

    @ParameterizedTest
    @CsvSource({
        "cleaner=greedy, 1048576, 1024, 8K",
        "cleaner=greedy, 4194304, 1024, 32K",
        "cleaner=greedy, 8388608, 4096, 64K",
        "cleaner=cost-benefit, 1048576, 1024, 8K",
        "cleaner=thread, 1048576, 1024, 8K",
        "cleaner=thread, 4194304, 1024, 32K"
    })
    void whatStatfsSaysIsWhatCanBeWritten(String options, long bytes, int block, String segment) {
        Rig rig = Rig.mount(Rig.format(bytes, block, "segment=" + segment), options);
        int fd = rig.open("/f");
        rig.process.sync();
        byte[] one = new byte[block];
        for (int round = 0; round < 3; round++) {
            long free = rig.process.statfs("/").freeBlocks();
            long written = 0;
            while (written < free) {
                Arrays.fill(one, (byte) written);
                assertEquals(block, rig.process.pwrite(fd, one, 0, block, written++ * block));
            }
            long offset = written * block;
            assertEquals(
                    Errno.ENOSPC,
                    assertThrows(ErrnoException.class, () -> rig.process.pwrite(fd, one, 0, block, offset))
                            .errno());
            rig.process.fsync(fd);
            rig.process.sync();
            rig.process.ftruncate(fd, 0);
            rig.process.sync();
            assertEquals(free, rig.process.statfs("/").freeBlocks());
        }
        rig.process.close(fd);
        rig.unmount();
    }

    /** Each a name, an inode and a block: none of them may bring about ENOSPC while statfs says that a block is free, and all of it comes back. */
    @ParameterizedTest
    @CsvSource({
        "cleaner=greedy, 1048576, 1024, 8K, 1",
        "cleaner=greedy, 8388608, 1024, 32K, 1",
        "cleaner=cost-benefit, 1048576, 1024, 8K, 1",
        "cleaner=thread, 1048576, 1024, 8K, 1",
        "cleaner=greedy, 8388608, 4096, 64K, 1",
        "cleaner=greedy, 1048576, 1024, 8K, 0"
    })
    void manySmallFilesGetAllThatStatfsSays(String options, long bytes, int block, String segment, int dataBlocks) {
        String format = "segment=" + segment + ",inodes=" + bytes / block;
        Rig rig = Rig.mount(Rig.format(bytes, block, format), options);
        rig.process.mkdir("/d", 0755);
        rig.process.sync();
        byte[] data = new byte[dataBlocks * block];
        FileSystemStatistics empty = rig.process.statfs("/");
        for (int round = 0; round < 3; round++) {
            int made = 0;
            while (true) {
                FileSystemStatistics before = rig.process.statfs("/");
                if (!hasRoomFor(rig, "/d/f" + made, data)) {
                    // The name, the inode and the directory's next block may not fit where the data alone would.
                    assertTrue(
                            before.freeInodes() == 0 || before.freeBlocks() <= dataBlocks + 1,
                            "free when it failed: " + before);
                    break;
                }
                long taken = before.freeBlocks() - rig.process.statfs("/").freeBlocks();
                assertTrue(taken >= 0 && taken <= dataBlocks + 2, "taken by a file: " + taken);
                made++;
            }
            assertTrue(made > empty.freeBlocks() / (dataBlocks + 2), "files " + made + " of " + empty);
            rig.process.sync();
            // The last one may be there without its data.
            for (int i = made; i >= 0; i--) {
                if (i < made || exists(rig, "/d/f" + i)) {
                    rig.process.unlink("/d/f" + i);
                }
            }
            rig.process.sync();
            assertEquals(empty.freeInodes(), rig.process.statfs("/").freeInodes());
            long kept = rig.process.stat("/d").blocks512() * 512 / block;
            assertEquals(empty.freeBlocks(), rig.process.statfs("/").freeBlocks() + kept, "round " + round);
        }
        rig.process.rmdir("/d");
        rig.process.sync();
        assertTrue(rig.process.statfs("/").freeBlocks() >= empty.freeBlocks());
        rig.unmount();
    }

    /** Makes a file; false when there is no room, of which nothing may be left open. */
    private static boolean hasRoomFor(Rig rig, String path, byte[] data) {
        int fd = -1;
        try {
            fd = rig.open(path);
            return data.length == 0 || rig.process.pwrite(fd, data, 0, data.length, 0) == data.length;
        } catch (ErrnoException e) {
            assertEquals(Errno.ENOSPC, e.errno());
            return false;
        } finally {
            if (fd >= 0) {
                rig.process.close(fd);
            }
        }
    }

    private static boolean exists(Rig rig, String path) {
        try {
            rig.process.stat(path);
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }

    @Test
    void aFullVolumeTakesNamesAwayAndGivesThemBack() {
        Rig rig = Rig.mount(Rig.format(1 << 20, 1024, "segment=8K"), "");
        byte[] one = new byte[1024];
        int made = 0;
        while (true) {
            try {
                rig.write("/f" + made, 0, one);
                made++;
            } catch (ErrnoException e) {
                assertEquals(Errno.ENOSPC, e.errno());
                break;
            }
        }
        assertTrue(made > 100, "files " + made);
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < made; i += 2) {
                rig.process.unlink("/f" + i);
            }
            for (int i = 0; i < made; i += 2) {
                rig.write("/f" + i, 0, one);
            }
        }
        for (int i = 0; i < made; i++) {
            assertArrayEquals(one, rig.read("/f" + i));
        }
        DiskImage image = rig.unmount();
        Rig.mount(image, "").unmount();
    }
}
